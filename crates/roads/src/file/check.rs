//! Whether columns that were read are a road map: everything later code relies on without looking.

use precinct_base::caps;

use super::error::{RoadFileError, ValueFault, wrong};
use super::layout::Section;
use crate::map::{BARRED, Nodes, Segments};
use crate::{Names, Profile, RoadClass};

/// Checks the columns against each other and every value against its range.
pub(super) fn columns(
    nodes: &Nodes,
    segments: &Segments,
    names: &Names,
) -> Result<(), RoadFileError> {
    let (n, m) = (nodes.at.len(), segments.from.len());
    at_most("nodes", n, caps::ROAD_NODES)?;
    at_most("segments", m, caps::ROAD_SEGMENTS)?;
    at_most("shape points", segments.bends.len(), caps::SHAPE_POINTS)?;
    counts(nodes, segments)?;
    let known = (1u8 << Profile::COUNT) - 1;
    each(Section::NodeMainParts, ValueFault::Profile, &nodes.main, |&bits| bits <= known)?;
    each(Section::From, ValueFault::Node, &segments.from, |&node| (node as usize) < n)?;
    each(Section::To, ValueFault::Node, &segments.to, |&node| (node as usize) < n)?;
    ascending(Section::From, &segments.from)?;
    let longest = caps::SEGMENT_LENGTH_MM;
    each(Section::Lengths, ValueFault::Length, &segments.length_mm, |&mm| mm <= longest)?;
    each(Section::Classes, ValueFault::Class, &segments.class, |&class| {
        RoadClass::from_index(class).is_some()
    })?;
    let all = names.all().len();
    each(Section::NamesOfSegments, ValueFault::Name, &segments.name, |&id| (id as usize) < all)?;
    for (section, times) in Section::TIMES.into_iter().zip(&segments.times) {
        let may_be = |&ms: &u32| ms <= caps::SEARCH_LIMIT_MS || ms == BARRED;
        each(section, ValueFault::Time, times, |both| both.iter().all(may_be))?;
    }
    first_bends(segments)
}

/// Fails with the first of `elements` that is not `right`.
pub(super) fn each<T>(
    section: Section,
    fault: ValueFault,
    elements: &[T],
    right: impl Fn(&T) -> bool,
) -> Result<(), RoadFileError> {
    // Blocks without an early end are checked several elements at a time.
    for (block, elements) in elements.chunks(1024).enumerate() {
        if !elements.iter().fold(true, |all, element| all & right(element))
            && let Some(row) = elements.iter().position(|element| !right(element))
        {
            return Err(wrong(section, (block * 1024 + row) as u64, fault));
        }
    }
    Ok(())
}

fn at_most(what: &'static str, count: usize, cap: usize) -> Result<(), RoadFileError> {
    if count > cap {
        return Err(RoadFileError::TooMany { what, count: count as u64, cap: cap as u64 });
    }
    Ok(())
}

fn counts(nodes: &Nodes, segments: &Segments) -> Result<(), RoadFileError> {
    let (n, m) = (nodes.at.len(), segments.from.len());
    let same = [
        (Section::NodeNumbers, nodes.osm_id.len(), n),
        (Section::NodeMainParts, nodes.main.len(), n),
        (Section::To, segments.to.len(), m),
        (Section::Lengths, segments.length_mm.len(), m),
        (Section::Classes, segments.class.len(), m),
        (Section::NamesOfSegments, segments.name.len(), m),
        (Section::Ways, segments.way.len(), m),
        (Section::FirstBends, segments.first_bend.len(), m + 1),
    ];
    let times = Section::TIMES.into_iter().zip(&segments.times);
    // No column of times at all is how a profile that may go nowhere is written.
    let times =
        times.filter(|(_, column)| !column.is_empty()).map(|(s, column)| (s, column.len(), m));
    for (section, found, expected) in same.into_iter().chain(times) {
        if found != expected {
            let (found, expected) = (found as u64, expected as u64);
            return Err(RoadFileError::WrongCount { section: section.name(), found, expected });
        }
    }
    Ok(())
}

fn ascending(section: Section, column: &[u32]) -> Result<(), RoadFileError> {
    match column.windows(2).position(|pair| pair[0] > pair[1]) {
        Some(row) => Err(wrong(section, row as u64 + 1, ValueFault::Order)),
        None => Ok(()),
    }
}

fn first_bends(segments: &Segments) -> Result<(), RoadFileError> {
    let (first, section) = (&segments.first_bend, Section::FirstBends);
    if first.first().is_some_and(|&start| start != 0) {
        return Err(wrong(section, 0, ValueFault::Order));
    }
    ascending(section, first)?;
    let end = first.last().map_or(0, |&end| u64::from(end));
    if end != segments.bends.len() as u64 {
        let (section, found) = (Section::Bends.name(), segments.bends.len() as u64);
        return Err(RoadFileError::WrongCount { section, found, expected: end });
    }
    Ok(())
}
