//! The plan as it is: the city's posts and the crews that are usual for them, round the clock.

use precinct_base::{AreaId, PostId, UnitId};
use precinct_city::City;
use precinct_core::event::{PostSet, UnitSet};
use precinct_core::{Code, Hours, Vehicle};
use precinct_play::{PostSeen, cast};
use precinct_whatif::{Crew, Plan};

use super::{area_at, title};

/// The posts of a city with `units` crews in all, or as many as are usual for them.
pub(crate) fn as_it_is(city: &City, units: Option<usize>) -> Plan {
    let posts: Vec<PostSet> = city
        .posts
        .iter()
        .enumerate()
        .map(|(index, post)| PostSet {
            post: PostId(index as u32),
            kind: post.kind,
            area: area_at(city, post.at),
            at: post.at,
            hours: Hours::ALWAYS,
            level: 2,
            title: title(&post.name, format!("{} {}", post.kind.name(), index + 1)),
        })
        .collect();
    let seen = |post: &PostSet| PostSeen {
        post: post.post.0,
        kind: post.kind,
        area: post.area.0,
        at: post.at,
        name: post.title.en.clone(),
    };
    let seen: Vec<PostSeen> = posts.iter().map(seen).collect();
    let code = |text: &str| text.parse().unwrap_or(Code::literal("patrol"));
    let crew = |role: precinct_play::Role| Crew {
        unit: UnitSet {
            unit: UnitId(role.wish.unit),
            call_sign: role.wish.call_sign,
            force: code(role.wish.force),
            capabilities: role.wish.capabilities.iter().map(|text| code(text)).collect(),
            vehicle: Vehicle::Car,
            home: Some(PostId(role.wish.home)),
            area: AreaId(role.wish.area),
            members: Vec::new(),
        },
        on: Hours::ALWAYS,
    };
    let mut crews: Vec<Crew> = cast(&seen, &[], units).into_iter().map(crew).collect();
    crews.sort_by_key(|crew| crew.unit.unit);
    Plan { posts, crews, ..Plan::default() }
}
