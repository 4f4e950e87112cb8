//! The measurement itself: from roads, posts and a city to shares.

use std::collections::BTreeMap;

use precinct_base::{AreaId, Millimetres, Millis, SegmentId, caps};
use precinct_city::{City, Demand, Grade};
use precinct_roads::{Along, Network, RoadClass, Scratch, Snap, SnapRules, Way};
use rayon::prelude::*;

use super::uncovered::{Missed, worst};
use super::{Piece, Tally, Uncovered, pieces};

/// What is asked.
pub(crate) struct Question<'a> {
    /// Posts on their roads.
    pub(crate) posts: &'a [Snap],
    /// Thresholds, ascending, all different.
    pub(crate) thresholds: &'a [Millis],
    /// How places are put on streets; streets cut off from the rest are counted where places may be put on them.
    pub(crate) rules: SnapRules,
    /// How many uncovered places to tell at most.
    pub(crate) worst: usize,
}

/// Demand of one grade, and how much of it is reached in the time set for the grade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GradeCover {
    /// The grade.
    pub(crate) grade: Grade,
    /// All its demand, in thousandths.
    pub(crate) demand: u64,
    /// What is reached in time.
    pub(crate) within: u64,
}

/// What is answered.
#[derive(Clone, Debug)]
pub(crate) struct Coverage {
    /// The whole city.
    pub(crate) total: Tally,
    /// Every area in which there is anything to count, in the city's order.
    pub(crate) areas: Vec<(AreaId, Tally)>,
    /// Every grade of which there is demand.
    pub(crate) grades: Vec<GradeCover>,
    /// The worst places out of reach.
    pub(crate) uncovered: Vec<Uncovered>,
    /// Demand with no road near, in thousandths; counted as out of reach.
    pub(crate) off_road: u64,
    /// Streets cut off from the rest, which are not counted.
    pub(crate) cut_off: Millimetres,
    /// Every street counted, cut at the thresholds.
    pub(crate) pieces: Vec<Piece>,
}

/// A place of demand and how it is reached.
struct Served<'a> {
    demand: &'a Demand,
    snap: Option<Snap>,
    time: Option<(Millis, usize)>,
}

impl Coverage {
    /// Measures. Times count from the post to the point on the road nearest to a place, thresholds included.
    pub(crate) fn measure(network: &Network, city: &City, question: &Question<'_>) -> Self {
        let mut scratch = Scratch::default();
        let day = Millis(caps::SEARCH_LIMIT_MS);
        let reach = network.nearest_source(&mut scratch, question.posts, day, Way::Out);
        let snap = |demand: &Demand| network.snap(demand.at, &question.rules);
        let snaps: Vec<Option<Snap>> = city.demand.par_iter().map(snap).collect();
        let serve = |(demand, snap): (_, Option<Snap>)| {
            let time = snap.as_ref().and_then(|snap| reach.at(snap));
            Served { demand, snap, time }
        };
        let served: Vec<Served<'_>> = city.demand.iter().zip(snaps).map(serve).collect();
        let (streets, cut_off) = streets(network, question.rules.islands);
        let pieces = pieces(&reach, question.thresholds, streets.into_iter());
        let mut count = Count::new(city, question.thresholds.len());
        for one in &served {
            count.demand(one.demand, band(one.time, question.thresholds));
        }
        for piece in &pieces {
            count.street(network, piece);
        }
        Self {
            total: count.total,
            areas: count.areas.into_iter().collect(),
            grades: grades(city, &served),
            uncovered: uncovered(network, &served, question),
            off_road: served.iter().filter(|one| one.snap.is_none()).map(weight).sum(),
            cut_off,
            pieces,
        }
    }
}

fn weight(served: &Served<'_>) -> u64 {
    u64::from(served.demand.weight)
}

/// The first threshold a time is within; thresholds are within themselves.
fn band(time: Option<(Millis, usize)>, thresholds: &[Millis]) -> usize {
    time.map_or(thresholds.len(), |(time, _)| thresholds.partition_point(|&limit| limit < time))
}

/// The streets to count, and the length of those left out because they are cut off from the rest.
fn streets(network: &Network, islands: bool) -> (Vec<(SegmentId, Millimetres)>, Millimetres) {
    let map = network.map();
    let (mut kept, mut cut_off) = (Vec::new(), Millimetres(0));
    for id in map.segment_ids() {
        let segment = map.segment(id);
        let open = [Along::Forward, Along::Backward]
            .into_iter()
            .any(|along| network.time(id, along).is_some());
        if !open || segment.class == RoadClass::Ferry {
            continue;
        }
        let main = |node| map.in_main_part(node, network.profile());
        if islands || (main(segment.from) && main(segment.to)) {
            kept.push((id, segment.length));
        } else {
            cut_off.0 += segment.length.0;
        }
    }
    (kept, cut_off)
}

/// Sums as they grow.
struct Count<'a> {
    city: &'a City,
    thresholds: usize,
    total: Tally,
    areas: BTreeMap<AreaId, Tally>,
}

impl<'a> Count<'a> {
    fn new(city: &'a City, thresholds: usize) -> Self {
        Self { city, thresholds, total: Tally::new(thresholds), areas: BTreeMap::new() }
    }

    fn demand(&mut self, demand: &Demand, band: usize) {
        let weight = u64::from(demand.weight);
        self.total.add_demand(band, weight);
        for area in self.city.areas_at(demand.at) {
            self.area(area).add_demand(band, weight);
        }
    }

    /// A piece counts where its middle lies.
    fn street(&mut self, network: &Network, piece: &Piece) {
        let length = piece.stretch.length();
        self.total.add_street(piece.band, length);
        if self.city.areas.is_empty() {
            return;
        }
        let middle = Millimetres(piece.stretch.start.0.midpoint(piece.stretch.end.0));
        let point = precinct_roads::Stretch { start: middle, end: middle, ..piece.stretch };
        if let Some(&at) = network.map().trace(&point).first() {
            for area in self.city.areas_at(at) {
                self.area(area).add_street(piece.band, length);
            }
        }
    }

    fn area(&mut self, area: AreaId) -> &mut Tally {
        self.areas.entry(area).or_insert_with(|| Tally::new(self.thresholds))
    }
}

fn grades(city: &City, served: &[Served<'_>]) -> Vec<GradeCover> {
    let mut grades: BTreeMap<Grade, GradeCover> = BTreeMap::new();
    for one in served {
        let grade = one.demand.grade;
        let cover = grades.entry(grade).or_insert(GradeCover { grade, demand: 0, within: 0 });
        cover.demand += weight(one);
        let limit = city.thresholds.get(grade).within;
        if one.time.is_some_and(|(time, _)| time <= limit) {
            cover.within += weight(one);
        }
    }
    grades.into_values().collect()
}

fn uncovered(network: &Network, served: &[Served<'_>], question: &Question<'_>) -> Vec<Uncovered> {
    let beyond = question.thresholds.len();
    let missed: Vec<Missed<'_>> = served
        .iter()
        .filter(|one| weight(one) > 0 && band(one.time, question.thresholds) == beyond)
        .map(|one| Missed {
            name: &one.demand.name,
            at: one.demand.at,
            weight: weight(one),
            time: one.time,
            street: one.snap.map(|snap| {
                let segment = network.map().segment(snap.segment);
                (segment.name, segment.way)
            }),
            area: one.demand.area,
        })
        .collect();
    worst(&missed, question.worst)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_is_within_itself() {
        let thresholds = [Millis(1_000), Millis(3_000)];
        let bands =
            [0, 1_000, 1_001, 3_000, 3_001].map(|ms| band(Some((Millis(ms), 0)), &thresholds));
        assert_eq!(bands, [0, 0, 1, 1, 2]);
        assert_eq!(band(None, &thresholds), 2);
    }
}
