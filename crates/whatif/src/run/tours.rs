//! Tours of duty: the hours of a crew cut into tours that are no longer than the rules of rest allow.

use precinct_base::{HourOfWeek, Timestamp};

use crate::{Crew, Piece};

const HOUR_MS: i64 = 3_600_000;

/// A tour of a crew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tour {
    /// The crew's place in the plan.
    pub(super) crew: u32,
    pub(super) starts: Timestamp,
    pub(super) ends: Timestamp,
}

/// The tours of a crew between two instants, none longer than `longest` milliseconds. First tours of a long stretch end at different
/// times for different units, so that not every crew changes at once.
pub(super) fn tours(
    (crew, at): (&Crew, u32),
    piece: &Piece,
    (from, to): (Timestamp, Timestamp),
    longest: i64,
) -> Vec<Tour> {
    let mut all = Vec::new();
    let longest = (longest / HOUR_MS * HOUR_MS).max(HOUR_MS);
    let mut starts: Option<i64> = None;
    let mut cut = i64::MAX;
    let first = from.0 - piece.local(from).rem_euclid(HOUR_MS);
    let mut end = |starts: i64, ends: i64| {
        all.push(Tour { crew: at, starts: Timestamp(starts), ends: Timestamp(ends) });
    };
    let mut hour = first;
    while hour < to.0 {
        let on = crew.on.contains(piece.hour(Timestamp(hour)));
        match (starts, on) {
            (None, true) => {
                let begin = hour.max(from.0);
                let stagger = i64::from(crew.unit.unit.0 % 4) * longest / 8;
                starts = Some(begin);
                cut = if always(crew) { hour + longest / 2 + stagger } else { hour + longest };
            }
            (Some(began), false) => {
                end(began, hour);
                starts = None;
            }
            (Some(began), true) if hour >= cut => {
                end(began, hour);
                starts = Some(hour);
                cut = hour + longest;
            }
            _ => {}
        }
        hour += HOUR_MS;
    }
    if let Some(began) = starts {
        end(began, hour);
    }
    all
}

fn always(crew: &Crew) -> bool {
    crew.on.count() == HourOfWeek::COUNT as u32
}
