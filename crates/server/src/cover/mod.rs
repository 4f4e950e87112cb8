//! What posts would cover: which demand each reaches in how long, kept by place, so that a post that is dragged costs one search.

mod sum;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use precinct_base::{AreaId, LonLat, Millis, caps};
use precinct_core::Hours;
use precinct_roads::{Scratch, Snap, SnapRules, Way};

pub(crate) use self::sum::{Changed, Covered, Place, changed, covered};
use crate::ground::Ground;

/// Where posts and demand are on the streets: as they are for advice, and for plans that are made by command.
pub(crate) fn rules() -> SnapRules {
    SnapRules { door: true, ..SnapRules::default() }
}

/// A place where calls arise.
#[derive(Clone, Debug)]
pub(crate) struct Point {
    pub(crate) at: LonLat,
    pub(crate) snap: Option<Snap>,
    pub(crate) weight: u64,
    /// The areas it lies in, rising, by the numbers of the core.
    pub(crate) areas: Box<[AreaId]>,
}

/// Who is reached from one place: the number of a point and the time to it, by point.
pub(crate) type Reached = Arc<[(u32, Millis)]>;

/// A post that is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) at: LonLat,
    pub(crate) hours: Hours,
}

/// Searches that were made of late, by the place and the longest time.
type Kept = VecDeque<((LonLat, Millis), Option<Reached>)>;

/// Demand, and who reaches it.
#[derive(Debug, Default)]
pub(crate) struct Cover {
    points: OnceLock<Vec<Point>>,
    kept: Mutex<Kept>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn points(ground: &Ground) -> Vec<Point> {
    let (network, rules) = (ground.planned(), rules());
    let point = |demand: &precinct_city::Demand| {
        let within = ground.city.areas_at(demand.at).into_iter();
        let mut areas: Vec<AreaId> =
            within.filter_map(|area| ground.area_number(area.index())).collect();
        areas.sort_unstable();
        areas.dedup();
        Point {
            at: demand.at,
            snap: network.and_then(|network| network.snap(demand.at, &rules)),
            weight: u64::from(demand.weight),
            areas: areas.into(),
        }
    };
    ground.city.demand.iter().map(point).collect()
}

impl Cover {
    /// The demand of the city, worked out by whoever asks first.
    pub(crate) fn points(&self, ground: &Ground) -> &[Point] {
        self.points.get_or_init(|| points(ground))
    }

    /// Who is reached within `limit` from a place; none if no street is near it.
    pub(crate) fn reached(
        &self,
        ground: &Ground,
        scratch: &mut Scratch,
        at: LonLat,
        limit: Millis,
    ) -> Option<Reached> {
        let key = (at, limit);
        if let Some((_, known)) = lock(&self.kept).iter().find(|(known, _)| *known == key) {
            return known.clone();
        }
        let network = ground.planned()?;
        let reached = network.snap(at, &rules()).map(|snap| {
            let sources = [snap];
            let reach = network.reach(scratch, &sources, limit, Way::Out);
            let points = self.points(ground).iter().zip(0..);
            let times = points
                .filter_map(|(point, number)| Some((number, reach.at(point.snap.as_ref()?)?.0)));
            times.collect::<Reached>()
        });
        let mut kept = lock(&self.kept);
        if kept.len() >= caps::COVER_KEPT {
            kept.pop_front();
        }
        kept.push_back((key, reached.clone()));
        reached
    }

    /// Who is reached from each post.
    pub(crate) fn reached_from(
        &self,
        ground: &Ground,
        posts: &[Asked],
        limit: Millis,
    ) -> Vec<Option<Reached>> {
        let mut scratch = Scratch::default();
        posts.iter().map(|post| self.reached(ground, &mut scratch, post.at, limit)).collect()
    }
}
