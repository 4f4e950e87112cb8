//! Which stretches of street are within a time, cut at the exact point.

use precinct_base::{LonLat, Millimetres, Millis, SegmentId};

use super::Reach;
use crate::{Along, RoadMap, Way};

/// A part of a segment: from `start` to `end`, both measured from the segment's first end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stretch {
    /// The segment.
    pub segment: SegmentId,
    /// Where the part starts.
    pub start: Millimetres,
    /// Where it ends.
    pub end: Millimetres,
}

impl Stretch {
    /// Its length.
    pub const fn length(&self) -> Millimetres {
        Millimetres(self.end.0 - self.start.0)
    }

    /// Stretches of several searches put together: by segment and along each, those of one segment apart.
    #[must_use]
    pub fn joined(mut all: Vec<Self>) -> Vec<Self> {
        all.retain(|one| one.start < one.end);
        all.sort_unstable();
        all.dedup_by(|next, one| {
            let joins = next.segment == one.segment && next.start <= one.end;
            if joins {
                one.end = one.end.max(next.end);
            }
            joins
        });
        all
    }
}

impl Reach<'_> {
    /// The stretches of street within `limit` (not more than the search's own), by segment and along each; those of one segment
    /// do not touch.
    pub fn streets(&self, limit: Millis) -> Vec<Stretch> {
        let limit = limit.min(self.limit);
        let at_nodes = self
            .nodes()
            .flat_map(|(node, _)| self.network.segments_at(node).map(|(segment, _)| segment));
        let mut segments: Vec<SegmentId> =
            at_nodes.chain(self.sources.iter().map(|source| source.segment)).collect();
        segments.sort_unstable();
        segments.dedup();
        let mut all = Vec::with_capacity(segments.len());
        let mut spans = Vec::new();
        for segment in segments {
            self.spans(segment, limit, &mut spans);
            let stretch = |&(start, end): &(u64, u64)| Stretch {
                segment,
                start: Millimetres(start),
                end: Millimetres(end),
            };
            all.extend(spans.iter().map(stretch));
        }
        all
    }

    /// The parts of one segment within `limit`, in millimetres, sorted and apart.
    fn spans(&self, segment: SegmentId, limit: Millis, spans: &mut Vec<(u64, u64)>) {
        spans.clear();
        let ends = self.network.map().segment(segment);
        let whole = ends.length.0;
        let (up, down) = match self.way {
            Way::Out => (Along::Forward, Along::Backward),
            Way::In => (Along::Backward, Along::Forward),
        };
        let far = |from: Option<Millis>, along| self.far(segment, from, limit, along, whole);
        if let Some(mm) = far(self.time(ends.from), up) {
            spans.push((0, mm));
        }
        if let Some(mm) = far(self.time(ends.to), down) {
            spans.push((whole - mm, whole));
        }
        let own = &self.scratch.own_segments;
        let first = own.partition_point(|entry| entry.0 < segment);
        for &(_, source) in own[first..].iter().take_while(|entry| entry.0 == segment) {
            let at = self.sources[source as usize].offset.0;
            let start = Some(self.network.start_stop());
            let below = far(start, down).map_or(0, |mm| mm.min(at));
            let above = far(start, up).map_or(0, |mm| mm.min(whole - at));
            spans.push((at - below, at + above));
        }
        merge(spans);
    }

    /// How far one gets along a segment of `whole` millimetres, entering it at time `from`.
    fn far(
        &self,
        segment: SegmentId,
        from: Option<Millis>,
        limit: Millis,
        along: Along,
        whole: u64,
    ) -> Option<u64> {
        let time = u64::from(self.network.time(segment, along)?.0);
        let left = u64::from(limit.0.checked_sub(from?.0)?);
        Some(if left >= time { whole } else { whole * left / time })
    }
}

/// Sorts spans and joins those that touch; drops those of no length.
fn merge(spans: &mut Vec<(u64, u64)>) {
    spans.retain(|span| span.0 < span.1);
    spans.sort_unstable();
    spans.dedup_by(|next, span| {
        let joins = next.0 <= span.1;
        if joins {
            span.1 = span.1.max(next.1);
        }
        joins
    });
}

impl RoadMap {
    /// The places a stretch runs through, its exact ends included; from its start to its end.
    pub fn trace(&self, stretch: &Stretch) -> Vec<LonLat> {
        let whole = self.segment(stretch.segment).length.0;
        let places: Vec<LonLat> = self.shape(stretch.segment).collect();
        let measured: u64 = places.windows(2).map(|pair| pair[0].distance(pair[1]).0).sum();
        let scale = |mm: u64| {
            if whole == 0 {
                0
            } else {
                (u128::from(mm) * u128::from(measured) / u128::from(whole)) as u64
            }
        };
        cut(&places, scale(stretch.start.0), scale(stretch.end.0.min(whole)))
    }
}

/// The part of a line between two distances along it.
fn cut(places: &[LonLat], start: u64, end: u64) -> Vec<LonLat> {
    let mut kept = Vec::new();
    let mut done = 0;
    for pair in places.windows(2) {
        let length = pair[0].distance(pair[1]).0;
        let after = done + length;
        if after >= start && done <= end {
            let from = between(pair[0], pair[1], start.saturating_sub(done), length);
            let to = between(pair[0], pair[1], (end - done).min(length), length);
            for place in [from, to] {
                if kept.last() != Some(&place) {
                    kept.push(place);
                }
            }
        }
        done = after;
    }
    kept
}

/// The place `part` of the way from `a` to `b`, which are `whole` apart.
fn between(a: LonLat, b: LonLat, part: u64, whole: u64) -> LonLat {
    if part >= whole {
        return b;
    }
    let share = |from: i32, to: i32| {
        let moved = (i128::from(to) - i128::from(from)) * i128::from(part) / i128::from(whole);
        (i128::from(from) + moved) as i32
    };
    LonLat::new(share(a.lon(), b.lon()), share(a.lat(), b.lat())).unwrap_or(a)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_that_touch_are_joined() {
        let mut spans = vec![(5, 9), (0, 3), (3, 4), (8, 8), (20, 30), (6, 7)];
        merge(&mut spans);
        assert_eq!(spans, [(0, 4), (5, 9), (20, 30)]);
    }

    #[test]
    fn stretches_of_several_searches_are_joined_by_segment() {
        let on = |segment, start, end| Stretch {
            segment: SegmentId(segment),
            start: Millimetres(start),
            end: Millimetres(end),
        };
        let all =
            vec![on(2, 0, 5), on(1, 4, 9), on(1, 0, 4), on(1, 12, 20), on(1, 13, 14), on(3, 7, 7)];
        assert_eq!(Stretch::joined(all), [on(1, 0, 9), on(1, 12, 20), on(2, 0, 5)]);
    }

    #[test]
    fn a_line_is_cut_where_asked() {
        let at = |lon, lat| LonLat::new(lon, lat).unwrap();
        let line = [at(0, 0), at(1_000, 0), at(1_000, 1_000)];
        let leg = line[0].distance(line[1]).0;
        let cut_at = |start, end| cut(&line, start, end);
        assert_eq!(cut_at(0, u64::MAX), line);
        assert_eq!(cut_at(leg / 2, leg).first().map(|place| place.lat()), Some(0));
        assert_eq!(cut_at(leg / 2, leg).last(), Some(&line[1]));
        assert_eq!(cut_at(leg, leg * 3), [line[1], line[2]]);
    }
}
