//! Protected places: compounds, schools, hospitals, banks, stations, works, markets, offices of government.

use precinct_city::SiteKind;

use super::areas::Division;
use super::blocks::Block;
use super::flat::{M, Pt, TURN};
use super::land::Use;
use super::layout::Layout;
use super::names::{Estates, Stems, Title, ordinal};
use super::share::shares_of_at_least;
use super::size::Counts;
use crate::rng::Rng;

/// A site on the sheet.
#[derive(Clone, Debug)]
pub(super) struct DrawnSite {
    pub(super) kind: SiteKind,
    pub(super) title: Title,
    pub(super) at: Pt,
    /// Who lives, learns, lies or works there.
    pub(super) people: u64,
    /// The block it stands in.
    pub(super) block: u32,
}

/// All sites: communities first, then the others kind by kind.
pub(super) fn sites(
    seed: u64,
    layout: &Layout,
    division: &Division,
    city: &Title,
    districts: &[Title],
    counts: &Counts,
) -> Vec<DrawnSite> {
    let mut placing = Placing::new(seed, layout);
    placing.communities(seed, counts);
    placing.learning(city, counts.people);
    placing.health(city, counts.people);
    placing.trade(counts.people);
    placing.stations(city, counts.people);
    placing.government(city, districts, division);
    placing.sites
}

struct Placing<'a> {
    layout: &'a Layout,
    rng: Rng,
    stems: Stems,
    /// How many sites each block has.
    taken: Vec<u8>,
    sites: Vec<DrawnSite>,
}

impl<'a> Placing<'a> {
    fn new(seed: u64, layout: &'a Layout) -> Self {
        let taken = vec![0; layout.blocks.len()];
        let stems = Stems::new(seed, "sites", &[]);
        Self { layout, rng: Rng::new(seed, "sites"), stems, taken, sites: Vec::new() }
    }

    fn use_of(&self, block: &Block) -> Option<Use> {
        self.layout.superblocks[block.superblock as usize].use_
    }

    /// Puts a site on the street side of `block`, beside those already there.
    fn put(&mut self, kind: SiteKind, block: usize, title: Title, people: u64) {
        let slot = i64::from(self.taken[block] % 8);
        self.taken[block] = self.taken[block].saturating_add(1);
        let permille = 500 + if slot % 2 == 0 { slot / 2 * 90 } else { -(slot / 2 + 1) * 90 };
        let at = self.layout.blocks[block].gate.place(permille, 22 * M);
        self.sites.push(DrawnSite { kind, title, at, people, block: block as u32 });
    }

    /// Blocks of the `uses`, those of earlier uses first, otherwise scattered.
    fn blocks(&mut self, uses: &[Use]) -> Vec<usize> {
        let mut all: Vec<(usize, usize)> = (0..self.layout.blocks.len())
            .filter_map(|i| {
                let own = self.use_of(&self.layout.blocks[i])?;
                Some((uses.iter().position(|&one| one == own)?, i))
            })
            .collect();
        self.rng.shuffle(&mut all);
        all.sort_by_key(|&(rank, i)| (self.taken[i].min(3), rank));
        all.into_iter().map(|(_, i)| i).collect()
    }

    /// `count` blocks of the `uses`, spread over the city; some twice if there are too few.
    fn spread(&mut self, uses: &[Use], count: u64) -> Vec<usize> {
        let blocks = self.blocks(uses);
        if blocks.is_empty() {
            return Vec::new();
        }
        (0..count as usize).map(|i| blocks[i % blocks.len()]).collect()
    }

    fn communities(&mut self, seed: u64, counts: &Counts) {
        let uses = [
            Use::Estate,
            Use::Mixed,
            Use::OldTown,
            Use::Village,
            Use::Campus,
            Use::Centre,
            Use::Works,
            Use::Fields,
        ];
        let places = self.spread(&uses, counts.communities);
        let weights: Vec<u64> = places.iter().map(|&i| self.layout.blocks[i].area as u64).collect();
        // Nine in ten live in a community; the others in the works, on campuses and in scattered houses.
        let people = shares_of_at_least(counts.people / 10 * 9, 20, &weights);
        let mut names = Estates::new(seed);
        for (block, people) in places.into_iter().zip(people) {
            self.put(SiteKind::Community, block, names.next(), people);
        }
    }

    fn learning(&mut self, city: &Title, people: u64) {
        let at = self.spread(&[Use::Campus, Use::Mixed], people / 250_000);
        for block in at {
            let title = self.stems.next().and("大学", " University");
            let size = self.rng.between(6_000, 24_000) as u64;
            self.put(SiteKind::University, block, title, size);
        }
        let kinds = [
            ("中学", " Middle School", 40, 900, 2_400),
            ("小学", " Primary School", 16, 500, 1_800),
            ("幼儿园", " Kindergarten", 9, 120, 360),
        ];
        for (zh, en, per, least, most) in kinds {
            let at = self.spread(
                &[Use::Campus, Use::Estate, Use::Mixed, Use::OldTown, Use::Village],
                (people / (per * 1_000)).max(1),
            );
            for (i, block) in at.into_iter().enumerate() {
                let (n_zh, n_en) = ordinal(i + 1);
                let numbered = city.and(&format!("市第{n_zh}"), &format!(" {n_en}"));
                let title = if per == 40 && i < 9 { numbered } else { self.stems.next() };
                let size = self.rng.between(least, most) as u64;
                let kind = if per == 9 { SiteKind::Kindergarten } else { SiteKind::School };
                self.put(kind, block, title.and(zh, en), size);
            }
        }
    }

    fn health(&mut self, city: &Title, people: u64) {
        let at = self.spread(
            &[Use::Campus, Use::Mixed, Use::Centre, Use::OldTown],
            (people / 70_000).max(1),
        );
        for (i, block) in at.into_iter().enumerate() {
            let (zh, en) = ordinal(i + 1);
            let title = if i < 9 {
                city.and(&format!("市第{zh}人民医院"), &format!(" {en} People's Hospital"))
            } else {
                self.stems.next().and("医院", " Hospital")
            };
            let size = self.rng.between(300, 2_500) as u64;
            self.put(SiteKind::Hospital, block, title, size);
        }
        for block in self.spread(&[Use::Mixed, Use::Estate, Use::OldTown], people / 30_000) {
            let title = self.stems.next().and("社区卫生服务中心", " Health Centre");
            self.put(SiteKind::Clinic, block, title, 60);
        }
    }

    fn trade(&mut self, people: u64) {
        for block in self
            .spread(&[Use::Centre, Use::OldTown, Use::Mixed, Use::Estate], (people / 9_000).max(1))
        {
            let title = self.stems.next().and("银行", " Bank");
            self.put(SiteKind::Bank, block, title, 20);
        }
        for block in self.spread(&[Use::Centre, Use::Mixed, Use::OldTown], (people / 40_000).max(1))
        {
            let (zh, en) = if self.rng.chance(500) {
                ("购物中心", " Shopping Centre")
            } else {
                ("农贸市场", " Market")
            };
            let (title, size) =
                (self.stems.next().and(zh, en), self.rng.between(200, 3_000) as u64);
            self.put(SiteKind::Market, block, title, size);
        }
        for block in self.spread(&[Use::Works], people / 25_000) {
            let kinds = [
                ("机械厂", " Machine Works"),
                ("食品厂", " Food Works"),
                ("化工厂", " Chemical Works"),
                ("电子厂", " Electronics Works"),
                ("物流园", " Logistics Park"),
            ];
            let (zh, en) = kinds[self.rng.index(kinds.len())];
            let (title, size) = (self.stems.next().and(zh, en), self.rng.between(80, 2_800) as u64);
            self.put(SiteKind::Works, block, title, size);
        }
    }

    /// Railway and coach stations in the four directions; metro stations in cities of three million and more.
    fn stations(&mut self, city: &Title, people: u64) {
        let railway = 1 + (people / 3_000_000).min(3) as i64;
        let first = self.rng.between(0, 3);
        let sides = [("东", " East"), ("北", " North"), ("西", " West"), ("南", " South")];
        for i in 0..railway * 2 {
            let side = (first + i) % 4;
            let (zh, en) = if i == 0 { ("", "") } else { sides[side as usize] };
            let (kind, what_zh, what_en) = if i < railway {
                (SiteKind::RailwayStation, "站", " Railway Station")
            } else {
                (SiteKind::BusStation, "客运站", " Coach Station")
            };
            let wanted = Pt::polar(
                self.layout.ground.radius * (45 + 6 * (i % 3)) / 100,
                side * TURN / 4 + self.layout.ground.turn + 2_000,
            );
            if let Some(block) = self.nearest(wanted) {
                self.put(kind, block, city.and(zh, en).and(what_zh, what_en), 800);
            }
        }
        if people >= 3_000_000 {
            for block in
                self.spread(&[Use::Centre, Use::Mixed, Use::Estate, Use::OldTown], people / 75_000)
            {
                let title = self.stems.next().and("地铁站", " Metro Station");
                self.put(SiteKind::MetroStation, block, title, 300);
            }
        }
    }

    fn nearest(&self, wanted: Pt) -> Option<usize> {
        (0..self.layout.blocks.len()).min_by_key(|&i| self.layout.blocks[i].middle.distance(wanted))
    }

    fn government(&mut self, city: &Title, districts: &[Title], division: &Division) {
        let hall = self.spread(&[Use::Centre, Use::OldTown, Use::Mixed], 1);
        for block in hall {
            self.put(SiteKind::Government, block, city.and("市人民政府", " City Hall"), 900);
        }
        for (district, title) in districts.iter().enumerate() {
            let within = |&i: &usize| {
                division.district[self.layout.blocks[i].superblock as usize] == district as u32
            };
            let uses = [
                Use::Centre,
                Use::OldTown,
                Use::Mixed,
                Use::Estate,
                Use::Works,
                Use::Village,
                Use::Campus,
                Use::Fields,
            ];
            let found = self.blocks(&uses).into_iter().find(within);
            if let Some(block) = found {
                self.put(SiteKind::Government, block, title.and("人民政府", " Government"), 300);
            }
        }
    }
}
