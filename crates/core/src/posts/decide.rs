//! Describing posts, and ordering them reinforced or closed.

use precinct_base::{PostId, caps};

use super::{PostRejection, PostState};
use crate::catalogue::List;
use crate::decide::Decision;
use crate::event::{PostChanged, PostLapsed, PostSet};
use crate::{Approval, ApprovalRejection, Code, Moment, State, Thing, TooMany};

pub(crate) fn set(state: &State, order: &PostSet) -> Decision {
    let post = order.post;
    let count = state.posts.len() + usize::from(!state.posts.contains_key(&post));
    TooMany::check(Thing::Posts, count, caps::POSTS)?;
    state.area(order.area)?;
    if !(1..=3).contains(&order.level) {
        return Err(PostRejection::Level { post, level: order.level }.into());
    }
    order.title.check(Thing::Post)?;
    Ok(vec![order.clone().into()])
}

/// To open is to end what was ordered, which anybody may; all else takes an approver and an end.
pub(crate) fn change(
    state: &State,
    at: Moment,
    (post, to): (PostId, PostState),
    reason: Code,
    approval: Option<&Approval>,
) -> Decision {
    let ordered = state.post(post)?.order;
    state.catalogue.need(List::Reasons, reason)?;
    if to == PostState::Open {
        ordered.ok_or(PostRejection::Open { post })?;
        return Ok(vec![PostLapsed { post }.into()]);
    }
    let approval = approval.ok_or(ApprovalRejection::Missing)?;
    let until = approval.until(state, at)?;
    Ok(vec![PostChanged { post, to, reason, approver: approval.approver, until }.into()])
}
