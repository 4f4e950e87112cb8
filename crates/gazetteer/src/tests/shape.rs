//! What a street and a crossing is on the ground.

use precinct_roads::RoadClass;

use super::city::{Town, ask, at, house, labels, name, site};
use crate::{Gazetteer, Kind, Query, Target};

fn build(town: &Town) -> Gazetteer {
    Gazetteer::build(&town.roads(), [], [])
}

#[test]
fn the_corners_of_two_dual_carriageways_are_one_crossing() {
    let mut town = Town::default();
    let minor = RoadClass::Residential;
    for y in [1, 2] {
        town.street(name("Long Road", "", ""), minor, &[(0, y), (1, y), (2, y), (9, y)]);
    }
    for x in [1, 2] {
        town.street(name("Broad Way", "", ""), minor, &[(x, 0), (x, 1), (x, 2), (x, 9)]);
    }
    let gazetteer = build(&town);
    assert_eq!(gazetteer.size().crossings, 1);
    let hits = ask(&gazetteer, "long & broad");
    assert_eq!((hits.len(), hits[0].kind()), (1, Kind::Crossing));
}

#[test]
fn a_crescent_crosses_its_street_twice() {
    let mut town = Town::default();
    let minor = RoadClass::Residential;
    town.street(name("Long Road", "", ""), minor, &[(0, 0), (1, 0), (6, 0)]);
    town.street(name("The Crescent", "", ""), minor, &[(1, 0), (3, 4), (6, 0)]);
    let gazetteer = build(&town);
    let near = |x| Query { text: "crescent and long", near: Some(at(x, 0)), ..Query::default() };
    let at = |x| gazetteer.search(&near(x)).into_iter().map(|hit| hit.at).collect::<Vec<_>>();
    assert_eq!(at(0).len(), 2);
    assert_eq!(at(0)[0], at(9)[1]);
    assert_eq!(labels(&gazetteer, "crescent and long")[0], "The Crescent & Long Road");
}

#[test]
fn two_streets_of_one_name_far_apart_are_two() {
    let mut town = Town::default();
    let minor = RoadClass::Residential;
    town.street(name("Park Lane", "", ""), minor, &[(0, 0), (3, 0)]);
    town.street(name("Park Lane", "", ""), minor, &[(900, 0), (903, 0)]);
    let roads = town.roads();
    let houses = [house("1", "PARK LN", at(901, 1)), house("1", "PARK LN", at(1, 1))];
    let gazetteer = Gazetteer::build(&roads, [], houses);
    assert_eq!(gazetteer.size().streets, 2);
    let query = Query { text: "1 park lane", near: Some(at(890, 0)), ..Query::default() };
    let hits = gazetteer.search(&query);
    assert_eq!((hits.len(), hits[0].at, hits[1].at), (2, at(901, 1), at(1, 1)));
}

#[test]
fn parts_of_a_street_by_different_names_in_another_language_are_one() {
    let mut town = Town::default();
    let minor = RoadClass::Residential;
    town.street(name("Rua Central", "龍嵩正街", ""), minor, &[(0, 0), (3, 0)]);
    town.street(name("Rua Central", "", "Central Street"), minor, &[(3, 0), (4, 0)]);
    let gazetteer = build(&town);
    assert_eq!(gazetteer.size().streets, 1);
    for text in ["龙嵩正街", "central street", "rua central"] {
        assert!(matches!(ask(&gazetteer, text)[0].target, Target::Street(Some(_))), "{text}");
    }
}

#[test]
fn the_end_of_a_crossing_is_guessed_as_it_is_typed() {
    let mut town = Town::default();
    town.street(name("Long Road", "", ""), RoadClass::Residential, &[(0, 0), (1, 0), (6, 0)]);
    town.street(name("Short Road", "", ""), RoadClass::Residential, &[(1, 0), (1, 1)]);
    town.street(name("Main Road", "", ""), RoadClass::Primary, &[(6, 0), (6, 1)]);
    let gazetteer = build(&town);
    assert_eq!(
        labels(&gazetteer, "long &")[..2],
        ["Long Road & Main Road", "Long Road & Short Road"]
    );
}

#[test]
fn details_tell_houses_of_one_number_apart() {
    let mut houses = [house("8", "Rua Central", at(0, 0)), house("8", "Rua Central", at(1, 0))];
    houses[1].detail = "Bloco 2".into();
    let gazetteer = Gazetteer::build(&Town::default().roads(), [], houses);
    assert_eq!(labels(&gazetteer, "8 rua central"), ["8 Rua Central", "8 Rua Central, Bloco 2"]);
}

#[test]
fn without_anything_nothing_is_found() {
    let gazetteer = Gazetteer::build(&Town::default().roads(), [], []);
    assert!(ask(&gazetteer, "mission").is_empty() && ask(&gazetteer, "a & b").is_empty());
    let nameless = [site(0, name("", "", ""), at(0, 0))];
    let gazetteer =
        Gazetteer::build(&Town::default().roads(), nameless, [house("1", " ", at(0, 0))]);
    assert_eq!((gazetteer.size().places, gazetteer.size().addresses), (0, 0));
}
