//! Posts: describing them, and ordering them reinforced or closed.

use precinct_access::{Action, Resource};
use precinct_base::{AreaId, PostId};
use precinct_core::{Order, PostState, Purpose};
use precinct_wire::{ChangePostBody, PostBody};

use crate::app::App;
use crate::door::{Asker, Failure, Wish, commands};

commands! {
    /// Describe a post, or describe it anew
    put "/api/v1/posts/{post}", "posts", describe(post: u32; PostBody) =>
        |app: &App, asker: &Asker, (post,), body: PostBody| {
            let known = app.board.look(|state, _| state.posts().get(&PostId(post)).map(|post| post.area));
            app.may_change(asker, known)?;
            let resource = Resource::area(AreaId(body.area));
            let order = Order::SetPost(body.order(PostId(post)));
            Ok(Wish::of_purpose(Action::DescribeCity, resource, Purpose::Setup, order))
        };
    /// Order a post open, reinforced or closed, until an instant and on somebody's approval
    post "/api/v1/posts/{post}/state", "posts", change(post: u32; ChangePostBody) =>
        |app: &App, asker: &Asker, (post,), body: ChangePostBody| {
            let post = PostId(post);
            let area = app.board.look(|state, _| state.posts().get(&post).map(|post| post.area));
            let area = area.ok_or_else(|| Failure::missing(format!("there is no post {post}")))?;
            let ChangePostBody { to, reason, approval } = body;
            let action = if to == PostState::Open { Action::StandDown } else { Action::Approve };
            let approval = approval.map(|approval| App::approval(asker, approval)).transpose()?;
            let order = Order::ChangePost { post, to, reason, approval };
            Ok(Wish::of_purpose(action, Resource::area(area), Purpose::Duty, order))
        };
}
