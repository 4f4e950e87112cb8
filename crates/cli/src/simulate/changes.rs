//! A plan file: changes to a city as it is, in TOML, by the names that people use.

use std::collections::BTreeSet;
use std::path::Path;

use precinct_base::{LonLat, PostId, PostKind, SegmentId, UnitId};
use precinct_city::{City, CityError};
use precinct_core::{Hours, Title};
use precinct_roads::{Network, RoadMap};
use precinct_whatif::{Change, Plan, Policy, daily};
use serde::Deserialize;

use super::area_at;
use crate::failure::Failure;

/// A plan file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlanFile {
    /// What the plan is called.
    #[serde(default)]
    pub(crate) name: Option<String>,
    /// How units are chosen under it.
    #[serde(default)]
    policy: Option<String>,
    #[serde(default)]
    add_post: Vec<AddPost>,
    #[serde(default)]
    move_post: Vec<MovePost>,
    #[serde(default)]
    remove_post: Vec<String>,
    #[serde(default)]
    rehome: Vec<Rehome>,
    #[serde(default)]
    add_crews: Vec<AddCrews>,
    #[serde(default)]
    take_off: Vec<TakeOff>,
    #[serde(default)]
    close: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AddPost {
    name: String,
    #[serde(default)]
    zh: String,
    #[serde(default = "standby")]
    kind: PostKind,
    at: [f64; 2],
    #[serde(default)]
    crews: Vec<String>,
}

const fn standby() -> PostKind {
    PostKind::Standby
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MovePost {
    post: String,
    at: [f64; 2],
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rehome {
    crew: String,
    post: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AddCrews {
    like: String,
    post: String,
    count: u32,
    #[serde(default)]
    hours: Option<[u8; 2]>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TakeOff {
    crews: Vec<String>,
    #[serde(default)]
    hours: Option<[u8; 2]>,
}

impl PlanFile {
    /// Reads a plan file.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| CityError::Read { path: path.to_owned(), source })?;
        toml::from_str(&text)
            .map_err(|fault| Failure::Usage(format!("{}: {fault}", path.display())))
    }

    /// How units are chosen under it, if it says.
    pub(crate) fn policy(&self) -> Result<Option<Policy>, Failure> {
        let Some(name) = &self.policy else { return Ok(None) };
        let unknown = || {
            let known = Policy::names().join(", ");
            Failure::Usage(format!("{name:?} is no policy: use one of {known}"))
        };
        Policy::named(name).ok_or_else(unknown).map(Some)
    }

    /// Makes its changes, in the order of the fields above.
    pub(crate) fn change(
        &self,
        plan: &mut Plan,
        city: &City,
        network: &Network,
    ) -> Result<(), Failure> {
        let refused = |why: precinct_whatif::ChangeError| Failure::Usage(why.to_string());
        for add in &self.add_post {
            let at = place(add.at)?;
            let crews =
                add.crews.iter().map(|sign| unit(plan, sign)).collect::<Result<Vec<_>, _>>()?;
            let title = Title { en: add.name.clone(), zh: add.zh.clone() };
            let (kind, area) = (add.kind, area_at(city, at));
            plan.change(&[Change::AddPost { title, kind, at, area, crews }]).map_err(refused)?;
        }
        let mut changes = Vec::new();
        for one in &self.move_post {
            changes.push(Change::MovePost { post: post(plan, &one.post)?, at: place(one.at)? });
        }
        for one in &self.rehome {
            let (unit, post) = (unit(plan, &one.crew)?, post(plan, &one.post)?);
            changes.push(Change::Rehome { unit, post });
        }
        for one in &self.add_crews {
            let (like, post, on) =
                (unit(plan, &one.like)?, post(plan, &one.post)?, hours(one.hours)?);
            changes.push(Change::AddCrews { like, post, count: one.count.min(1_000), on });
        }
        for one in &self.take_off {
            let off = hours(one.hours)?;
            for sign in &one.crews {
                changes.push(Change::TakeOff { unit: unit(plan, sign)?, off });
            }
        }
        for name in &self.remove_post {
            changes.push(Change::RemovePost { post: post(plan, name)? });
        }
        changes.push(Change::Close(named_streets(network.map(), &self.close)?));
        plan.change(&changes).map_err(refused)
    }
}

fn hours(hours: Option<[u8; 2]>) -> Result<Hours, Failure> {
    match hours {
        None => Ok(Hours::ALWAYS),
        Some([from, to]) if from < 24 && to <= 24 => Ok(daily(from, to % 24)),
        Some([from, to]) => Err(Failure::Usage(format!(
            "hours [{from}, {to}] are not of a day: write the first and the one after the last, such as [22, 6]"
        ))),
    }
}

fn place([lon, lat]: [f64; 2]) -> Result<LonLat, Failure> {
    LonLat::from_degrees(lon, lat).ok_or_else(|| {
        Failure::Usage(format!("[{lon}, {lat}] is no place: write longitude, then latitude"))
    })
}

fn post(plan: &Plan, name: &str) -> Result<PostId, Failure> {
    let is = |title: &Title| title.en == name || title.zh == name;
    plan.posts.iter().find(|post| is(&post.title)).map(|post| post.post).ok_or_else(|| {
        let known: Vec<&str> =
            plan.posts.iter().map(|post| post.title.en.as_str()).take(30).collect();
        Failure::Usage(format!("no post is called {name:?}: there are {}", known.join(", ")))
    })
}

fn unit(plan: &Plan, sign: &str) -> Result<UnitId, Failure> {
    let found = plan.crews.iter().find(|crew| crew.unit.call_sign == sign);
    found.map(|crew| crew.unit.unit).ok_or_else(|| {
        let known: Vec<&str> =
            plan.crews.iter().map(|crew| crew.unit.call_sign.as_str()).take(30).collect();
        Failure::Usage(format!("no crew is called {sign:?}: there are {}, …", known.join(", ")))
    })
}

/// The segments of the streets of these names, in any language, without regard to large and small letters.
pub(crate) fn named_streets(
    map: &RoadMap,
    names: &[String],
) -> Result<BTreeSet<SegmentId>, Failure> {
    let mut closed = BTreeSet::new();
    for name in names {
        let wanted = name.to_lowercase();
        let is = |segment: &SegmentId| {
            let known = map.segment_name(*segment);
            [&known.local, &known.zh, &known.en].iter().any(|text| text.to_lowercase() == wanted)
        };
        let before = closed.len();
        closed.extend(map.segment_ids().filter(is));
        if closed.len() == before {
            return Err(Failure::Usage(format!(
                "no street is called {name:?}: write its name as the map has it"
            )));
        }
    }
    Ok(closed)
}
