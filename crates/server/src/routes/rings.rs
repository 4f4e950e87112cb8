//! Rings: describing them, calling them out, and standing them down.

use precinct_access::{Action, Resource};
use precinct_base::AreaId;
use precinct_core::{Order, Purpose, RingId, RingOrder};
use precinct_wire::{ActivateRingBody, ReasonBody, RingBody};

use crate::app::App;
use crate::door::{Asker, Failure, Wish, commands};

/// The area of a ring that is there.
pub(super) fn area(app: &App, ring: RingId) -> Result<AreaId, Failure> {
    let area = app.board.look(|state, _| state.rings().get(&ring).map(|ring| ring.plan.area));
    area.ok_or_else(|| {
        Failure::missing(format!("there is no {ring}: it was never described, or it was retired"))
    })
}

fn wish(app: &App, action: Action, ring: RingId, order: RingOrder) -> Result<Wish, Failure> {
    let resource = Resource::area(area(app, ring)?);
    let purpose = if action == Action::DescribeCity { Purpose::Setup } else { Purpose::Duty };
    Ok(Wish::of_purpose(action, resource, purpose, Order::Ring(order)))
}

commands! {
    /// Describe a new ring, with its crossings as approved
    post "/api/v1/rings", "rings", define(; RingBody) =>
        |_: &App, _: &Asker, (), body: RingBody| {
            let resource = Resource::area(AreaId(body.area));
            let order = Order::Ring(RingOrder::Define(body.plan()));
            Ok(Wish::of_purpose(Action::DescribeCity, resource, Purpose::Setup, order))
        };
    /// Describe a ring anew
    put "/api/v1/rings/{ring}", "rings", describe(ring: u32; RingBody) =>
        |app: &App, asker: &Asker, (ring,), body: RingBody| {
            let ring = RingId(ring);
            // Where it lies by now and where it is to lie.
            app.may(asker, Action::DescribeCity, &Resource::area(area(app, ring)?), None)?;
            let resource = Resource::area(AreaId(body.area));
            let order = Order::Ring(RingOrder::Change { ring, plan: body.plan() });
            Ok(Wish::of_purpose(Action::DescribeCity, resource, Purpose::Setup, order))
        };
    /// A ring is a ring no more
    post "/api/v1/rings/{ring}/retire", "rings", retire(ring: u32; ReasonBody) =>
        |app: &App, _: &Asker, (ring,), ReasonBody { reason }| {
            let ring = RingId(ring);
            wish(app, Action::DescribeCity, ring, RingOrder::Retire { ring, reason })
        };
    /// Call a ring out at a level, until an instant and on somebody's approval
    post "/api/v1/rings/{ring}/activate", "rings", activate(ring: u32; ActivateRingBody) =>
        |app: &App, asker: &Asker, (ring,), ActivateRingBody { level, reason, approval }| {
            let (ring, approval) = (RingId(ring), App::approval(asker, approval)?);
            wish(app, Action::Approve, ring, RingOrder::Activate { ring, level, reason, approval })
        };
    /// Stand a ring down before its time
    post "/api/v1/rings/{ring}/stand-down", "rings", stand_down(ring: u32; ReasonBody) =>
        |app: &App, _: &Asker, (ring,), ReasonBody { reason }| {
            let ring = RingId(ring);
            wish(app, Action::StandDown, ring, RingOrder::StandDown { ring, reason })
        };
}
