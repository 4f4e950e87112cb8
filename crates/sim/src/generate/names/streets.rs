//! What streets are called.

use super::super::flat::TURN;
use super::super::ground::Ground;
use super::super::web::{Kind, Role, Street, Web};
use super::{Stems, Title, ordinal};

/// The name of every street; empty for ways inside compounds and for streets that were joined into others.
pub(in super::super) fn street_titles(web: &Web, ground: &Ground, seed: u64) -> Vec<Title> {
    let mut borne = vec![false; web.streets.len()];
    for strand in &web.strands {
        borne[strand.street as usize] = true;
    }
    let mut order: Vec<usize> = (0..web.streets.len()).filter(|&street| borne[street]).collect();
    // Wide streets come first, so that they get the well-known names.
    order.sort_by_key(|&street| (web.streets[street].kind, street));
    let mut namer =
        Namer { avenues: Stems::avenues(seed), lanes: Stems::new(seed, "lanes", &[]), ground };
    let mut titles = vec![Title::default(); web.streets.len()];
    for street in order {
        titles[street] = namer.title(web.streets[street]);
    }
    titles
}

struct Namer<'a> {
    avenues: Stems,
    lanes: Stems,
    ground: &'a Ground,
}

impl Namer<'_> {
    fn title(&mut self, street: Street) -> Title {
        match street.role {
            Role::Ring(number) => {
                let (zh, en) = ordinal(usize::from(number) + 1);
                Title::new(format!("{zh}环路"), format!("{en} Ring Road"))
            }
            Role::Expressway => Title::new("绕城高速公路", "Raocheng Expressway"),
            Role::Limit => Title::new("环乡公路", "Huanxiang Road"),
            Role::Riverside(left) => self.riverside(left),
            Role::Bridge => self.avenues.next().and("大桥", " Bridge"),
            Role::Plain => self.plain(street.kind),
        }
    }

    /// The drive on the river's left or right bank, named after the side of the river it is on.
    fn riverside(&self, left: bool) -> Title {
        let towards = self.ground.river.axis + if left { TURN / 4 } else { -TURN / 4 };
        let (zh, en) = [("东", "East"), ("北", "North"), ("西", "West"), ("南", "South")]
            [((towards + TURN / 8).rem_euclid(TURN) / (TURN / 4)) as usize % 4];
        Title::new(format!("滨江{zh}路"), format!("Binjiang {en} Road"))
    }

    fn plain(&mut self, kind: Kind) -> Title {
        match kind {
            Kind::Trunk | Kind::Primary => self.avenues.next().and("大道", " Avenue"),
            Kind::Secondary => self.avenues.next().and("路", " Road"),
            Kind::Tertiary | Kind::Unclassified => self.lanes.next().and("路", " Road"),
            Kind::Residential => self.lanes.next().and("街", " Street"),
            Kind::LivingStreet => self.lanes.next().and("巷", " Lane"),
            Kind::Motorway | Kind::MotorwayLink | Kind::Service | Kind::Footway | Kind::Limit => {
                Title::default()
            }
        }
    }
}
