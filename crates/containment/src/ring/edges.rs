//! The edges of an area, to be found by latitude.

use precinct_base::{LonLat, MultiPolygon};

/// An area's edges in bands of latitude, so that a short line is held against few of them.
pub(super) struct Edges {
    all: Vec<(LonLat, LonLat)>,
    bands: Vec<Vec<u32>>,
    south: i64,
    height: i64,
}

/// Where along a line something is: so many of so many parts.
pub(super) type Part = (i128, i128);

impl Edges {
    pub(super) fn of(area: &MultiPolygon) -> Self {
        let mut all = Vec::new();
        for ring in area.rings() {
            let next = ring.iter().skip(1).chain(ring.first());
            all.extend(ring.iter().copied().zip(next.copied()).filter(|(a, b)| a != b));
        }
        let lat = |place: LonLat| i64::from(place.lat());
        let ends = all.iter().flat_map(|&(a, b)| [lat(a), lat(b)]);
        let (south, north) =
            ends.fold((i64::MAX, i64::MIN), |(low, high), lat| (low.min(lat), high.max(lat)));
        let count = (all.len() / 2).clamp(1, 4_096) as i64;
        let height = if all.is_empty() { 1 } else { (north - south) / count + 1 };
        let mut edges = Self { all, bands: vec![Vec::new(); count as usize], south, height };
        for (i, &(a, b)) in (0..).zip(&edges.all) {
            let (low, high) = (lat(a).min(lat(b)), lat(a).max(lat(b)));
            let (first, last) = ((low - south) / height, (high - south) / height);
            for band in &mut edges.bands[first as usize..=last as usize] {
                band.push(i);
            }
        }
        edges
    }

    /// Where a line from `a` to `b` meets an edge, from its beginning on, each place once.
    pub(super) fn met(&self, a: LonLat, b: LonLat) -> Vec<Part> {
        let lat = |place: LonLat| i64::from(place.lat());
        let (low, high) = (lat(a).min(lat(b)), lat(a).max(lat(b)));
        let top = self.south.saturating_add(self.height * self.bands.len() as i64);
        if self.all.is_empty() || high < self.south || low >= top {
            return Vec::new();
        }
        let band =
            |lat: i64| ((lat - self.south) / self.height).clamp(0, self.bands.len() as i64 - 1);
        let near = self.bands[band(low) as usize..=band(high) as usize].iter().flatten();
        let mut met: Vec<Part> = near
            .filter_map(|&i| {
                let (c, d) = self.all[i as usize];
                meeting(a, b, c, d)
            })
            .collect();
        met.sort_by(|x, y| (x.0 * y.1).cmp(&(y.0 * x.1)));
        met.dedup_by(|x, y| x.0 * y.1 == y.0 * x.1);
        met
    }
}

/// Where the line from `a` to `b` meets the one from `c` to `d`, ends included; lines that run side by side do not meet.
fn meeting(a: LonLat, b: LonLat, c: LonLat, d: LonLat) -> Option<Part> {
    let way = |from: LonLat, to: LonLat| {
        let lon = i128::from(to.lon()) - i128::from(from.lon());
        (lon, i128::from(to.lat()) - i128::from(from.lat()))
    };
    let turn = |x: (i128, i128), y: (i128, i128)| x.0 * y.1 - x.1 * y.0;
    let (along, edge, to) = (way(a, b), way(c, d), way(a, c));
    let mut whole = turn(along, edge);
    if whole == 0 {
        return None;
    }
    let (mut on_line, mut on_edge) = (turn(to, edge), turn(to, along));
    if whole < 0 {
        (whole, on_line, on_edge) = (-whole, -on_line, -on_edge);
    }
    let within = |part: i128| (0..=whole).contains(&part);
    (within(on_line) && within(on_edge)).then_some((on_line, whole))
}
