//! Where the bones of a city meet its river: lines are broken there, and few of the breaks become bridges.

use super::flat::{M, Pt, crossing};
use super::ground::{Ground, River};
use super::planar::Line;
use super::web::{Kind, Role, Web};

/// Where a line would cross the river.
#[derive(Clone, Debug)]
pub(super) struct Crossing {
    pub(super) kind: Kind,
    pub(super) from: Pt,
    pub(super) to: Pt,
}

/// The two points of a stretch moved apart by `by` each.
pub(super) fn stretched(from: Pt, to: Pt, by: i64) -> Vec<Pt> {
    let more = to.minus(from).with_length(by);
    vec![from.minus(more), to.plus(more)]
}

/// The runs of a line outside the river's corridor, a little longer than they must be, and where it would cross from drive
/// to drive.
pub(super) fn split_at_river(river: &River, points: &[Pt]) -> (Vec<Vec<Pt>>, Vec<(Pt, Pt)>) {
    let over = 25 * M;
    let (mut runs, mut crossings) = (Vec::new(), Vec::new());
    let Some(&first) = points.first() else { return (runs, crossings) };
    let mut run = if river.holds(first) { None } else { Some(vec![first]) };
    let mut entered: Option<(usize, Pt)> = None;
    for w in points.windows(2) {
        let more = w[1].minus(w[0]).with_length(over);
        for (_, side, place) in drive_hits(river, w[0], w[1]) {
            if let Some(mut done) = run.take() {
                done.push(place.plus(more));
                runs.push(done);
                entered = Some((side, place));
            } else {
                crossings.extend(
                    entered.take().filter(|&(from, _)| from != side).map(|(_, from)| (from, place)),
                );
                run = Some(vec![place.minus(more)]);
            }
        }
        if let Some(run) = &mut run {
            run.push(w[1]);
        }
    }
    runs.extend(run);
    (runs, crossings)
}

/// Where a stretch meets the drives: distance from its start, which drive, where; in order.
fn drive_hits(river: &River, from: Pt, to: Pt) -> Vec<(i64, usize, Pt)> {
    let mut hits = Vec::new();
    for (side, drive) in river.drives.iter().enumerate() {
        let met = drive.windows(2).filter_map(|w| crossing(from, to, w[0], w[1]));
        hits.extend(met.map(|place| (from.distance(place), side, place)));
    }
    hits.sort_unstable();
    hits.dedup_by_key(|&mut (distance, side, _)| (distance / M, side));
    hits
}

/// Chooses few of the crossings: wide streets first, well apart, none very oblique.
pub(super) fn bridges(ground: &Ground, mut crossings: Vec<Crossing>, web: &mut Web) -> Vec<Line> {
    let river = &ground.river;
    let along = |c: &Crossing| {
        let middle = c.from.towards(c.to, 1, 2);
        (0..river.middle.len()).min_by_key(|&i| river.middle[i].distance(middle)).unwrap_or(0)
            as i64
            * 100
            * M
    };
    let across = river.drives[0]
        .iter()
        .map(|&p| river.drives[1].iter().map(|q| q.distance(p)).min().unwrap_or(0))
        .min();
    crossings.sort_by_key(|c| (c.kind, c.from.length() / (500 * M), c.from));
    let oblique = |c: &Crossing| c.from.distance(c.to) > across.unwrap_or(0) * 3;
    let mut chosen: Vec<(i64, Crossing)> = Vec::new();
    // A small town may have room for one only at the usual distance; it gets a second one.
    for percent in [100, 50, 25] {
        for c in &crossings {
            let (place, apart) = (along(c), spacing(ground, c.from) * percent / 100);
            let free = chosen.iter().all(|(other, _)| (other - place).abs() >= apart);
            if free && !oblique(c) && (percent == 100 || chosen.len() < 2) {
                chosen.push((place, c.clone()));
            }
        }
    }
    let bridge = |(_, c): (i64, Crossing)| {
        let street = web.add_street(c.kind, Role::Bridge);
        let points = stretched(c.from, c.to, 25 * M);
        Line { kind: c.kind, street, points, bridge: true, open_end: false }
    };
    chosen.into_iter().map(bridge).collect()
}

/// How far apart bridges are at least, mm along the river.
fn spacing(ground: &Ground, place: Pt) -> i64 {
    match ground.outness(place) {
        ..500 => 900 * M,
        500..950 => 1_500 * M,
        _ => 3_000 * M,
    }
}
