//! Where and when calls for help arise: a place for every block, and how each kind of place spreads its calls over the week.

use precinct_city::SiteKind;

use super::blocks::Block;
use super::flat::{M, Pt};
use super::land::Use;
use super::layout::Layout;
use super::names::Title;
use super::share::shares;
use super::sites::DrawnSite;

/// How a place's calls lie in the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rhythm {
    /// Mornings and evenings, weekends.
    Home,
    /// Working hours.
    Work,
    /// Afternoons, evenings and weekends.
    Shop,
    /// Going to school and coming home.
    School,
    /// Rush hours.
    Travel,
}

impl Rhythm {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Home, Self::Work, Self::Shop, Self::School, Self::Travel];

    /// Its name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Work => "work",
            Self::Shop => "shop",
            Self::School => "school",
            Self::Travel => "travel",
        }
    }

    /// Relative calls by hour of the day, on working days and at weekends.
    const fn hours(self) -> [[u64; 24]; 2] {
        match self {
            Self::Home => [
                [
                    30, 22, 16, 12, 11, 14, 24, 36, 40, 36, 34, 36, 40, 36, 32, 34, 38, 48, 60, 68,
                    70, 64, 54, 42,
                ],
                [
                    40, 32, 24, 17, 13, 13, 18, 28, 38, 44, 46, 48, 50, 46, 42, 42, 46, 52, 60, 68,
                    72, 70, 62, 50,
                ],
            ],
            Self::Work => [
                [
                    8, 6, 5, 5, 6, 9, 20, 46, 78, 90, 92, 84, 60, 70, 88, 90, 84, 66, 38, 24, 18,
                    15, 12, 10,
                ],
                [
                    8, 6, 5, 5, 5, 7, 10, 16, 24, 30, 32, 30, 26, 28, 30, 30, 28, 24, 18, 15, 13,
                    12, 10, 9,
                ],
            ],
            Self::Shop => [
                [
                    26, 16, 10, 7, 6, 7, 10, 18, 28, 42, 52, 60, 62, 58, 56, 58, 62, 72, 86, 96,
                    98, 86, 62, 42,
                ],
                [
                    44, 30, 18, 11, 8, 7, 9, 16, 28, 48, 66, 80, 86, 88, 90, 90, 92, 98, 106, 114,
                    114, 100, 80, 60,
                ],
            ],
            Self::School => [
                [
                    2, 2, 2, 2, 2, 4, 28, 80, 62, 40, 44, 60, 50, 44, 42, 60, 84, 60, 26, 16, 14,
                    10, 5, 3,
                ],
                [2, 2, 2, 2, 2, 2, 4, 8, 12, 16, 16, 14, 12, 12, 14, 14, 12, 10, 8, 6, 5, 4, 3, 2],
            ],
            Self::Travel => [
                [
                    14, 9, 6, 6, 9, 22, 52, 92, 96, 66, 54, 52, 54, 54, 54, 58, 70, 98, 96, 72, 58,
                    48, 36, 22,
                ],
                [
                    18, 12, 8, 7, 9, 18, 34, 50, 60, 64, 66, 66, 64, 64, 66, 70, 76, 82, 80, 72,
                    62, 52, 40, 28,
                ],
            ],
        }
    }

    /// A million calls spread over the 168 hours of the local week, from Monday 00:00.
    pub fn week(self) -> Vec<u64> {
        let [working, weekend] = self.hours();
        let days = (0..7).flat_map(|day| if day < 5 { working } else { weekend });
        // Friday night and Saturday night run late.
        let late = |(hour, weight): (usize, u64)| match hour {
            116..124 | 140..148 => weight * 13 / 10,
            _ => weight,
        };
        let weights: Vec<u64> = days.enumerate().map(late).collect();
        shares(1_000_000, &weights)
    }
}

/// The parts of the week demand is given for.
pub(super) const PARTS: [&str; 4] = ["morning", "afternoon", "evening", "night"];

/// The part of the day an hour belongs to: 06–12, 12–18, 18–24, 00–06.
pub(super) const fn part_of(hour: usize) -> usize {
    match hour % 24 {
        6..12 => 0,
        12..18 => 1,
        18..24 => 2,
        _ => 3,
    }
}

/// A place of demand on the sheet.
#[derive(Clone, Debug)]
pub(super) struct DrawnDemand {
    pub(super) at: Pt,
    pub(super) title: Title,
    pub(super) grade: &'static str,
    pub(super) rhythm: Rhythm,
    pub(super) people: u64,
    /// Calls a year, and how many of them in each of [`PARTS`].
    pub(super) calls: u64,
    pub(super) by_part: [u64; 4],
}

/// Calls a year for every thousand people.
const CALLS_PER_THOUSAND: u64 = 120;
/// A block smaller than this (square metres) shares its place with the next one of its superblock.
const LEAST_AREA: i64 = 6_000;

/// A place of demand for every block (small ones put together), with people and calls exact in sum.
pub(super) fn demand(
    layout: &Layout,
    sites: &[DrawnSite],
    streets: &[Title],
    people: u64,
) -> Vec<DrawnDemand> {
    let names = names_of_blocks(layout, sites);
    let groups = groups(&layout.blocks);
    let homes: Vec<u64> = people_of(layout, &groups);
    let mut weights = Vec::with_capacity(groups.len());
    let mut places: Vec<DrawnDemand> = Vec::with_capacity(groups.len());
    for (group, people) in groups.iter().zip(homes) {
        let block = &layout.blocks[group[0]];
        let superblock = &layout.superblocks[block.superblock as usize];
        let use_ = superblock.use_.unwrap_or(Use::Fields);
        let (rhythm, busy) = rhythm(use_);
        let area: i64 = group.iter().map(|&i| layout.blocks[i].area).sum();
        weights.push(people * 10 + busy * area as u64 / 1_000 + 1);
        let street =
            layout.web.strands[layout.web.edges[block.gate.edge as usize].strand as usize].street;
        let named = group.iter().find_map(|&i| names[i].clone());
        let title = named.unwrap_or_else(|| beside_street(&streets[street as usize]));
        let grade = match use_ {
            Use::Centre | Use::OldTown => "centre",
            Use::Fields => "rural",
            _ => "urban",
        };
        let depth = block.middle.distance(block.gate.place(500, 0)).min(60 * M);
        places.push(DrawnDemand {
            at: block.gate.place(500, depth),
            title,
            grade,
            rhythm,
            people,
            calls: 0,
            by_part: [0; 4],
        });
    }
    let parts = Rhythm::ALL.map(|rhythm| parts(&rhythm.week()));
    for (place, calls) in
        places.iter_mut().zip(shares(people * CALLS_PER_THOUSAND / 1_000, &weights))
    {
        place.calls = calls;
        let by_part = shares(calls, &parts[place.rhythm as usize]);
        place.by_part.copy_from_slice(&by_part);
    }
    places.retain(|place| place.people + place.calls > 0);
    places
}

/// The sums of a week's hours by part of the day.
fn parts(week: &[u64]) -> [u64; 4] {
    let mut sums = [0; 4];
    for (hour, share) in week.iter().enumerate() {
        sums[part_of(hour)] += share;
    }
    sums
}

/// The rhythm of a use, and the calls its ground draws beside those of the people living on it.
const fn rhythm(use_: Use) -> (Rhythm, u64) {
    match use_ {
        Use::OldTown => (Rhythm::Shop, 260),
        Use::Centre => (Rhythm::Shop, 700),
        Use::Estate => (Rhythm::Home, 20),
        Use::Mixed => (Rhythm::Home, 90),
        Use::Works => (Rhythm::Work, 35),
        Use::Campus => (Rhythm::School, 80),
        Use::Park => (Rhythm::Shop, 25),
        Use::Village => (Rhythm::Home, 60),
        Use::Fields => (Rhythm::Travel, 1),
    }
}

/// Blocks put together until they are large enough, never over the border of a superblock.
fn groups(blocks: &[Block]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut room = 0;
    for (i, block) in blocks.iter().enumerate() {
        let last = groups
            .last_mut()
            .filter(|group| room < LEAST_AREA && blocks[group[0]].superblock == block.superblock);
        if let Some(group) = last {
            group.push(i);
            room += block.area;
        } else {
            groups.push(vec![i]);
            room = block.area;
        }
    }
    groups
}

/// The people of each superblock shared among its groups by their ground. A superblock without blocks has no people to share.
fn people_of(layout: &Layout, groups: &[Vec<usize>]) -> Vec<u64> {
    let mut people = Vec::with_capacity(groups.len());
    let superblock = |group: &Vec<usize>| layout.blocks[group[0]].superblock;
    for of_one in groups.chunk_by(|a, b| superblock(a) == superblock(b)) {
        let area = |group: &Vec<usize>| group.iter().map(|&i| layout.blocks[i].area as u64).sum();
        let weights: Vec<u64> = of_one.iter().map(area).collect();
        people.extend(shares(layout.superblocks[superblock(&of_one[0]) as usize].people, &weights));
    }
    people
}

/// Blocks that have a site people would name the place after.
fn names_of_blocks(layout: &Layout, sites: &[DrawnSite]) -> Vec<Option<Title>> {
    let mut names = vec![None; layout.blocks.len()];
    for site in sites {
        let well_known = !matches!(site.kind, SiteKind::Bank | SiteKind::Clinic);
        let name: &mut Option<Title> = &mut names[site.block as usize];
        if well_known && name.is_none() {
            *name = Some(site.title.clone());
        }
    }
    names
}

fn beside_street(street: &Title) -> Title {
    if street.is_empty() {
        Title::default()
    } else {
        Title::new(format!("{}一带", street.zh), format!("Off {}", street.en))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_is_shared_out_whole() {
        for rhythm in Rhythm::ALL {
            let week = rhythm.week();
            assert_eq!((week.len(), week.iter().sum::<u64>()), (168, 1_000_000));
            assert_eq!(parts(&week).iter().sum::<u64>(), 1_000_000);
        }
        let (home, work) = (Rhythm::Home.week(), Rhythm::Work.week());
        assert!(home[20] > home[4] && work[10] > work[20] && work[10] > work[5 * 24 + 10]);
    }
}
