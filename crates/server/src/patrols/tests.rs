//! Patrol plans: units stand on their beats at the hours of their tours, and where they did at all others.

use precinct_core::event::{PostSet, UnitSet};
use precinct_core::{Code, Vehicle};
use precinct_whatif::daily;

use super::*;

fn plan() -> Plan {
    let post = PostSet {
        post: PostId(3),
        kind: PostKind::PoliceStation,
        area: AreaId(0),
        at: LonLat::default(),
        hours: Hours::ALWAYS,
        level: 1,
        title: Title::default(),
    };
    let crew = |unit: u32| Crew {
        unit: UnitSet {
            unit: UnitId(unit),
            call_sign: format!("P{unit}"),
            force: Code::literal("police"),
            capabilities: Vec::new(),
            vehicle: Vehicle::Car,
            home: Some(PostId(3)),
            area: AreaId(0),
            members: Vec::new(),
        },
        on: Hours::ALWAYS,
    };
    Plan { posts: vec![post], crews: vec![crew(1), crew(7)], ..Plan::default() }
}

fn tour(unit: u32, beat: u32, from: u8, to: u8) -> Tour {
    Tour { unit: UnitId(unit), beat, hours: daily(from, to) }
}

fn patrol(tours: Vec<Tour>) -> Patrol {
    let beat =
        |lon| Beat { title: Title::default(), at: LonLat::new(lon, 0).unwrap(), area: AreaId(0) };
    Patrol { form: FORM, beats: vec![beat(10), beat(20)], tours }
}

#[test]
fn at_every_hour_a_unit_is_at_one_place() {
    let mut plan = plan();
    let tours = vec![tour(1, 0, 8, 12), tour(1, 1, 12, 16), tour(1, 0, 22, 2)];
    patrol(tours.clone()).put(&mut plan).unwrap();
    let of: Vec<&Crew> = plan.crews.iter().filter(|crew| crew.unit.unit != UnitId(7)).collect();
    assert_eq!(of.len(), 3);
    for hour in week() {
        let there: Vec<_> = of.iter().filter(|crew| crew.on.contains(hour)).collect();
        assert_eq!(there.len(), 1, "{hour:?}");
        // By hand: which beat the tours have at that hour of the day, else the station.
        let beat = match hour.index() % 24 {
            8..12 | 22.. | 0..2 => Some(0),
            12..16 => Some(1),
            _ => None,
        };
        let at = beat.map_or(0, |beat: i32| 10 * (beat + 1));
        assert_eq!(plan.post(there[0].unit.home.unwrap()).unwrap().at.lon(), at);
    }
    let signs: BTreeSet<_> = plan.crews.iter().map(|crew| &crew.unit.call_sign).collect();
    assert_eq!((signs.len(), plan.crews.len()), (4, 4));
    assert_eq!(plan.crews.iter().map(|crew| crew.on.count()).sum::<u32>(), 2 * 168);
}

#[test]
fn hours_are_counted_once() {
    assert_eq!(hours(&[tour(1, 0, 8, 12), tour(1, 1, 12, 16), tour(7, 0, 8, 12)]), (84, 84));
    assert_eq!(hours(&[tour(1, 0, 8, 12), tour(1, 1, 11, 16)]), (63, 56));
}

#[test]
fn a_unit_that_is_gone_is_named() {
    let told = patrol(vec![tour(9, 0, 8, 12)]).put(&mut plan()).unwrap_err();
    assert!(format!("{told:?}").contains("works from no post any more"), "{told:?}");
}
