//! A route told as turns and street names.

use precinct_base::{LonLat, Millimetres, Millis, NameId, Plane};

use crate::{Network, Route};

/// What to do at the start of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Turn {
    /// Set out.
    Start,
    /// Go straight on.
    Straight,
    /// Turn left.
    Left,
    /// Turn right.
    Right,
    /// Turn round.
    Round,
}

/// A run of stretches of one street.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What to do first.
    pub turn: Turn,
    /// The street, among the map's names.
    pub name: NameId,
    /// How far along it.
    pub length: Millimetres,
    /// How long that takes.
    pub time: Millis,
    /// Where the step starts.
    pub at: LonLat,
}

/// Within 30° of straight on is straight on; within 30° of back is round. Tangent of 30° in thousandths.
const TAN_30: i128 = 577;

impl Route {
    /// The route as steps, a new one at each change of street and at each turn.
    pub fn steps(&self, network: &Network) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        let mut heading: Option<(i64, i64)> = None;
        for leg in &self.legs {
            let mut line = network.map().trace(&leg.stretch);
            if leg.along == crate::Along::Backward {
                line.reverse();
            }
            let Some(&at) = line.first() else { continue };
            let name = network.map().segment(leg.stretch.segment).name;
            let turn = match (heading, ends_of(&line)) {
                (Some(before), Some((first, _))) => turn(before, first),
                (None, _) => Turn::Start,
                (Some(_), None) => Turn::Straight,
            };
            heading = ends_of(&line).map(|(_, last)| last).or(heading);
            let length = leg.stretch.length();
            match steps.last_mut() {
                Some(step) if step.name == name && turn == Turn::Straight => {
                    step.length.0 += length.0;
                    step.time = step.time + leg.time;
                }
                _ => steps.push(Step { turn, name, length, time: leg.time, at }),
            }
        }
        steps
    }
}

/// The first and the last direction of a line, in millimetres east and north; `None` for a point.
fn ends_of(line: &[LonLat]) -> Option<((i64, i64), (i64, i64))> {
    let mut moves = line.windows(2).filter(|pair| pair[0] != pair[1]);
    let vector = |pair: &[LonLat]| Plane::between(pair[0], pair[1]).vector(pair[0], pair[1]);
    let first = vector(moves.next()?);
    Some((first, moves.next_back().map_or(first, vector)))
}

fn turn(before: (i64, i64), after: (i64, i64)) -> Turn {
    let wide = |v: (i64, i64)| (i128::from(v.0), i128::from(v.1));
    let ((ax, ay), (bx, by)) = (wide(before), wide(after));
    let (cross, dot) = (ax * by - ay * bx, ax * bx + ay * by);
    let along = cross.abs() * 1_000 < dot.abs() * TAN_30;
    match (along, dot > 0, cross > 0) {
        (true, true, _) => Turn::Straight,
        (true, false, _) => Turn::Round,
        (false, _, true) => Turn::Left,
        (false, _, false) => Turn::Right,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_called_by_their_side() {
        let north = (0, 100);
        assert_eq!(turn(north, (10, 100)), Turn::Straight);
        assert_eq!(turn(north, (100, 0)), Turn::Right);
        assert_eq!(turn(north, (-100, 30)), Turn::Left);
        assert_eq!(turn(north, (-100, -30)), Turn::Left);
        assert_eq!(turn(north, (3, -100)), Turn::Round);
    }

    #[test]
    fn a_point_has_no_direction() {
        let at = |lon, lat| LonLat::new(lon, lat).unwrap();
        assert_eq!(ends_of(&[at(1, 1), at(1, 1)]), None);
        let bent = [at(0, 0), at(0, 0), at(0, 900), at(900, 900)];
        let ((east, north), (last_east, last_north)) = ends_of(&bent).unwrap();
        assert!(east == 0 && north > 0 && last_east > 0 && last_north == 0);
    }
}
