//! Reach: which streets and how much demand those who are free could be at within minutes. One sweep over the city for all who ask alike,
//! made anew when it is asked for and two seconds old.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use precinct_base::{AreaId, Bounds, Millis, MultiPolygon, Timestamp, caps};
use precinct_core::{Doing, PostState, State};
use precinct_roads::{Network, OutlineStyle, Profile, Scratch, Snap, Stretch, Way, outline};
use precinct_wire::Bbox;

use crate::advise::{parts, placed};
use crate::app::App;
use crate::ground::profile;

/// How old a picture may become before it is made anew.
const FRESH: Duration = Duration::from_secs(2);
/// A unit with an older fix may be anywhere: it is left out and counted. Devices of parked cars report every few minutes.
pub(crate) const SEEN: Millis = Millis::from_minutes(15);

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wish {
    /// The thresholds, rising.
    pub(crate) within: Vec<Millis>,
    /// From free units.
    pub(crate) units: bool,
    /// From open posts.
    pub(crate) posts: bool,
    /// Of these areas; none is of the whole city.
    pub(crate) areas: Option<BTreeSet<AreaId>>,
    /// Outlines of what is in this box; none is of all.
    pub(crate) bbox: Option<Bbox>,
}

/// Those from whom it is reckoned, and those who had to be left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counted {
    pub(crate) fresh: u32,
    pub(crate) at_post: u32,
    pub(crate) stale: u32,
    pub(crate) off_road: u32,
    pub(crate) posts: u32,
}

/// What is within one threshold.
#[derive(Clone, Debug)]
pub(crate) struct Band {
    pub(crate) within: Millis,
    pub(crate) area: MultiPolygon,
    /// The share of the city's demand, in parts of 10,000; none where no demand is known.
    pub(crate) demand: Option<u32>,
    /// The share of the city's streets by length, in parts of 10,000.
    pub(crate) streets: u32,
}

type Sources = BTreeMap<Profile, Vec<Snap>>;

/// A picture of reach.
#[derive(Debug)]
pub(crate) struct Picture {
    /// A number no other picture has.
    pub(crate) number: u64,
    /// The instant it holds for.
    pub(crate) at: Timestamp,
    pub(crate) counted: Counted,
    pub(crate) bands: Arc<[Band]>,
    made: Instant,
    sources: Sources,
    /// The streets as they were at its hour.
    streets: Arc<Streets>,
}

/// The streets of everybody who travels.
type Streets = BTreeMap<Profile, Arc<Network>>;

/// A place for the latest picture of one way of asking: who makes it holds it, and the others wait for what is made.
type Slot = Arc<Mutex<Option<Arc<Picture>>>>;

/// The pictures that were asked for of late.
#[derive(Debug, Default)]
pub(crate) struct Reaches {
    slots: Mutex<VecDeque<(Wish, Slot)>>,
    /// Sweeps are made one at a time; each may take all of a processor. The number of the last picture.
    sweeps: Mutex<u64>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Reaches {
    fn slot(&self, wish: &Wish) -> Slot {
        let mut slots = lock(&self.slots);
        if let Some(index) = slots.iter().position(|(known, _)| known == wish)
            && let Some(found) = slots.remove(index)
        {
            let slot = found.1.clone();
            slots.push_back(found);
            return slot;
        }
        if slots.len() >= caps::REACH_KEPT {
            slots.pop_front();
        }
        let slot = Slot::default();
        slots.push_back((wish.clone(), slot.clone()));
        slot
    }

    /// The picture as it is now, or was not longer ago than it stays fresh. Takes a while: not for a thread that others wait for.
    pub(crate) fn picture(&self, app: &App, wish: &Wish) -> Arc<Picture> {
        let slot = self.slot(wish);
        let mut slot = lock(&slot);
        if let Some(picture) = &*slot
            && picture.made.elapsed() < FRESH
        {
            return picture.clone();
        }
        let mut number = lock(&self.sweeps);
        *number += 1;
        let (made, at) = (Instant::now(), app.watch.wall());
        app.ground.turn(at);
        let streets = app.ground.networks();
        let (sources, counted) = app.board.look(|state, _| sources(app, state, at, wish));
        // Where everybody stands as before, on the same streets, so do the outlines.
        let same = slot
            .take()
            .filter(|before| before.sources == sources && Arc::ptr_eq(&before.streets, &streets));
        let bands = same
            .map_or_else(|| bands(app, (&sources, &streets), wish), |before| before.bands.clone());
        let picture =
            Arc::new(Picture { number: *number, at, counted, bands, made, sources, streets });
        *slot = Some(picture.clone());
        picture
    }
}

fn sources(app: &App, state: &State, now: Timestamp, wish: &Wish) -> (Sources, Counted) {
    let (mut sources, mut counted) = (Sources::new(), Counted::default());
    let seen = |area| wish.areas.as_ref().is_none_or(|areas| areas.contains(&area));
    let view = app.field.view();
    for (&id, unit) in state.units().iter().filter(|(_, unit)| wish.units && seen(unit.area)) {
        if unit.doing() != Some(Doing::Available) {
            continue;
        }
        let place = placed(&app.ground, state, &view, id, unit);
        if place.fix_age.is_some_and(|age| age > SEEN) {
            counted.stale += 1;
            continue;
        }
        let profile = profile(unit.vehicle).filter(|&by| app.ground.network(by).is_some());
        let Some((by, snap)) = profile.zip(place.snap) else {
            counted.off_road += 1;
            continue;
        };
        *(if place.fix_age.is_some() { &mut counted.fresh } else { &mut counted.at_post }) += 1;
        sources.entry(by).or_default().push(snap);
    }
    if let Some(network) = app.ground.main().filter(|_| wish.posts) {
        for snap in open_posts(app, state, now, seen)
            .filter_map(|(_, at)| app.ground.stand(network.profile(), at))
        {
            counted.posts += 1;
            sources.entry(network.profile()).or_default().push(snap);
        }
    }
    (sources, counted)
}

/// Posts that are manned at this hour and not closed by an order, and where they are.
pub(crate) fn open_posts<'a>(
    app: &App,
    state: &'a State,
    now: Timestamp,
    seen: impl Fn(AreaId) -> bool + 'a,
) -> impl Iterator<Item = (precinct_base::PostId, precinct_base::LonLat)> + 'a {
    let hour = app.ground.hour_of_week(now);
    let open = state.posts().iter().filter(move |(_, post)| {
        seen(post.area) && post.state() != PostState::Closed && post.hours.contains(hour)
    });
    open.map(|(&id, post)| (id, post.at))
}

fn bands(app: &App, (sources, networks): (&Sources, &Streets), wish: &Wish) -> Arc<[Band]> {
    let map = &app.ground.map;
    let whole: u64 = map.segment_ids().map(|segment| map.segment(segment).length.0).sum();
    let limit = wish.within.last().copied().unwrap_or_default();
    let demand = &app.advisor.demand;
    let mut soonest = vec![None::<Millis>; demand.len()];
    let mut reached: Vec<Vec<Stretch>> = vec![Vec::new(); wish.within.len()];
    let mut scratch = Scratch::default();
    for (&profile, places) in sources {
        let Some(network) = networks.get(&profile) else { continue };
        let reach = network.reach(&mut scratch, places, limit, Way::Out);
        for (soonest, point) in soonest.iter_mut().zip(demand.iter()) {
            let time = reach.at(&point.snap).map(|(time, _)| time);
            *soonest = soonest.iter().copied().chain(time).min();
        }
        for (reached, &within) in reached.iter_mut().zip(&wish.within) {
            reached.extend(reach.streets(within));
        }
    }
    let of: u64 = demand.iter().map(|point| u64::from(point.weight)).sum();
    let band = |(&within, reached): (&Millis, Vec<Stretch>)| {
        let streets = Stretch::joined(reached);
        let length: u64 = streets.iter().map(|one| one.length().0).sum();
        let met = soonest.iter().zip(demand.iter());
        let met = met.filter(|(time, _)| time.is_some_and(|time| time <= within));
        let met: u64 = met.map(|(_, point)| u64::from(point.weight)).sum();
        let lines = streets.iter().map(|stretch| map.trace(stretch));
        let shown = lines.filter(|line| in_box(wish.bbox.as_ref(), line));
        Band {
            within,
            area: outline(shown, &OutlineStyle::default()),
            demand: (of > 0).then(|| parts(met, of)),
            streets: parts(length, whole),
        }
    };
    wish.within.iter().zip(reached).map(band).collect()
}

fn in_box(bbox: Option<&Bbox>, line: &[precinct_base::LonLat]) -> bool {
    let Some(bbox) = bbox else { return true };
    let bounds = Bounds::around(line.iter().copied());
    bounds.is_some_and(|bounds| bbox.meets(&MultiPolygon::from_bounds(bounds)))
}
