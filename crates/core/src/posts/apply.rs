//! What becomes of posts.

use precinct_base::PostId;

use super::{Post, PostOrder};
use crate::clocks::Timer;
use crate::event::{PostChanged, PostLapsed, PostRemoved, PostSet};
use crate::{Moment, State};

pub(crate) fn described(state: &mut State, fact: &PostSet) {
    let PostSet { post, kind, area, at, hours, level, ref title } = *fact;
    let order = state.posts.get(&post).and_then(|before| before.order);
    let title = title.clone();
    state.posts.insert(post, Post { kind, area, at, hours, level, title, order });
}

fn order(state: &mut State, post: PostId, order: Option<PostOrder>) {
    state.posts.get_mut(&post).expect("an event names a post that is there").order = order;
}

pub(crate) fn changed(state: &mut State, fact: &PostChanged, since: Moment) {
    let PostChanged { post, to, reason, approver, until } = *fact;
    order(state, post, Some(PostOrder { state: to, reason, approver, since, until }));
    state.timers.set(Timer::Post(post), until.tick, 0);
}

pub(crate) fn lapsed(state: &mut State, fact: &PostLapsed) {
    order(state, fact.post, None);
    state.timers.stop(Timer::Post(fact.post));
}

pub(crate) fn removed(state: &mut State, fact: &PostRemoved) {
    state.posts.remove(&fact.post);
    state.checkpoints.remove(&fact.post);
    state.timers.stop(Timer::Post(fact.post));
}
