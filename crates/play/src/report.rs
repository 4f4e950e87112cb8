//! What a play came to: what was lost, how fast units came beside the record, how fast the city answered.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::CallOutcome;

/// Response times of one priority.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Times {
    /// Calls with a unit on scene.
    pub arrived: usize,
    /// From intake to the first unit on scene by the city's record: the middle, in milliseconds.
    pub median_ms: i64,
    /// And of nine in ten at most.
    pub p90_ms: i64,
    /// Calls with a crew on scene in the record played.
    pub recorded: usize,
    /// From the call to the first crew on scene in the record played: the middle, in milliseconds.
    pub recorded_median_ms: i64,
    /// And of nine in ten at most.
    pub recorded_p90_ms: i64,
}

/// How long answers took, in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Latency {
    /// The middle.
    pub p50_us: u64,
    /// Of ninety-nine in a hundred at most.
    pub p99_us: u64,
    /// The longest.
    pub max_us: u64,
}

impl Latency {
    /// Of these times; nothing of none.
    pub fn of(mut micros: Vec<u64>) -> Self {
        micros.sort_unstable();
        let rank = |permille| rank(&micros, permille).unwrap_or(0);
        Self { p50_us: rank(500), p99_us: rank(990), max_us: rank(1_000) }
    }
}

/// The value that so many of a thousand are at most (nearest rank).
fn rank<T: Copy>(sorted: &[T], permille: usize) -> Option<T> {
    let place = (sorted.len() * permille).div_ceil(1_000).max(1);
    sorted.get(place - 1).copied()
}

/// Something the city refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Refusals {
    /// How often.
    pub count: u64,
    /// What it said the first time.
    pub first: String,
}

/// What a play came to.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Calls that were to be played.
    pub calls: usize,
    /// Calls that became incidents.
    pub taken: usize,
    /// Of them, those to which a unit was sent.
    pub dispatched: usize,
    /// Of them, those at which a unit arrived.
    pub arrived: usize,
    /// Of them, those that were closed.
    pub closed: usize,
    /// Calls that the city would not have, with why.
    pub not_taken: BTreeMap<String, String>,
    /// Calls that were not played because the play ended before.
    pub not_played: usize,
    /// Incidents that the city does not know any more.
    pub forgotten: Vec<u32>,
    /// Response times by priority, of calls and alarms; what patrols came upon has none.
    pub response: BTreeMap<u8, Times>,
    /// What was refused, by question and status.
    pub refusals: BTreeMap<String, Refusals>,
    /// Questions answered.
    pub commands: u64,
    /// Questions answered in a second of ours, on average, in thousandths.
    pub commands_per_1000_s: u64,
    /// How long answers took.
    pub latency: Latency,
    /// Questions that had to be asked more than once.
    pub repeated: u64,
    /// Positions sent.
    pub fixes: u64,
    /// Positions the city left out, by why.
    pub fixes_left_out: BTreeMap<String, u64>,
    /// Frames of positions that were not taken.
    pub frames_failed: u64,
    /// How long it took, in milliseconds of ours.
    pub real_ms: u64,
}

impl Report {
    /// Counts what came of every call.
    pub fn count(&mut self, outcomes: &[CallOutcome]) {
        let count = |of: fn(&CallOutcome) -> bool| outcomes.iter().filter(|one| of(one)).count();
        self.calls = outcomes.len();
        self.taken = count(|one| one.incident.is_some());
        self.dispatched = count(|one| one.dispatched.is_some());
        self.arrived = count(|one| one.on_scene.is_some());
        self.closed = count(|one| one.closed.is_some());
        self.not_played = count(|one| one.incident.is_none() && one.refused.is_none());
        let refused = |one: &CallOutcome| Some((one.call.clone(), one.refused.clone()?));
        self.not_taken = outcomes.iter().filter_map(refused).collect();
        for priority in 1..=5 {
            let of = outcomes.iter().filter(|one| one.priority == priority && !one.found);
            if let Some(times) = times(of) {
                self.response.insert(priority, times);
            }
        }
    }

    /// Whether every call became an incident that the city still knows.
    pub fn is_whole(&self) -> bool {
        self.not_taken.is_empty() && self.not_played == 0 && self.forgotten.is_empty()
    }
}

fn times<'a>(of: impl Iterator<Item = &'a CallOutcome>) -> Option<Times> {
    let (mut ours, mut recorded) = (Vec::new(), Vec::new());
    let mut any = false;
    for one in of {
        any = true;
        let took =
            one.on_scene.zip(one.opened).map(|(there, opened)| there.0.saturating_sub(opened.0));
        ours.extend(took);
        recorded.extend(one.recorded_ms);
    }
    ours.sort_unstable();
    recorded.sort_unstable();
    any.then(|| Times {
        arrived: ours.len(),
        median_ms: rank(&ours, 500).unwrap_or(0),
        p90_ms: rank(&ours, 900).unwrap_or(0),
        recorded: recorded.len(),
        recorded_median_ms: rank(&recorded, 500).unwrap_or(0),
        recorded_p90_ms: rank(&recorded, 900).unwrap_or(0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use precinct_base::Timestamp;

    fn outcome(priority: u8, on_scene: Option<i64>) -> CallOutcome {
        CallOutcome {
            call: format!("{priority}-{on_scene:?}"),
            found: false,
            incident: Some(1),
            refused: None,
            priority,
            opened: Some(Timestamp(1_000)),
            dispatched: Some(Timestamp(1_500)),
            on_scene: on_scene.map(Timestamp),
            closed: None,
            recorded_ms: Some(7),
        }
    }

    #[test]
    fn ranks_are_of_the_nearest() {
        let ten: Vec<u64> = (1..=10).collect();
        assert_eq!(Latency::of(ten), Latency { p50_us: 5, p99_us: 10, max_us: 10 });
        assert_eq!(Latency::of(Vec::new()), Latency::default());
    }

    #[test]
    fn a_call_that_never_became_an_incident_is_a_loss() {
        let mut report = Report::default();
        let mut all = vec![outcome(1, Some(61_000)), outcome(1, None), outcome(2, Some(31_000))];
        all[2].found = true;
        report.count(&all);
        assert_eq!((report.calls, report.taken, report.arrived, report.closed), (3, 3, 2, 0));
        let first = &report.response[&1];
        assert_eq!(
            (first.arrived, first.median_ms, first.recorded, first.recorded_p90_ms),
            (1, 60_000, 2, 7)
        );
        assert!(report.is_whole() && !report.response.contains_key(&2));
        all[0].incident = None;
        report.count(&all);
        assert!(!report.is_whole());
    }
}
