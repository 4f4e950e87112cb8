//! The pieces of a named street joined end to end, so that it is thinned, drawn and labelled as one.

use std::collections::BTreeMap;

use super::gather::{Draft, Part};
use crate::map::Kind;
use crate::world::Point;

/// What pieces of one street have in common: one-way ones only join head to tail.
type Street = (u8, u8, bool, [u32; 4]);

/// Joins named lines with the same attributes where their ends meet. Nameless ones stay as they are: joined they would wind
/// through the whole city.
pub(super) fn joined(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut streets: BTreeMap<Street, Vec<Vec<Point>>> = BTreeMap::new();
    let mut done = Vec::with_capacity(drafts.len());
    let mut like: BTreeMap<Street, Draft> = BTreeMap::new();
    for mut draft in drafts {
        let a = draft.attributes;
        if a.kind != Kind::Line || a.name == 0 {
            done.push(draft);
            continue;
        }
        let street = (a.layer as u8, a.rank, a.oneway, [a.class, a.name, a.zh, a.en]);
        let lines = streets.entry(street).or_default();
        lines.extend(draft.parts.drain(..).map(|part| part.points));
        like.entry(street).or_insert(draft);
    }
    for (street, lines) in streets {
        for points in Joiner::new(lines, street.2).run() {
            let parts = vec![Part { hole: false, points }];
            done.extend(like.get(&street).map(|draft| Draft { parts, ..draft.clone() }));
        }
    }
    done
}

struct Joiner {
    lines: Vec<Vec<Point>>,
    /// The lines that start (or, both ways, also end) at a place.
    leaving: BTreeMap<Point, Vec<usize>>,
    /// Lines that no other comes before.
    used: Vec<bool>,
    oneway: bool,
}

impl Joiner {
    fn new(lines: Vec<Vec<Point>>, oneway: bool) -> Self {
        let mut leaving: BTreeMap<Point, Vec<usize>> = BTreeMap::new();
        for (i, line) in lines.iter().enumerate() {
            let ends = if oneway { &line[..1] } else { &[line[0], line[line.len() - 1]][..] };
            for end in ends {
                leaving.entry(*end).or_default().push(i);
            }
        }
        let used = vec![false; lines.len()];
        Self { lines, leaving, used, oneway }
    }

    fn run(mut self) -> Vec<Vec<Point>> {
        let mut done = Vec::new();
        for start in self.starts() {
            if std::mem::replace(&mut self.used[start], true) {
                continue;
            }
            let mut line = std::mem::take(&mut self.lines[start]);
            self.lengthen(&mut line);
            if !self.oneway {
                line.reverse();
                self.lengthen(&mut line);
                line.reverse();
            }
            done.push(line);
        }
        done
    }

    /// All lines; of one-way ones those first that no other leads into.
    fn starts(&self) -> Vec<usize> {
        let mut starts: Vec<usize> = (0..self.lines.len()).collect();
        if self.oneway {
            let mut ends: Vec<Point> =
                self.lines.iter().filter_map(|line| line.last().copied()).collect();
            ends.sort_unstable();
            starts.sort_by_key(|&i| ends.binary_search(&self.lines[i][0]).is_ok());
        }
        starts
    }

    /// Appends lines as long as one goes on from where it ends.
    fn lengthen(&mut self, line: &mut Vec<Point>) {
        while let Some(&end) = line.last() {
            let Some(here) = self.leaving.get_mut(&end) else { return };
            let Some(next) = std::iter::from_fn(|| here.pop()).find(|next| !self.used[*next])
            else {
                return;
            };
            self.used[next] = true;
            let mut more = std::mem::take(&mut self.lines[next]);
            if more.first() != Some(&end) {
                more.reverse();
            }
            line.extend(more.into_iter().skip(1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(places: &[u32]) -> Vec<Point> {
        places.iter().map(|&x| Point { x, y: 0 }).collect()
    }

    #[test]
    fn pieces_are_turned_and_joined() {
        let pieces = vec![line(&[3, 2]), line(&[3, 4, 5]), line(&[1, 2]), line(&[7, 8])];
        let mut joined = Joiner::new(pieces, false).run();
        for line in &mut joined {
            if line.first() > line.last() {
                line.reverse();
            }
        }
        assert_eq!(joined, [line(&[1, 2, 3, 4, 5]), line(&[7, 8])]);
    }

    #[test]
    fn one_way_pieces_keep_their_direction() {
        let pieces = vec![line(&[2, 3]), line(&[1, 2]), line(&[5, 3])];
        assert_eq!(Joiner::new(pieces, true).run(), [line(&[1, 2, 3]), line(&[5, 3])]);
    }

    #[test]
    fn a_circle_is_joined_once_round() {
        let pieces = vec![line(&[1, 2]), line(&[2, 3]), line(&[3, 1])];
        for oneway in [false, true] {
            let joined = Joiner::new(pieces.clone(), oneway).run();
            assert_eq!((joined.len(), joined[0].len()), (1, 4));
        }
    }
}
