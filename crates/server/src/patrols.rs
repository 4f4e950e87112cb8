//! Patrol plans: what is asked is read against the city, what a plan says and was made from, and how a trial has its units stand by.

use std::collections::{BTreeMap, BTreeSet};

use precinct_base::{AreaId, HourOfWeek, LonLat, PostId, PostKind, UnitId, caps};
use precinct_core::{Day, Hours, Missing, PlanId, Title};
use precinct_roads::SnapRules;
use precinct_whatif::{Change, Crew, Plan};
use precinct_wire::ProposePatrolBody;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::door::Failure;
use crate::sited::is_in;

/// The form of documents that this program writes.
const FORM: u32 = 1;

/// A beat of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Beat {
    title: Title,
    at: LonLat,
    /// The smallest area it is in.
    area: AreaId,
}

/// That a unit is on a beat at hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tour {
    unit: UnitId,
    beat: u32,
    hours: Hours,
}

/// A patrol plan's document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Patrol {
    /// The form it is written in.
    form: u32,
    beats: Vec<Beat>,
    tours: Vec<Tour>,
}

/// A unit as it was when a plan was made.
#[derive(Clone, Debug, Serialize)]
struct Known {
    unit: UnitId,
    call_sign: String,
    home: Option<PostId>,
}

/// What a patrol plan was made from.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Ingredients {
    form: u32,
    area: AreaId,
    fitted: Vec<Day>,
    /// The hot spots the city had: what each is known by, and its middle.
    hot_spots: Vec<(String, LonLat)>,
    units: Vec<Known>,
}

fn week() -> impl Iterator<Item = HourOfWeek> {
    (0..HourOfWeek::COUNT as u8).filter_map(HourOfWeek::new)
}

fn both(one: Hours, other: Hours) -> Hours {
    week().filter(|&hour| one.contains(hour) || other.contains(hour)).collect()
}

fn counted(what: &str, count: usize, most: usize) -> Result<(), Failure> {
    let fits = (1..=most).contains(&count);
    fits.then_some(()).ok_or_else(|| Failure::bad(format!("`{what}` has 1 to {most}")))
}

fn beats(app: &App, body: &ProposePatrolBody, area: AreaId) -> Result<Vec<Beat>, Failure> {
    counted("beats", body.beats.len(), caps::PATROL_BEATS)?;
    let network = app.ground.planned();
    let network = network.ok_or_else(|| Failure::conflict("this city has no streets"))?;
    let beat = |one: &precinct_wire::BeatBody| {
        let (title, at) = (Title::from(one.name.clone()), one.at.0);
        let name = title.en.clone();
        if title.en.len().max(title.zh.len()) > caps::NAME_LENGTH {
            let most = caps::NAME_LENGTH;
            return Err(Failure::bad(format!("a beat's name has {most} bytes at the most")));
        }
        if network.snap(at, &SnapRules::default()).is_none() {
            return Err(Failure::bad(format!(
                "beat {name:?} is near no street: put it where a unit can stand"
            )));
        }
        if !is_in(app, at, area) {
            return Err(Failure::bad(format!("beat {name:?} is not in area {area}")));
        }
        Ok(Beat { title, at, area: app.ground.area(at) })
    };
    body.beats.iter().map(beat).collect()
}

fn units(app: &App, tours: &[Tour], area: AreaId) -> Result<Vec<Known>, Failure> {
    let all: BTreeSet<UnitId> = tours.iter().map(|tour| tour.unit).collect();
    app.board.look(|city, _| {
        let one = |id: UnitId| {
            let known = city.units().get(&id).filter(|known| !known.is_lent());
            let known = known.ok_or(Missing::Unit(id))?;
            let within = known.area == area || city.up(known.area).any(|(above, _)| above == area);
            if !within && area != AreaId(0) {
                return Err(Failure::bad(format!("{id} is not of area {area}: plan for its own")));
            }
            if known.home.is_none_or(|home| !city.posts().contains_key(&home)) {
                return Err(Failure::conflict(format!(
                    "{id} works from no post: describe one, so that a trial knows where it is at other hours"
                )));
            }
            Ok(Known { unit: id, call_sign: known.call_sign.clone(), home: known.home })
        };
        all.into_iter().map(one).collect()
    })
}

/// Hours on beats in a week: of all tours together, and counted by unit and hour. They are the same where no unit is on two at once.
fn hours(tours: &[Tour]) -> (u64, u64) {
    let sum = tours.iter().map(|tour| u64::from(tour.hours.count())).sum();
    let once: BTreeSet<(UnitId, usize)> = tours
        .iter()
        .flat_map(|tour| {
            let on = week().filter(|&hour| tour.hours.contains(hour));
            on.map(|hour| (tour.unit, hour.index()))
        })
        .collect();
    (sum, once.len() as u64)
}

/// A patrol plan that can be proposed.
#[derive(Debug)]
pub(crate) struct Drawn {
    pub(crate) patrol: Patrol,
    pub(crate) ingredients: Ingredients,
    /// Hours of units on beats, a week.
    pub(crate) hours: u64,
    /// The hours that a week of these units has.
    pub(crate) most: u64,
}

impl Drawn {
    /// What a body asks of the city as it is by now.
    pub(crate) fn read(app: &App, body: &ProposePatrolBody) -> Result<Self, Failure> {
        let area = AreaId(body.area.unwrap_or(0));
        let beats = beats(app, body, area)?;
        counted("tours", body.tours.len(), caps::PATROL_TOURS)?;
        let tour = |one: &precinct_wire::TourBody| {
            let &precinct_wire::TourBody { unit, beat, hours } = one;
            if beat as usize >= beats.len() || hours.count() == 0 {
                let what = "a tour is on one of the `beats`, counted from 0, for an hour at least";
                return Err(Failure::bad(what));
            }
            Ok(Tour { unit: UnitId(unit), beat, hours })
        };
        let tours = body.tours.iter().map(tour).collect::<Result<Vec<_>, _>>()?;
        if let Some(idle) = (0..).zip(&beats).find(|(n, _)| tours.iter().all(|one| one.beat != *n))
        {
            let name = &idle.1.title.en;
            return Err(Failure::bad(format!(
                "beat {name:?} has no tour: send a unit, or leave it out"
            )));
        }
        let units = units(app, &tours, area)?;
        let (sum, once) = hours(&tours);
        if sum != once {
            return Err(Failure::bad(
                "a unit is on two beats at the same hour: give each of its tours hours of its own",
            )
            .coded(precinct_wire::Coded::patrol_twice()));
        }
        let spots = app.ground.city.hot_spots.iter();
        let ingredients = Ingredients {
            form: FORM,
            area,
            fitted: body.fitted.clone(),
            hot_spots: spots.map(|spot| (spot.key(), spot.at)).collect(),
            units,
        };
        let most = ingredients.units.len() as u64 * HourOfWeek::COUNT as u64;
        let patrol = Patrol { form: FORM, beats, tours };
        Ok(Self { patrol, ingredients, hours: once, most })
    }
}

impl Patrol {
    /// A document as it was recorded.
    fn read(id: PlanId, bytes: &[u8]) -> Result<Self, Failure> {
        let told = |why: String| Failure::conflict(format!("what {id} says cannot be read: {why}"));
        let patrol: Self =
            serde_json::from_slice(bytes).map_err(|error| told(error.to_string()))?;
        let form = patrol.form;
        if form == FORM { Ok(patrol) } else { Err(told(format!("form {form} is not known here"))) }
    }

    /// Has units stand on their beats at the hours of their tours, and where they do now at all others. A trial has one place for each
    /// crew, so a unit is off at those hours, and a crew like it works from the beat.
    pub(crate) fn put(&self, plan: &mut Plan) -> Result<(), Failure> {
        let refused = |why: precinct_whatif::ChangeError| Failure::conflict(why.to_string());
        let mut posts = Vec::new();
        for Beat { title, at, area } in &self.beats {
            let (title, kind, crews) = (title.clone(), PostKind::Standby, Vec::new());
            plan.change(&[Change::AddPost { title, kind, at: *at, area: *area, crews }])
                .map_err(refused)?;
            posts.extend(plan.posts.last().map(|post| post.post));
        }
        let mut on: BTreeMap<(UnitId, u32), Hours> = BTreeMap::new();
        for tour in &self.tours {
            let hours = on.entry((tour.unit, tour.beat)).or_default();
            *hours = both(*hours, tour.hours);
        }
        for ((unit, beat), hours) in on {
            let like = plan.crews.iter().find(|crew| crew.unit.unit == unit).cloned();
            let like = like.ok_or_else(|| {
                Failure::conflict(format!(
                    "{unit} works from no post any more: propose the plan again without it"
                ))
            })?;
            plan.change(&[Change::TakeOff { unit, off: hours }]).map_err(refused)?;
            let mut there = like.unit;
            there.unit = UnitId(plan.crews.last().map_or(0, |last| last.unit.unit.0 + 1));
            there.call_sign = format!("{}@{}", there.call_sign, beat + 1);
            there.home = posts.get(beat as usize).copied();
            plan.crews.push(Crew { unit: there, on: hours });
        }
        Ok(())
    }
}

impl App {
    /// A patrol plan's document as it was recorded.
    pub(crate) fn patrol_document(&self, id: PlanId) -> Result<Patrol, Failure> {
        let file = self.board.look(|state, _| state.plans().get(&id).map(|plan| plan.document));
        Patrol::read(id, &self.planning.shelf.read(file.ok_or(Missing::Plan(id))?)?)
    }
}

#[cfg(test)]
mod tests;
