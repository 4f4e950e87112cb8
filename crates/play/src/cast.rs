//! The cast of a day: crews at the posts of the city, who mans them, and what they can do.

use precinct_base::{LonLat, PostKind};

use crate::UnitWish;

/// A post of the served city.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostSeen {
    /// Its number.
    pub post: u32,
    /// What it is.
    pub kind: PostKind,
    /// The area it lies in.
    pub area: u32,
    /// Where it is.
    pub at: LonLat,
    /// Its English or its Chinese name; may be empty.
    pub name: String,
}

/// A unit that the served city knows already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitSeen {
    /// Its number.
    pub unit: u32,
    /// What it is called on the air.
    pub call_sign: String,
    /// Whether it is on duty, and under which tour if that is told.
    pub on_duty: bool,
    /// Its tour.
    pub shift: Option<u32>,
    /// What it is sent to.
    pub incident: Option<u32>,
    /// Whether it is out of service.
    pub out: bool,
}

/// A crew of the day before it goes on duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// How it is described.
    pub wish: UnitWish,
    /// Where its post is.
    pub home: LonLat,
    /// What the city knows of it already.
    pub seen: Option<UnitSeen>,
}

/// Force, what it can do, and the letters its call sign begins with.
type Kind = (&'static str, &'static [&'static str], &'static str);

/// What police crews can do beside patrolling, in turn.
const POLICE: [Kind; 6] = [
    ("police", &["patrol", "traffic"], "PD"),
    ("police", &["patrol", "first_aid"], "PD"),
    ("police", &["patrol", "mediation"], "PD"),
    ("police", &["armed", "patrol"], "PD"),
    ("police", &["patrol", "public_order"], "PD"),
    ("police", &["first_aid", "patrol", "traffic"], "PD"),
];

const FIRE: [Kind; 3] = [
    ("fire", &["boat", "fire", "first_aid", "hazmat"], "E"),
    ("medical", &["first_aid"], "M"),
    ("fire", &["fire"], "T"),
];

const fn usual(kind: PostKind) -> usize {
    match kind {
        PostKind::PoliceStation => 6,
        PostKind::FireStation => 3,
        PostKind::StreetStation => 2,
        PostKind::Checkpoint | PostKind::Standby => 1,
    }
}

/// Crews at every post: as many as is usual for its kind, or `units` in all, dealt out evenly. A city without a fire station has an
/// engine and an ambulance at each police station, so that no call waits for what nobody has.
///
/// Crews that the city knows by their call sign keep their number; others have the next that are free.
pub fn cast(posts: &[PostSeen], known: &[UnitSeen], units: Option<usize>) -> Vec<Role> {
    let no_fire = !posts.iter().any(|post| post.kind == PostKind::FireStation);
    let mut kinds: Vec<Vec<Kind>> = posts.iter().map(|post| at_post(post.kind, no_fire)).collect();
    if let Some(units) = units {
        deal(posts, &mut kinds, units, no_fire);
    }
    let mut next = known.iter().map(|unit| unit.unit + 1).max().unwrap_or(1).max(1);
    let mut roles = Vec::new();
    for (post, kinds) in posts.iter().zip(&kinds) {
        for (number, &(force, capabilities, letters)) in kinds.iter().enumerate() {
            let call_sign = format!("{letters}-{}-{}", called(post, posts), number + 1);
            let seen = known.iter().find(|unit| unit.call_sign == call_sign).cloned();
            let unit = seen.as_ref().map_or(next, |unit| unit.unit);
            next += u32::from(seen.is_none());
            let wish = UnitWish {
                unit,
                call_sign,
                force,
                capabilities: capabilities.to_vec(),
                home: post.post,
                area: post.area,
                members: members(unit, 0),
            };
            roles.push(Role { wish, home: post.at, seen });
        }
    }
    roles
}

fn at_post(kind: PostKind, no_fire: bool) -> Vec<Kind> {
    let of = if kind.is_police() { &POLICE[..] } else { &FIRE[..] };
    let mut all: Vec<Kind> = of.iter().copied().cycle().take(usual(kind)).collect();
    if no_fire && kind == PostKind::PoliceStation {
        all.extend(&FIRE[..2]);
    }
    all
}

/// Deals `units` out over the posts, round by round.
fn deal(posts: &[PostSeen], kinds: &mut [Vec<Kind>], units: usize, no_fire: bool) {
    kinds.iter_mut().for_each(Vec::clear);
    let mut left = units;
    for round in 0.. {
        for (post, kinds) in posts.iter().zip(&mut *kinds) {
            if left == 0 {
                return;
            }
            let of = if post.kind.is_police() { &POLICE[..] } else { &FIRE[..] };
            // Every fourth is an engine or an ambulance where there is no fire station.
            let fire = no_fire && round % 4 == 3;
            kinds.push(if fire { FIRE[round / 4 % 2] } else { of[round % of.len()] });
            left -= 1;
        }
        if posts.is_empty() {
            return;
        }
    }
}

/// What a post is called in call signs: its name in short, with its number where it has none or shares it.
fn called(post: &PostSeen, posts: &[PostSeen]) -> String {
    let name = short(post);
    let shared = posts.iter().filter(|other| short(other) == name).count() > 1;
    if name.is_empty() || shared { format!("{name}{}", post.post) } else { name }
}

/// A post's name without what every post is called.
fn short(post: &PostSeen) -> String {
    const EVERY: [&str; 7] = ["Police", "Fire", "Station", "SFPD", "Street", "Department", "Post"];
    let words = post.name.split_whitespace().filter(|word| !EVERY.contains(word));
    words.collect::<Vec<_>>().join(" ").chars().take(24).collect()
}

/// The staff numbers of a crew's tour: four watches of two, so that nobody works more than one tour in four.
pub(crate) fn members(unit: u32, tour: u32) -> Vec<String> {
    let watch = char::from(b'A' + (tour % 4) as u8);
    (1..=2).map(|n| format!("P{unit}{watch}{n}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use precinct_core::{Catalogue, Code, Named};

    fn post(post: u32, kind: PostKind, name: &str) -> PostSeen {
        PostSeen { post, kind, area: 0, at: LonLat::default(), name: name.to_owned() }
    }

    fn posts() -> Vec<PostSeen> {
        vec![
            post(0, PostKind::PoliceStation, "Mission Police Station"),
            post(1, PostKind::Standby, ""),
        ]
    }

    #[test]
    fn crews_have_call_signs_numbers_and_what_the_catalogue_knows() {
        let cast = cast(&posts(), &[], None);
        let signs: Vec<&str> = cast.iter().map(|role| role.wish.call_sign.as_str()).collect();
        assert_eq!(signs.len(), 9);
        assert_eq!((signs[1], signs[6], signs[8]), ("PD-Mission-2", "E-Mission-7", "PD-1-1"));
        let numbers: Vec<u32> = cast.iter().map(|role| role.wish.unit).collect();
        assert_eq!(numbers, (1..=9).collect::<Vec<_>>());
        let catalogue = Catalogue::standard();
        let known = |list: &[Named], code: &str| list.iter().any(|one| one.code.as_str() == code);
        for role in &cast {
            assert!(known(&catalogue.forces, role.wish.force));
            for &one in &role.wish.capabilities {
                assert!(known(&catalogue.capabilities, one));
            }
            assert!(role.wish.members.iter().all(|staff| staff.parse::<Code>().is_ok()));
        }
    }

    #[test]
    fn together_they_can_do_what_any_call_needs() {
        let twins =
            [post(0, PostKind::PoliceStation, "Hill"), post(1, PostKind::PoliceStation, "Hill")];
        let cast = cast(&twins, &[], None);
        assert_eq!(cast[8].wish.call_sign, "PD-Hill1-1");
        for kind in &Catalogue::standard().types {
            for need in &kind.needs {
                let able = cast
                    .iter()
                    .filter(|role| role.wish.capabilities.contains(&need.capability.as_str()))
                    .count();
                assert!(able >= usize::from(need.units), "{} needs {need:?}", kind.code);
            }
        }
    }

    #[test]
    fn known_crews_keep_their_number_and_as_many_as_wanted_are_dealt_out() {
        let seen = |unit, sign: &str| UnitSeen {
            unit,
            call_sign: sign.to_owned(),
            on_duty: true,
            shift: Some(4),
            incident: None,
            out: false,
        };
        let known = [seen(40, "PD-Mission-1"), seen(7, "other")];
        let few = cast(&posts(), &known, Some(5));
        let numbers: Vec<(u32, bool)> =
            few.iter().map(|role| (role.wish.unit, role.seen.is_some())).collect();
        assert_eq!(numbers, [(40, true), (41, false), (42, false), (43, false), (44, false)]);
        assert!(cast(&[], &known, Some(5)).is_empty());
        let watches: std::collections::BTreeSet<String> =
            (0..8).flat_map(|tour| members(1, tour)).collect();
        assert_eq!(watches.len(), 8);
    }
}
