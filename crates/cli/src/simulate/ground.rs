//! The town and the pieces of time of a trial.

use std::collections::BTreeMap;
use std::sync::Arc;

use precinct_advice::{DemandPoint, Networks};
use precinct_base::{AreaId, AreaLevel, Millis, SegmentId};
use precinct_city::City;
use precinct_core::event::AreaSet;
use precinct_core::{Catalogue, Priority, Source};
use precinct_play::{Origin, Window, Zone};
use precinct_roads::{Network, Snap, SnapRules};
use precinct_whatif::{Call, Piece, Recorded, Town};

use super::{area_at, area_number, title};

/// Reach 1-3-5, as the board has it.
const REACH: [Millis; 3] =
    [Millis::from_minutes(1), Millis::from_minutes(3), Millis::from_minutes(5)];

/// The town of a city, on the roads as cars find them.
pub(crate) fn town(
    city: &City,
    network: Arc<Network>,
    targets: [Millis; Priority::COUNT],
) -> Result<Town, precinct_advice::OtherMap> {
    let whole = AreaSet {
        area: AreaId(0),
        parent: None,
        level: AreaLevel::City,
        grade: None,
        reach: None,
        title: title(&city.name, "City".to_owned()),
    };
    let parts = city.areas.iter().enumerate().map(|(index, area)| AreaSet {
        area: area_number(index),
        parent: Some(AreaId(0)),
        level: area.level,
        grade: None,
        reach: None,
        title: title(&area.name, format!("{} {}", area.level.name(), index + 1)),
    });
    Ok(Town {
        catalogue: Catalogue::standard(),
        areas: std::iter::once(whole).chain(parts).collect(),
        demand: demand(city, &network),
        networks: Networks::new([network])?,
        targets,
    })
}

/// Demand on the streets, put together where it is on one segment.
fn demand(city: &City, network: &Network) -> Arc<[DemandPoint]> {
    let rules = SnapRules { door: true, ..SnapRules::default() };
    let mut by_segment: BTreeMap<SegmentId, (Snap, u64)> = BTreeMap::new();
    for one in &city.demand {
        if let Some(snap) = network.snap(one.at, &rules) {
            by_segment.entry(snap.segment).or_insert((snap, 0)).1 += u64::from(one.weight);
        }
    }
    let point = |(snap, weight): (Snap, u64)| DemandPoint {
        snap,
        weight: u32::try_from(weight).unwrap_or(u32::MAX),
        thresholds: REACH,
    };
    by_segment.into_values().map(point).collect()
}

/// The local days of `window` as pieces, each with the calls of the day before and after it that are within `edge`.
pub(crate) fn pieces(
    city: &City,
    zone: &Zone,
    window: Window,
    calls: &[precinct_play::Call],
    edge: Millis,
) -> Vec<Piece> {
    let all: Vec<Call> = calls.iter().map(|call| call_of(city, call)).collect();
    let days = zone.day(window.from)..=zone.day(precinct_base::Timestamp(window.to.0 - 1));
    let piece = |day: i64| {
        let (from, to) = (zone.begin(day).max(window.from), zone.begin(day + 1).min(window.to));
        let edge = i64::from(edge.0);
        let near = all
            .iter()
            .filter(|call| from.0 - edge <= call.received.0 && call.received.0 < to.0 + edge);
        Piece { from, to, ahead_ms: zone.ahead_ms(from), calls: near.cloned().collect() }
    };
    days.map(piece).filter(|piece| piece.calls.iter().any(|call| piece.counts(call))).collect()
}

fn call_of(city: &City, call: &precinct_play::Call) -> Call {
    let ms = |ms: Option<i64>| ms.and_then(|ms| u32::try_from(ms).ok()).map(Millis);
    let catalogue_priority = || Catalogue::standard().kind(call.kind).map(|kind| kind.priority);
    let priority = call.priority.or_else(catalogue_priority).unwrap_or(Priority::HIGHEST);
    let crew = |one: &precinct_play::Response| Recorded {
        turnout: ms(one.turnout_ms()),
        stay: ms(one.stay_ms()),
    };
    Call {
        key: Call::key(&call.id),
        source: match call.origin {
            Origin::Call => Source::Call,
            Origin::Alarm => Source::Alarm,
            Origin::Patrol => Source::Patrol,
        },
        received: call.received,
        kind: call.kind,
        priority,
        at: call.at,
        area: area_at(city, call.at),
        handling: ms(call.handling_ms()),
        sent: ms(call.recorded_dispatch_ms()),
        there: ms(call.recorded_response_ms()),
        crews: call.responses.iter().map(crew).collect(),
    }
}
