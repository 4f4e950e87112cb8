//! The figures of all rounds, and the table of them.

use std::collections::BTreeMap;

use precinct_base::Metres;
use precinct_bench::results::{Markdown, cores, figure, grouped};
use precinct_bench::timing::median;

use super::Arguments;

/// What Redis is sent at once.
pub(super) const PIPELINE: usize = 64;
/// What a gateway sends at once.
pub(super) const BATCH: usize = 4_096;
/// How many are asked for, within how far.
pub(super) const NEAREST: usize = 10;
/// As short as is of use: Redis sorts all it finds within it, so a longer one only slows Redis.
pub(super) const LIMIT: Metres = Metres(1_000);

/// Rows: what both do, how, the name of Precinct's figure and of Redis's.
const ROWS: [(&str, &str, &str, &str); 5] = [
    ("fixes", "64 at once; Redis: GEOADD of one unit", "ours 64", "redis 64"),
    ("fixes", "64 at once; Redis: GEOADD of 64 units", "ours 64", "redis joined"),
    ("fixes", "4,096 at once; Redis: GEOADD of 64 units", "ours 4096", "redis joined"),
    ("nearest 10", "64 at once; Redis: GEOSEARCH", "ours near 64", "redis near 64"),
    ("nearest 10", "one by one; Redis: GEOSEARCH", "ours near 1", "redis near 1"),
];

/// Items a second, of each round.
#[derive(Default)]
pub(super) struct Figures(BTreeMap<&'static str, Vec<f64>>);

impl Figures {
    pub(super) fn put(&mut self, name: &'static str, rate: f64) {
        self.0.entry(name).or_default().push(rate);
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    fn all(&self, name: &str) -> impl Iterator<Item = f64> + '_ {
        self.0.get(name).into_iter().flatten().copied()
    }

    fn told(&self, name: &str) -> String {
        let ceiling = median(self.all(&format!("{name} ceiling")));
        format!("{} ({})", figure(median(self.all(name))), figure(ceiling))
    }

    /// The section of the results.
    pub(super) fn text(&self, redis: &str, asked: &Arguments) -> String {
        let mut table =
            Markdown::new(&["job", "how", "Precinct, a second", "Redis, a second", "ratio"]);
        for (job, how, ours, theirs) in ROWS {
            let ratios: Vec<f64> =
                self.all(ours).zip(self.all(theirs)).map(|(a, b)| a / b).collect();
            let low = ratios.iter().copied().fold(f64::INFINITY, f64::min);
            let high = ratios.iter().copied().fold(0.0, f64::max);
            let ratio =
                format!("**{}×** ({}–{})", figure(median(ratios)), figure(low), figure(high));
            table.row(&[job, how, &self.told(ours), &self.told(theirs), &ratio]);
        }
        format!(
            "## Positions beside Redis\n\nMade by `bench/peers/positions` on {} cores: {redis} without a disk and Precinct's positions, each a server of one \
             thread behind a socket on this machine, asked in turn by the same client in {} rounds; {} units of a nation, {} questions within {LIMIT}. \
             Requests are made beforehand, and each answer is read whole before the next request. In brackets what the client alone does, the other side \
             only reading and answering as many bytes. Medians; the ratio's lowest and highest beside it. Precinct's answers were held against a look \
             at every unit; at least 98 % of Redis's were the same (it rounds places, and measures on a sphere).\n\n{}",
            cores(),
            asked.rounds,
            grouped(asked.units as u64),
            grouped(asked.queries as u64),
            table.text(),
        )
    }
}
