//! What must hold for any generated city, looked at from outside.

mod common;

use std::collections::BTreeSet;

use common::{Streets, crosses};
use precinct_city::{AreaLevel, PostKind, SiteKind};
use precinct_sim::generate::{City, GenerateError, Order, Title};

/// Small and middling cities of several seeds.
fn cities() -> impl Iterator<Item = City> {
    let orders = [(1, 300_000), (2, 300_000), (3, 20_000), (4, 60_000), (5, 700_000)];
    orders.into_iter().map(|(seed, people)| City::new(&Order { seed, people }).unwrap())
}

#[test]
fn every_street_can_be_reached_and_left_by_car() {
    for city in cities() {
        let streets = Streets::of(&city);
        let share = streets.main_part() * 1_000 / streets.nodes();
        assert!(share >= 990, "seed {}: {share} in a thousand", city.seed);
    }
}

#[test]
fn the_street_network_has_the_size_of_its_city() {
    for city in cities() {
        let segments = Streets::of(&city).segments() as u64;
        let per_thousand = segments * 1_000 / city.counts.people;
        assert!(
            (10..50).contains(&per_thousand),
            "seed {}: {segments} for {}",
            city.seed,
            city.counts.people
        );
    }
}

#[test]
fn streets_cross_the_river_only_on_bridges_and_few_do() {
    for city in cities() {
        let mut bridges = BTreeSet::new();
        for way in city.ways.iter().filter(|way| way.kind.carries_cars()) {
            let over = way.nodes.windows(2).any(|w| crosses(&city, w[0], w[1]));
            assert!(!over || way.bridge, "seed {}: {:?} runs into the river", city.seed, way.kind);
            if over {
                bridges.insert(way.street);
            }
        }
        assert!((1..=12).contains(&bridges.len()), "seed {}: {} bridges", city.seed, bridges.len());
    }
}

#[test]
fn posts_and_sites_stand_by_a_street_and_never_in_the_river() {
    for city in cities() {
        let streets = Streets::of(&city);
        let places = city.posts.iter().map(|post| (post.at, &post.name));
        for (at, name) in places.chain(city.sites.iter().map(|site| (site.at, &site.name))) {
            let away = streets.distance(at);
            assert!(away <= 60_000, "seed {}: {} is {away} mm from any street", city.seed, name.en);
            assert!(
                !common::in_river(&city, at),
                "seed {}: {} is in the river",
                city.seed,
                name.en
            );
        }
    }
}

#[test]
fn the_city_has_what_was_asked_of_it() {
    for city in cities() {
        let counts = city.counts;
        let posts = |kind| city.posts.iter().filter(|post| post.kind == kind).count() as u64;
        assert_eq!(posts(PostKind::Checkpoint), counts.ways_in, "seed {}", city.seed);
        assert_eq!(posts(PostKind::StreetStation), counts.street_stations);
        assert_eq!(posts(PostKind::PoliceStation), counts.station_areas);
        assert_eq!(city.posts.iter().map(|post| post.staff).sum::<u64>(), counts.patrol);
        let communities = city.sites.iter().filter(|site| site.kind == SiteKind::Community);
        assert_eq!(communities.count() as u64, counts.communities);
        let areas = |level| city.areas.iter().filter(move |area| area.level == level);
        assert_eq!(areas(AreaLevel::City).count(), 1);
        assert_eq!(areas(AreaLevel::District).count() as u64, counts.districts);
        assert_eq!(areas(AreaLevel::StationArea).count() as u64, counts.station_areas);
        for level in AreaLevel::ALL {
            assert_eq!(
                areas(*level).map(|area| area.people).sum::<u64>(),
                counts.people,
                "{level:?}"
            );
        }
        assert_eq!(city.demand.iter().map(|one| one.people).sum::<u64>(), counts.people);
        assert_eq!(
            city.demand.iter().map(|one| one.calls).sum::<u64>(),
            counts.people * 120 / 1_000
        );
        assert!(city.demand.iter().all(|one| one.by_part.iter().sum::<u64>() == one.calls));
    }
}

#[test]
fn every_place_lies_in_one_area_of_each_level() {
    for city in cities() {
        for level in AreaLevel::ALL {
            let areas: Vec<_> = city.areas.iter().filter(|area| area.level == *level).collect();
            let lies_in = |at| areas.iter().filter(|area| area.shape.contains(at)).count();
            let demand = city.demand.iter().map(|one| one.at);
            let astray = demand.clone().filter(|&at| lies_in(at) != 1).count();
            // Borders run along streets; rounding to 1e-7 degree may put a place that lies on one on both sides or neither.
            assert!(
                astray * 1_000 <= demand.count(),
                "seed {}: {astray} astray at {level:?}",
                city.seed
            );
        }
    }
}

#[test]
fn names_are_unique_enough() {
    for city in cities() {
        let unique = |names: Vec<&Title>| {
            let different: BTreeSet<&Title> = names.iter().copied().collect();
            different.len() * 1_000 / names.len().max(1)
        };
        let streets = city.streets.iter().filter(|title| !title.is_empty()).collect();
        assert!(unique(streets) >= 980, "seed {}", city.seed);
        assert_eq!(
            unique(city.posts.iter().map(|post| &post.name).collect()),
            1_000,
            "seed {}",
            city.seed
        );
        assert_eq!(
            unique(city.areas.iter().map(|area| &area.name).collect()),
            1_000,
            "seed {}",
            city.seed
        );
        assert!(
            unique(city.sites.iter().map(|site| &site.name).collect()) >= 990,
            "seed {}",
            city.seed
        );
        let both = |title: &Title| {
            !title.zh.is_empty() && title.en.chars().all(|c| c.is_ascii() || c == 'ü')
        };
        assert!(
            city.posts.iter().all(|post| both(&post.name))
                && city.sites.iter().all(|site| both(&site.name))
        );
    }
}

#[test]
fn impossible_sizes_are_refused() {
    for people in [0, 19_999, 40_000_001, u64::MAX] {
        let refused = City::new(&Order { seed: 1, people });
        assert!(matches!(refused, Err(GenerateError::People { people: p }) if p == people));
    }
}
