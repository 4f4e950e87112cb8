//! Every tag rule on an OSM file of one way: who may go which way, as car, motorcycle, bicycle, foot.
//! `=` is both ways, `>` forwards, `<` backwards, `.` not at all.

use crate::common::{Map, Pairs, flow_of};
use precinct_base::Millis;
use precinct_roads::{Along, Profile, RoadClass};

fn check(cases: &[(Pairs<'_>, &str)]) {
    for (tags, expected) in cases {
        assert_eq!(flow_of(tags), *expected, "{tags:?}");
    }
}

#[test]
fn classes_of_road() {
    for class in [
        "trunk",
        "primary",
        "secondary",
        "tertiary",
        "unclassified",
        "residential",
        "living_street",
        "service",
        "track",
    ] {
        assert_eq!(flow_of(&[("highway", class)]), "====", "{class}");
    }
    for class in ["trunk_link", "primary_link", "secondary_link", "tertiary_link", "road"] {
        assert_eq!(flow_of(&[("highway", class)]), "====", "{class}");
    }
    check(&[
        (&[("highway", "motorway")], ">>.."),
        (&[("highway", "motorway_link")], "==.."),
        (&[("highway", "busway")], "==.."),
        (&[("highway", "pedestrian")], "...="),
        (&[("highway", "cycleway")], "..=="),
        (&[("highway", "path")], "..=="),
        (&[("highway", "footway")], "...="),
        (&[("highway", "bridleway")], "...="),
        (&[("highway", "corridor")], "...="),
        (&[("highway", "platform")], "...="),
        (&[("highway", "steps")], "...="),
        (&[("route", "ferry")], "...="),
        (&[("route", "ferry"), ("motor_vehicle", "yes"), ("bicycle", "yes")], "===="),
    ]);
}

#[test]
fn what_is_no_road() {
    for class in [
        "construction",
        "proposed",
        "planned",
        "abandoned",
        "razed",
        "bus_guideway",
        "raceway",
        "escape",
        "elevator",
        "via_ferrata",
        "rest_area",
    ] {
        assert_eq!(flow_of(&[("highway", class)]), "....", "{class}");
    }
    check(&[
        (&[("highway", "pedestrian"), ("area", "yes")], "...."),
        (&[("highway", "service"), ("area", "no")], "===="),
        (&[("building", "yes")], "...."),
        (&[], "...."),
    ]);
}

#[test]
fn a_class_is_kept_with_its_links() {
    let class = |tags: Pairs<'_>| {
        Map::new().nodes(1..=2).way(1, &[1, 2], tags).roads().draft.segments[0].class
    };
    assert_eq!(class(&[("highway", "primary_link")]), RoadClass::Primary);
    assert_eq!(class(&[("highway", "road")]), RoadClass::Unclassified);
    assert_eq!(class(&[("highway", "footway")]), RoadClass::Path);
    assert_eq!(class(&[("route", "ferry")]), RoadClass::Ferry);
}

#[test]
fn one_way_in_all_its_spellings() {
    for yes in ["yes", "1", "true"] {
        assert_eq!(flow_of(&[("highway", "primary"), ("oneway", yes)]), ">>>=", "{yes}");
    }
    for reverse in ["-1", "reverse"] {
        assert_eq!(flow_of(&[("highway", "primary"), ("oneway", reverse)]), "<<<=", "{reverse}");
    }
    for no in ["no", "0", "false", "alternating", "what?"] {
        assert_eq!(flow_of(&[("highway", "primary"), ("oneway", no)]), "====", "{no}");
    }
    check(&[
        (&[("highway", "primary"), ("oneway", "reversible")], "...="),
        (&[("highway", "motorway"), ("oneway", "no")], "==.."),
        (&[("highway", "motorway"), ("oneway", "-1")], "<<.."),
        (&[("highway", "motorway_link"), ("oneway", "yes")], ">>.."),
        (&[("highway", "primary"), ("junction", "roundabout")], ">>>="),
        (&[("highway", "primary"), ("junction", "circular")], ">>>="),
        (&[("highway", "primary"), ("junction", "roundabout"), ("oneway", "no")], "===="),
        (&[("highway", "primary"), ("junction", "roundabout"), ("oneway", "-1")], "<<<="),
        (&[("highway", "primary"), ("junction", "yes")], "===="),
    ]);
}

#[test]
fn one_way_for_some() {
    check(&[
        (&[("highway", "primary"), ("oneway", "yes"), ("oneway:bicycle", "no")], ">>=="),
        (&[("highway", "primary"), ("oneway:bicycle", "-1")], "==<="),
        (&[("highway", "primary"), ("oneway", "yes"), ("cycleway", "opposite")], ">>=="),
        (&[("highway", "primary"), ("oneway", "yes"), ("cycleway", "opposite_lane")], ">>=="),
        (&[("highway", "primary"), ("oneway", "yes"), ("cycleway:left", "opposite_track")], ">>=="),
        (&[("highway", "primary"), ("oneway", "yes"), ("cycleway:right:oneway", "no")], ">>=="),
        (&[("highway", "primary"), ("oneway", "yes"), ("cycleway", "lane")], ">>>="),
        (&[("highway", "primary"), ("oneway", "yes"), ("oneway:foot", "yes")], ">>>>"),
        (&[("highway", "steps"), ("conveying", "forward")], "...>"),
        (&[("highway", "steps"), ("conveying", "backward")], "...<"),
        (&[("highway", "steps"), ("conveying", "reversible")], "...="),
        (&[("highway", "primary"), ("oneway", "yes"), ("oneway:psv", "no")], "==>="),
        (&[("highway", "primary"), ("oneway", "yes"), ("oneway:bus", "no")], "==>="),
        (&[("highway", "primary"), ("oneway", "yes"), ("busway", "opposite_lane")], "==>="),
        (&[("highway", "primary"), ("oneway", "reversible"), ("oneway:bus", "no")], "...="),
        (&[("highway", "primary"), ("oneway", "yes"), ("oneway:motor_vehicle", "no")], "==>="),
        (&[("highway", "primary"), ("oneway", "yes"), ("oneway:emergency", "no")], "==>="),
        (&[("highway", "primary"), ("oneway:motorcar", "yes")], ">==="),
        (&[("highway", "primary"), ("oneway:motorcycle", "yes")], "=>=="),
        (&[("highway", "primary"), ("oneway:vehicle", "yes")], ">>>="),
    ]);
}

#[test]
fn access_goes_from_the_general_to_the_particular() {
    check(&[
        (&[("highway", "primary"), ("access", "no")], "...."),
        (&[("highway", "primary"), ("access", "no"), ("foot", "yes")], "...="),
        (&[("highway", "primary"), ("access", "no"), ("vehicle", "yes")], "===."),
        (&[("highway", "primary"), ("vehicle", "no")], "...="),
        (&[("highway", "primary"), ("vehicle", "no"), ("bicycle", "yes")], "..=="),
        (&[("highway", "primary"), ("motor_vehicle", "no")], "..=="),
        (&[("highway", "primary"), ("motor_vehicle", "no"), ("motorcar", "yes")], "=.=="),
        (&[("highway", "primary"), ("motorcar", "no")], ".==="),
        (&[("highway", "primary"), ("motorcycle", "no")], "=.=="),
        (&[("highway", "primary"), ("bicycle", "no")], "==.="),
        (&[("highway", "primary"), ("bicycle", "use_sidepath")], "==.="),
        (&[("highway", "footway"), ("bicycle", "dismount")], "...="),
        (&[("highway", "primary"), ("foot", "no")], "===."),
        (&[("highway", "primary"), ("foot", "use_sidepath")], "===."),
        (&[("highway", "footway"), ("bicycle", "designated")], "..=="),
        (&[("highway", "footway"), ("motor_vehicle", "yes")], "==.="),
        (&[("highway", "footway"), ("access", "yes")], "...="),
        (&[("highway", "motorway"), ("foot", "yes")], ">>.="),
        (&[("highway", "primary"), ("motor_vehicle:forward", "no")], "<<=="),
        (&[("highway", "primary"), ("access:backward", "no")], ">>>>"),
        (
            &[("highway", "primary"), ("motor_vehicle", "no"), ("motor_vehicle:backward", "yes")],
            "<<==",
        ),
    ]);
}

#[test]
fn closed_by_law_is_open_to_police_and_no_is_not() {
    for value in [
        "private",
        "destination",
        "permissive",
        "customers",
        "delivery",
        "permit",
        "residents",
        "agricultural",
        "forestry",
        "designated",
        "official",
        "no;destination",
    ] {
        assert_eq!(flow_of(&[("highway", "service"), ("access", value)]), "====", "{value}");
        assert_eq!(
            flow_of(&[("highway", "pedestrian"), ("motor_vehicle", value)]),
            "==.=",
            "{value}"
        );
    }
    check(&[
        (&[("highway", "service"), ("access", "military")], "...."),
        (&[("highway", "service"), ("access", "unheard of")], "===="),
        (&[("highway", "service"), ("access", "no"), ("motor_vehicle", "unheard of")], "...."),
    ]);
}

#[test]
fn emergency_and_bus_lanes_are_for_motors() {
    for value in ["yes", "designated", "official"] {
        assert_eq!(
            flow_of(&[("highway", "service"), ("access", "no"), ("emergency", value)]),
            "==..",
            "{value}"
        );
        assert_eq!(
            flow_of(&[("highway", "service"), ("access", "private"), ("emergency", value)]),
            "====",
            "{value}"
        );
        assert_eq!(flow_of(&[("highway", "footway"), ("emergency", value)]), "==.=", "{value}");
    }
    check(&[
        (&[("highway", "service"), ("service", "emergency_access")], "===="),
        (&[("highway", "service"), ("motor_vehicle", "emergency")], "===="),
        (&[("highway", "service"), ("access", "emergency")], "==.."),
        (&[("highway", "service"), ("emergency", "no")], "..=="),
        (&[("highway", "steps"), ("emergency", "yes")], "...="),
        (&[("highway", "primary"), ("access", "no"), ("emergency", "fire_hydrant")], "...."),
        (&[("highway", "service"), ("access", "no"), ("bus", "yes")], "==.."),
        (&[("highway", "service"), ("motor_vehicle", "no"), ("psv", "designated")], "===="),
        (&[("highway", "service"), ("access", "bus")], "==.."),
        (&[("highway", "primary"), ("oneway", "yes"), ("emergency", "yes")], ">>>="),
    ]);
}

#[test]
fn walkers_and_slow_traffic() {
    check(&[
        (&[("highway", "trunk"), ("motorroad", "yes")], "==.."),
        (&[("highway", "trunk"), ("motorroad", "yes"), ("sidewalk", "both")], "==.="),
        (&[("highway", "motorway"), ("sidewalk:right", "yes")], ">>.="),
        (&[("highway", "trunk"), ("motorroad", "yes"), ("sidewalk", "no")], "==.."),
        (&[("highway", "primary"), ("sidewalk", "separate")], "===="),
        (&[("highway", "footway"), ("footway", "sidewalk")], "...="),
        (&[("highway", "track"), ("smoothness", "impassable")], "...="),
        (&[("highway", "track"), ("tracktype", "grade5")], "===="),
    ]);
}

#[test]
fn speeds_come_from_limits_or_classes() {
    use Along::{Backward, Forward};
    // Node 1 to 2 is a thousandth of a degree of longitude at 22.1°: 103.2 m.
    let time = |tags: Pairs<'_>, profile, along| {
        let roads = Map::new().nodes(1..=2).way(1, &[1, 2], tags).roads();
        (
            roads.draft.segments[0].times.get(profile, along).unwrap(),
            roads.draft.segments[0].length.0,
        )
    };
    let at = |kmh: u64, mm: u64| Millis(((mm * 36 + kmh * 5) / (kmh * 10)) as u32);
    let check = |tags, profile, along, kmh| {
        let (time, length) = time(tags, profile, along);
        assert!((103_000..103_400).contains(&length));
        assert_eq!(time, at(kmh, length), "{tags:?}");
    };
    check(&[("highway", "residential")], Profile::PoliceCar, Forward, 35);
    check(&[("highway", "residential"), ("maxspeed", "60")], Profile::PoliceCar, Forward, 60);
    check(&[("highway", "residential"), ("maxspeed", "20 mph")], Profile::Motorcycle, Backward, 32);
    check(&[("highway", "primary"), ("maxspeed:backward", "30")], Profile::PoliceCar, Backward, 30);
    check(&[("highway", "primary"), ("maxspeed:backward", "30")], Profile::PoliceCar, Forward, 60);
    check(
        &[("highway", "primary"), ("zone:maxspeed", "CN:urban")],
        Profile::PoliceCar,
        Forward,
        50,
    );
    check(&[("highway", "primary"), ("maxspeed", "none")], Profile::PoliceCar, Forward, 60);
    check(&[("highway", "primary"), ("maxspeed", "10")], Profile::Bicycle, Forward, 10);
    check(&[("highway", "primary"), ("maxspeed", "10")], Profile::Foot, Forward, 5);
    let odd = Map::new()
        .nodes(1..=2)
        .way(1, &[1, 2], &[("highway", "primary"), ("maxspeed", "999")])
        .roads();
    assert_eq!((odd.report.odd_limits, odd.report.with_limit), (1, 1));
}

#[test]
fn names_in_three_languages() {
    let tags = &[
        ("highway", "primary"),
        ("name", "Rua do Campo"),
        ("name:zh", "水坑尾街"),
        ("name:en", "Campo Street"),
    ];
    let roads = Map::new().nodes(1..=3).way(1, &[1, 2], tags).way(2, &[2, 3], tags).roads();
    let [a, b] = roads.draft.segments.as_slice() else { panic!("two segments") };
    assert_eq!(a.name, b.name);
    let name = roads.draft.names.get(a.name);
    assert_eq!(
        (name.local.as_str(), name.zh.as_str(), name.en.as_str()),
        ("Rua do Campo", "水坑尾街", "Campo Street")
    );
    let numbered =
        Map::new().nodes(1..=2).way(1, &[1, 2], &[("highway", "motorway"), ("ref", "G4")]).roads();
    assert_eq!(numbered.draft.names.get(numbered.draft.segments[0].name).local, "G4");
}
