//! What a unit did when, as far as figures need it: off duty, free, on a task, out.

use std::collections::VecDeque;

use precinct_base::{AreaId, Instant};

/// What a unit does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doing {
    /// It is off duty.
    Off,
    /// It can be sent.
    Free,
    /// It has a task.
    Busy,
    /// It is on duty and cannot be sent.
    Out,
}

/// An instant and what was done from then on, in eight bytes: a city has millions of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Turn(u64);

impl Turn {
    const fn new(at: Instant, doing: Doing) -> Self {
        Self(at.0 << 2 | doing as u64)
    }

    const fn at(self) -> Instant {
        Instant(self.0 >> 2)
    }

    const fn doing(self) -> Doing {
        match self.0 & 3 {
            0 => Doing::Off,
            1 => Doing::Free,
            2 => Doing::Busy,
            _ => Doing::Out,
        }
    }
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Log {
    pub(crate) call_sign: String,
    pub(crate) area: AreaId,
    turns: VecDeque<Turn>,
}

/// How long a unit did what, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spent {
    pub(crate) busy: u64,
    pub(crate) on_duty: u64,
}

impl Log {
    pub(crate) const fn new(call_sign: String, area: AreaId) -> Self {
        Self { call_sign, area, turns: VecDeque::new() }
    }

    /// It does something else, not before what it did last; what was over by `cut` is forgotten.
    pub(crate) fn turn(&mut self, at: Instant, doing: Doing, cut: Instant) {
        let at = self.turns.back().map_or(at, |turn| turn.at().max(at));
        self.turns.pop_back_if(|turn| turn.at() == at);
        self.turns.push_back(Turn::new(at, doing));
        while self.turns.get(1).is_some_and(|next| next.at() <= cut) {
            self.turns.pop_front();
        }
    }

    /// What it did from `from` to `until`, piece by piece; off duty before anything is known.
    fn spans(
        &self,
        from: Instant,
        until: Instant,
    ) -> impl Iterator<Item = (Doing, Instant, Instant)> {
        let first = self.turns.partition_point(|turn| turn.at() <= from).saturating_sub(1);
        let turns = self.turns.iter().enumerate().skip(first);
        let span = move |(index, turn): (usize, &Turn)| {
            let end = self.turns.get(index + 1).map_or(until, |next| next.at());
            (turn.doing(), turn.at().max(from), end.min(until))
        };
        turns.map(span).filter(|(_, start, end)| start < end)
    }

    /// How long it did what from `from` to `until`.
    pub(crate) fn spent(&self, from: Instant, until: Instant) -> Spent {
        let mut spent = Spent::default();
        for (doing, start, end) in self.spans(from, until) {
            let lasted = end.0 - start.0;
            spent.busy += if doing == Doing::Busy { lasted } else { 0 };
            spent.on_duty += if doing == Doing::Off { 0 } else { lasted };
        }
        spent
    }

    /// Notes in `steps` at which of `instants`, which rise, it becomes free and at which it is free no longer: summed up from the first on
    /// they are how many units are free. `steps` has one more place than there are instants.
    pub(crate) fn free(&self, instants: &[Instant], steps: &mut [i64]) {
        let Some((&first, &last)) = instants.first().zip(instants.last()) else { return };
        let before = Instant(first.0.saturating_sub(1));
        for (doing, start, end) in self.spans(before, last) {
            if doing == Doing::Free {
                // As it was up to an instant: what happened at the instant itself is not seen.
                steps[instants.partition_point(|&instant| instant <= start)] += 1;
                steps[instants.partition_point(|&instant| instant <= end)] -= 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_cuts_what_goes_on_at_its_ends() {
        let mut log = Log::new("E1".to_owned(), AreaId(1));
        assert_eq!(log.spent(Instant(0), Instant(9)), Spent::default());
        for (at, doing) in [
            (10, Doing::Free),
            (20, Doing::Busy),
            (50, Doing::Free),
            (50, Doing::Out),
            (80, Doing::Off),
        ] {
            log.turn(Instant(at), doing, Instant(0));
        }
        let spent = |from, until| {
            let Spent { busy, on_duty } = log.spent(Instant(from), Instant(until));
            (busy, on_duty)
        };
        assert_eq!((spent(0, 100), spent(30, 40), spent(45, 60)), ((30, 70), (10, 10), (5, 15)));
        assert_eq!((spent(80, 90), spent(15, 15)), ((0, 0), (0, 0)));
        let mut steps = [0; 5];
        log.free(&[10, 11, 20, 21].map(Instant), &mut steps);
        // Free from just after 10 up to 20 itself.
        assert_eq!(steps, [0, 1, 0, -1, 0]);
        log.turn(Instant(90), Doing::Free, Instant(60));
        assert_eq!(log.turns.front().unwrap().at(), Instant(50));
    }
}
