//! Small cities to search in.

use precinct_base::{LonLat, Millis, PostId, SiteId};
use precinct_roads::{
    Along, Draft, DraftNode, DraftSegment, Fingerprint, Name, Profile, RoadClass, RoadMap, Times,
};

use crate::{Address, Gazetteer, Hit, Place, PlaceId, Query};

/// About 90 m.
pub(super) const STEP: i32 = 8_000;

pub(super) fn at(x: i32, y: i32) -> LonLat {
    LonLat::new(x * STEP, y * STEP).unwrap()
}

pub(super) fn name(local: &str, zh: &str, en: &str) -> Name {
    Name { local: local.into(), zh: zh.into(), en: en.into() }
}

/// Streets on squared paper.
#[derive(Default)]
pub(super) struct Town {
    draft: Draft,
}

impl Town {
    fn node(&mut self, x: i32, y: i32) -> u32 {
        let osm_id = i64::from(x) * 10_000 + i64::from(y);
        let known = self.draft.nodes.iter().position(|node| node.osm_id == osm_id);
        known.unwrap_or_else(|| {
            self.draft.nodes.push(DraftNode { osm_id, at: at(x, y) });
            self.draft.nodes.len() - 1
        }) as u32
    }

    /// A street along corners; a corner that two streets have is where they meet.
    pub(super) fn street(&mut self, name: Name, class: RoadClass, corners: &[(i32, i32)]) {
        let name = self.draft.names.add(name);
        let mut times = Times::default();
        times.set(Profile::Foot, Along::Forward, Some(Millis(60_000)));
        for pair in corners.windows(2) {
            let (from, to) = (self.node(pair[0].0, pair[0].1), self.node(pair[1].0, pair[1].1));
            let length = Draft::length(&[at(pair[0].0, pair[0].1), at(pair[1].0, pair[1].1)]);
            let way = i64::from(name.0);
            self.draft.segments.push(DraftSegment {
                from,
                to,
                shape: vec![],
                length,
                class,
                name,
                way,
                times,
            });
        }
    }

    pub(super) fn roads(&self) -> RoadMap {
        RoadMap::build(&self.draft, Fingerprint::default()).unwrap()
    }
}

pub(super) fn house(number: &str, street: &str, at: LonLat) -> Address {
    Address { number: number.into(), street: street.into(), detail: String::new(), at }
}

pub(super) fn post(id: u32, name: Name, at: LonLat) -> Place {
    Place { id: PlaceId::Post(PostId(id)), name, at }
}

pub(super) fn site(id: u32, name: Name, at: LonLat) -> Place {
    Place { id: PlaceId::Site(SiteId(id)), name, at }
}

pub(super) fn ask(gazetteer: &Gazetteer, text: &str) -> Vec<Hit> {
    gazetteer.search(&Query { text, ..Query::default() })
}

pub(super) fn labels(gazetteer: &Gazetteer, text: &str) -> Vec<String> {
    ask(gazetteer, text).into_iter().map(|hit| hit.label).collect()
}

/// A town with streets of three languages.
pub(super) fn mixed() -> Gazetteer {
    let mut town = Town::default();
    let row = |y: i32| [(0, y), (1, y), (2, y), (3, y), (4, y)];
    let column = |x: i32| [(x, 0), (x, 1), (x, 2), (x, 3), (x, 4), (x, 5)];
    let (major, minor) = (RoadClass::Primary, RoadClass::Residential);
    for (y, name) in [
        name("Mission Street", "", ""),
        name("Market Street", "", ""),
        name("中山路", "中山路", "Zhongshan Road"),
        name("重庆长江路", "", ""),
        name("新馬路 Avenida de Almeida Ribeiro", "新馬路", ""),
        name("Rua Central", "龍嵩正街", ""),
    ]
    .into_iter()
    .enumerate()
    {
        town.street(name, major, &row(y as i32));
    }
    for (x, name) in [
        name("16th Street", "", ""),
        name("16th Avenue", "", ""),
        name("人民路", "", "Renmin Road"),
        name("Van Ness Avenue", "", ""),
        name("羅理基博士大馬路 Avenida do Dr. Rodrigo Rodrigues", "羅理基博士大馬路", ""),
    ]
    .into_iter()
    .enumerate()
    {
        // 16th Avenue stays clear of Mission Street, as it does in San Francisco.
        let from = usize::from(x == 1);
        town.street(name, minor, &column(x as i32)[from..]);
    }
    let posts = [
        post(0, name("Mission Police Station", "", ""), at(1, 0)),
        post(1, name("人民路公安局", "人民路公安局", "Renmin Road Police"), at(2, 2)),
    ];
    let sites = [
        site(
            0,
            name("Hospital de São Januário", "仁伯爵綜合醫院", "Saint Januarius Hospital"),
            at(3, 3),
        ),
        site(1, name("Market Hall", "", ""), at(0, 3)),
    ];
    let houses = [
        house("101", "MARKET ST", at(0, 1)),
        house("103", "MARKET ST", at(1, 1)),
        house("101A", "MARKET ST", at(0, 1)),
        house("8", "中山路", at(0, 2)),
        house("8", "R. Central", at(0, 5)),
        house("7", "Lost Lane", at(9, 9)),
        house("500", "16TH ST", at(0, 4)),
        house("20", "新马路", at(0, 4)),
    ];
    Gazetteer::build(&town.roads(), posts.into_iter().chain(sites), houses)
}
