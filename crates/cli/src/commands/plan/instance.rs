//! Instances as they are published: coordinates with weights, a graph with lengths, or JSON.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::fs;
use std::path::Path;

use precinct_base::{Millis, caps};
use precinct_planner::{Demand, Table};
use serde::Deserialize;

use crate::failure::Failure;

/// A number as it is written, in millionths.
pub(super) type Micro = i64;
/// One, in millionths.
pub(super) const ONE: Micro = 1_000_000;
/// Coordinates larger than this, in millionths, are taken for a fault.
const FARTHEST: Micro = 1_000_000 * ONE;

/// A place of an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) x: Micro,
    pub(super) y: Micro,
    /// How much demand, in millionths.
    pub(super) weight: u64,
}

/// What an instance says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Instance {
    /// Places on a plane, or on the earth as longitude and latitude.
    Places {
        facilities: Vec<Spot>,
        demand: Vec<Spot>,
        radius: Option<Micro>,
        choose: Option<usize>,
    },
    /// A graph of so many nodes, each of which is demand and may be chosen, with edges and their lengths; of the OR-Library's form.
    Graph { nodes: usize, edges: Vec<(u32, u32, u64)>, choose: usize },
}

/// The JSON form.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    facilities: Option<Vec<Vec<serde_json::Number>>>,
    demand: Vec<Vec<serde_json::Number>>,
    radius: Option<serde_json::Number>,
    p: Option<usize>,
}

/// Reads a file: JSON if its name says so, else lines of numbers.
pub(super) fn read(path: &Path) -> Result<Instance, Failure> {
    let wrong = |what: String| Failure::Nothing(format!("{}: {what}", path.display()));
    let read = |source| Failure::ReadFile { path: path.to_owned(), source };
    if fs::metadata(path).map_err(read)?.len() > caps::PLAN_FILE_BYTES {
        return Err(wrong(format!("it has more than {} bytes", caps::PLAN_FILE_BYTES)));
    }
    let text = fs::read_to_string(path).map_err(read)?;
    let is_json = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("json"));
    if is_json { json(&text) } else { lines(&text) }.map_err(wrong)
}

fn json(text: &str) -> Result<Instance, String> {
    let written: Written = serde_json::from_str(text).map_err(|error| {
        format!("{error}; write {{\"demand\": [[x, y, weight], …], \"facilities\": [[x, y], …], \"radius\": r, \"p\": p}}")
    })?;
    let spots = |rows: &[Vec<serde_json::Number>]| -> Result<Vec<Spot>, String> {
        let numbers = |row: &Vec<serde_json::Number>| -> Result<Vec<Micro>, String> {
            row.iter().map(|one| micro(&one.to_string())).collect()
        };
        rows.iter().map(|row| spot(&numbers(row)?)).collect()
    };
    let demand = spots(&written.demand)?;
    let facilities = written.facilities.as_deref().map(spots).transpose()?;
    Ok(Instance::Places {
        facilities: facilities.unwrap_or_else(|| demand.clone()),
        demand,
        radius: written.radius.map(|radius| micro(&radius.to_string())).transpose()?,
        choose: written.p,
    })
}

/// Rows of numbers apart by spaces, commas, semicolons or tabs; a first row without numbers is a heading.
fn lines(text: &str) -> Result<Instance, String> {
    let mut rows: Vec<(usize, Vec<Micro>)> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let apart = |letter: char| letter.is_whitespace() || ",;".contains(letter);
        let words: Vec<&str> = line.split(apart).filter(|word| !word.is_empty()).collect();
        let numbers: Result<Vec<Micro>, String> = words.iter().map(|word| micro(word)).collect();
        match numbers {
            Ok(numbers) if numbers.is_empty() => {}
            Ok(numbers) => rows.push((index + 1, numbers)),
            Err(_) if rows.is_empty() => {}
            Err(fault) => return Err(format!("line {}: {fault}", index + 1)),
        }
    }
    if let Some(graph) = graph(&rows) {
        return Ok(graph);
    }
    // A first row that counts those that follow is left out.
    if rows
        .first()
        .is_some_and(|first| first.1.len() <= 2 && first.1[0] == (rows.len() as i64 - 1) * ONE)
    {
        rows.remove(0);
    }
    let spots: Result<Vec<Spot>, String> = rows
        .iter()
        .map(|(line, numbers)| spot(numbers).map_err(|fault| format!("line {line}: {fault}")))
        .collect();
    let demand = spots?;
    if demand.is_empty() {
        return Err("it has no places: write one a line as x y weight".to_owned());
    }
    Ok(Instance::Places { facilities: demand.clone(), demand, radius: None, choose: None })
}

/// The OR-Library's form: nodes, edges and p, then an edge a line.
fn graph(rows: &[(usize, Vec<Micro>)]) -> Option<Instance> {
    let (first, rest) = rows.split_first()?;
    let &[nodes, edges, choose] = &first.1[..] else { return None };
    let whole = |number: Micro| (number % ONE == 0 && number >= 0).then_some(number / ONE);
    let (nodes, edges, choose) = (whole(nodes)?, whole(edges)?, whole(choose)?);
    if edges as usize != rest.len() || nodes > 1 << 20 {
        return None;
    }
    let edge = |row: &(usize, Vec<Micro>)| {
        let &[a, b, length] = &row.1[..] else { return None };
        let (a, b) = (whole(a)?, whole(b)?);
        let known = 1..=nodes;
        let inside = known.contains(&a) && known.contains(&b) && length >= 0;
        inside.then_some((a as u32 - 1, b as u32 - 1, length as u64))
    };
    let edges = rest.iter().map(edge).collect::<Option<Vec<_>>>()?;
    Some(Instance::Graph { nodes: nodes as usize, edges, choose: choose as usize })
}

fn spot(numbers: &[Micro]) -> Result<Spot, String> {
    let (x, y, weight) = match *numbers {
        [x, y] => (x, y, ONE),
        [x, y, weight, ..] => (x, y, weight),
        _ => return Err("a place needs two numbers, and may have a weight as the third".to_owned()),
    };
    if weight < 0 {
        return Err("a weight is below 0".to_owned());
    }
    if x.abs() > FARTHEST || y.abs() > FARTHEST {
        return Err(
            "a coordinate is beyond a million: give coordinates in a larger unit".to_owned()
        );
    }
    Ok(Spot { x, y, weight: weight as u64 })
}

/// A decimal in millionths; further digits are cut off, so that `1e3` and what is not a number are faults.
pub(super) fn micro(text: &str) -> Result<Micro, String> {
    let wrong = || format!("{text:?} is not a number: write 12 or 12.5");
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() + part.len() == 0 || whole.len() > 11 || !all_digits(whole) || !all_digits(part)
    {
        return Err(wrong());
    }
    let number =
        |text: &str| if text.is_empty() { Ok(0) } else { text.parse::<i64>().map_err(|_| wrong()) };
    let six: String = part.chars().chain("000000".chars()).take(6).collect();
    Ok(sign * (number(whole)? * ONE + number(&six)?))
}

/// The largest power of ten, in millionths, that all of these are multiples of.
pub(super) fn unit(numbers: impl Iterator<Item = Micro>) -> Micro {
    numbers.fold(1_000_000_000, |mut unit, number| {
        while number % unit != 0 {
            unit /= 10;
        }
        unit
    })
}

/// All distances of a graph along its edges, both ways; the last of two edges between the same nodes counts, as in the OR-Library.
pub(super) fn all_pairs(nodes: usize, edges: &[(u32, u32, u64)]) -> Result<Table, Failure> {
    let mut arcs: Vec<BTreeMap<u32, u64>> = vec![BTreeMap::new(); nodes];
    for &(a, b, length) in edges {
        arcs[a as usize].insert(b, length);
        arcs[b as usize].insert(a, length);
    }
    let mut table = Table::new(nodes, 1)?;
    for target in 0..nodes as u32 {
        let mut best = vec![u64::MAX; nodes];
        let mut queue = BinaryHeap::from([(Reverse(0), target)]);
        best[target as usize] = 0;
        while let Some((Reverse(far), node)) = queue.pop() {
            if far > best[node as usize] {
                continue;
            }
            for (&next, &length) in &arcs[node as usize] {
                let through = far.saturating_add(length);
                if through < best[next as usize] {
                    best[next as usize] = through;
                    queue.push((Reverse(through), next));
                }
            }
        }
        let reached = best.iter().enumerate().filter(|one| u32::try_from(*one.1).is_ok());
        let row: Vec<(u32, Millis)> =
            reached.map(|(node, &far)| (node as u32, Millis(far as u32))).collect();
        table.push(&Demand { weights: &[1], grade: 0, area: None }, &row)?;
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_exactly() {
        let read: Vec<Micro> =
            ["0", "12.5", "-.25", "+3.0000009"].map(|text| micro(text).unwrap()).to_vec();
        assert_eq!(read, [0, 12_500_000, -250_000, 3_000_000]);
        assert!(["", ".", "1e3", "x", "1.2.3"].iter().all(|text| micro(text).is_err()));
    }

    #[test]
    fn published_forms_are_told_apart() {
        let Ok(Instance::Places { demand, .. }) = lines("x y w\n1 2 3\n4\t5\n") else { panic!() };
        assert_eq!(demand.len(), 2);
        assert_eq!(demand[0], Spot { x: ONE, y: 2 * ONE, weight: 3_000_000 });
        let Ok(Instance::Places { demand, .. }) = lines("2\n1,2\n3,4\n") else { panic!() };
        assert_eq!(demand.len(), 2);
        let graph = lines("3 2 1\n1 2 30\n2 3 4\n").unwrap();
        let edges = vec![(0, 1, 30_000_000), (1, 2, 4_000_000)];
        assert_eq!(graph, Instance::Graph { nodes: 3, edges, choose: 1 });
        assert_eq!(
            lines("1 2\nx 3\n"),
            Err("line 2: \"x\" is not a number: write 12 or 12.5".to_owned())
        );
        let json = json(r#"{"demand": [[0, 0, 2], [3, 4]], "radius": 5, "p": 1}"#).unwrap();
        let Instance::Places { facilities, radius, choose, .. } = json else { panic!() };
        assert_eq!((facilities.len(), radius, choose), (2, Some(5 * ONE), Some(1)));
    }
}
