//! Figures hour by hour, and every five minutes.

use precinct_base::{Instant, Millis, Timestamp};

use crate::ask::Span;
use crate::figures::{Free, Hours};
use crate::{Fold, Scope};

const HOUR: Millis = Millis::from_minutes(60);

/// Instants of the calendar from `from` on, `every` so often, before `until`.
fn every(from: Timestamp, until: Timestamp, every: Millis) -> impl Iterator<Item = Timestamp> {
    let step = usize::try_from(every.0).unwrap_or(usize::MAX);
    (from.0..until.0).step_by(step).map(Timestamp)
}

impl Fold {
    /// Where the hours of a period begin and where the last ends, in running time that is covered.
    pub(crate) fn edges(&self, span: &Span) -> Vec<Instant> {
        let starts = every(span.from, span.until, HOUR).map(|wall| self.calendar.tick(wall));
        starts.map(|tick| tick.clamp(span.start, span.end)).chain([span.end]).collect()
    }

    /// The hours, without the incidents taken in.
    pub(crate) fn hours(&self, edges: &[Instant], scope: &Scope) -> Hours {
        let covered: Vec<u64> = edges.array_windows().map(|[start, end]| end.0 - start.0).collect();
        let levels = self.open.levels(edges.get(1..).unwrap_or_default(), scope);
        let open = covered.iter().zip(levels).map(|(&covered, open)| (covered > 0).then_some(open));
        Hours { open: open.collect(), covered_ms: covered, ..Hours::default() }
    }

    /// How many units are free every five minutes.
    pub(crate) fn free(&self, span: &Span, scope: &Scope) -> Free {
        let samples = every(span.from, span.until, Free::EVERY);
        let known = |wall| {
            let tick = self.calendar.tick(wall);
            (self.calendar.knows(wall) && span.knows(tick)).then_some(tick)
        };
        let samples: Vec<Option<Instant>> = samples.map(known).collect();
        let instants: Vec<Instant> = samples.iter().flatten().copied().collect();
        let mut steps = vec![0; instants.len() + 1];
        for log in self.units.values().filter(|log| scope.has(log.area)) {
            log.free(&instants, &mut steps);
        }
        let mut free = 0_i64;
        let mut levels = steps.into_iter().map(|step| {
            free += step;
            free.unsigned_abs()
        });
        let units = samples.into_iter().map(|sample| sample.and_then(|_| levels.next()));
        Free { units: units.collect() }
    }
}
