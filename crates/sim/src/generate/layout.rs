//! The drawn city: streets, superblocks and blocks, before anything is put into it.

use super::blocks::{Block, Superblock, fill, superblocks};
use super::expressway;
use super::flat::{M, centroid, twice_area};
use super::flow;
use super::ground::Ground;
use super::land::Zones;
use super::share::shares;
use super::size::Counts;
use super::skeleton::{Skeleton, skeleton};
use super::web::Web;
use crate::rng::Rng;

/// Everything that is drawn of a city.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) ground: Ground,
    pub(super) web: Web,
    /// Land first, then water.
    pub(super) superblocks: Vec<Superblock>,
    pub(super) blocks: Vec<Block>,
    /// Nodes beyond the limit where the ways out end.
    pub(super) ways_out: Vec<u32>,
}

/// Draws the city of `seed`.
pub(super) fn layout(seed: u64, counts: &Counts) -> Layout {
    let ground = Ground::new(seed, counts.people);
    let Skeleton { mut web, land, water, ways_out } = skeleton(seed, &ground, counts.ways_in);
    let zones = Zones::new(seed, &ground);
    let mut all = superblocks(&mut web, land, &zones, &ground, seed);
    let mut rng = Rng::new(seed, "blocks");
    let mut blocks = Vec::new();
    for (i, superblock) in all.iter().enumerate() {
        blocks.extend(fill(&mut web, i as u32, superblock, &mut rng));
    }
    settle(&mut all, &blocks, &zones, counts.people);
    all.extend(water.into_iter().map(|cell| {
        let ring = cell.ring(&web);
        Superblock {
            middle: centroid(&ring),
            area: twice_area(&ring) / 2 / M / M,
            cell,
            use_: None,
            people: 0,
        }
    }));
    if counts.expressway {
        expressway::draw(&mut web, &ground);
    }
    flow::join_names(&mut web);
    flow::one_ways(&mut web, &ground, seed);
    Layout { ground, web, superblocks: all, blocks, ways_out }
}

/// Lets the people settle where there are blocks, exactly as many as there are.
fn settle(superblocks: &mut [Superblock], blocks: &[Block], zones: &Zones<'_>, people: u64) {
    let mut weights = vec![0; superblocks.len()];
    for block in blocks {
        let superblock = &superblocks[block.superblock as usize];
        let homes = superblock.use_.map_or(0, super::land::Use::homes);
        weights[block.superblock as usize] +=
            (zones.density(superblock.middle) * homes * block.area / 1_000_000) as u64;
    }
    for (superblock, people) in superblocks.iter_mut().zip(shares(people, &weights)) {
        superblock.people = people;
    }
}
