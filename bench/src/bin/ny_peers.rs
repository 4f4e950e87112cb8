//! Precinct's side of the comparison with other programs; `bench/peers/README.md` says what it writes.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use precinct_base::{Millis, NodeId};
use precinct_bench::baseline::{Csr, Plain};
use precinct_bench::contenders::Ours;
use precinct_bench::ny;
use precinct_bench::results::cores;
use precinct_bench::timing::{Times, median, microseconds};
use precinct_roads::{Network, Scratch, Snap, Way};
use serde_json::{Value, json};

/// Measures Precinct on New York and writes its figures and its answers.
#[derive(Parser)]
#[command(after_help = "Started by bench/peers/run.")]
struct Arguments {
    /// The folder of the New York files
    #[arg(long)]
    data: PathBuf,
    /// How many sources
    #[arg(long, default_value_t = 1_000)]
    sources: usize,
    /// The limit of each search
    #[arg(long, default_value_t = 300_000)]
    limit_ms: u32,
    /// The folder to write to
    #[arg(long)]
    out: PathBuf,
}

/// Rounds in which Precinct and the plain searches take turns.
const ROUNDS: usize = 5;
/// Buckets of the plain search: 2^11 ms.
const SHIFT: u32 = 11;
const POSTS: usize = 100;
/// Longer than any way through New York.
const WHOLE: Millis = Millis::from_minutes(600);

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let network = ny::load(&arguments.data);
    let sources = ny::sources(network.map().node_count(), arguments.sources);
    let limit = Millis(arguments.limit_ms);
    let figures = figures(&network, &sources, limit);
    let answers = answers(&network, &sources, limit);
    let written = std::fs::write(arguments.out.join("ours.json"), figures.to_string())
        .and_then(|()| std::fs::write(arguments.out.join("ours_sets.bin"), answers));
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: cannot be written to: {error}", arguments.out.display());
            ExitCode::from(3)
        }
    }
}

fn figures(network: &Network, sources: &[u32], limit: Millis) -> Value {
    let searches = Searches::measure(network, sources, limit);
    let weights = vec![1; network.map().node_count()];
    let (aggregate_us, totals) = microseconds(|| network.totals(&weights, limit, Way::Out));
    for (&source, &settled) in sources.iter().zip(&searches.settled) {
        assert_eq!(totals[source as usize], u64::from(settled), "counted from node {source}");
    }
    let per_node =
        searches.ours_us.iter().zip(&searches.settled).map(|(us, &n)| us * 1e3 / f64::from(n));
    let times: Times = searches.ours_us.iter().copied().collect();
    json!({
        "sources": sources.iter().map(|&node| network.map().osm_id(NodeId(node))).collect::<Vec<_>>(),
        "limit_ms": limit.0,
        "median_us": times.median(),
        "p90_us": times.quantile(0.9),
        "mean_us": times.total() / sources.len() as f64,
        "ns_per_settled": median(per_node),
        "settled_median": median(searches.settled.iter().map(|&count| f64::from(count))),
        "baseline_bucket_us": searches.buckets.median(),
        "baseline_heap_us": searches.heap.median(),
        "aggregate_s": aggregate_us / 1e6,
        "aggregate_threads": cores(),
        "sweep_ms": sweep_ms(network),
    })
}

/// Times of single searches.
struct Searches {
    /// For each source the middle of the rounds.
    ours_us: Vec<f64>,
    settled: Vec<u32>,
    buckets: Times,
    heap: Times,
}

impl Searches {
    fn measure(network: &Network, sources: &[u32], limit: Millis) -> Self {
        let graph = Csr::in_order(network, Way::Out);
        let mut plain = Plain::new(&graph);
        let mut scratch = Scratch::default();
        let mut ours: Vec<Vec<f64>> = vec![Vec::new(); sources.len()];
        let mut settled = vec![0; sources.len()];
        let (mut buckets, mut heap) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            for (i, &source) in sources.iter().enumerate() {
                let from = [(NodeId(source), Millis::ZERO)];
                let (us, (count, _)) = microseconds(|| {
                    let reach = network.reach_from_nodes(&mut scratch, &from, limit, Way::Out);
                    (
                        reach.nodes().len(),
                        reach.nodes().map(|(_, time)| u64::from(time.0)).sum::<u64>(),
                    )
                });
                ours[i].push(us);
                settled[i] = count as u32;
            }
            let sum =
                |plain: &Plain| plain.reached.iter().map(|&(_, ms)| u64::from(ms)).sum::<u64>();
            buckets.push(Times::of(sources, |&source| {
                plain.by_buckets(&graph, source, limit.0, SHIFT);
                std::hint::black_box(sum(&plain));
            }));
            heap.push(Times::of(sources, |&source| {
                plain.by_heap(&graph, source, limit.0);
                std::hint::black_box(sum(&plain));
            }));
        }
        let ours_us = ours.into_iter().map(median).collect();
        Self { ours_us, settled, buckets: Times::merged(buckets), heap: Times::merged(heap) }
    }
}

/// One search of the whole network from a hundred posts, with the nearest post of each node.
fn sweep_ms(network: &Network) -> f64 {
    let posts = ny::sources(network.map().node_count(), POSTS);
    let posts: Vec<Snap> =
        posts.into_iter().map(|node| ny::at_node(network, NodeId(node))).collect();
    let mut scratch = Scratch::default();
    let sweep = |_| {
        let search = || network.nearest_source(&mut scratch, &posts, WHOLE, Way::Out).nodes().len();
        microseconds(search).0 / 1e3
    };
    median((0..ROUNDS).map(sweep))
}

/// For each source a count and as many pairs of node number and milliseconds, in order of number, as little-endian `u32`. Each is
/// held against a plain search first.
fn answers(network: &Network, sources: &[u32], limit: Millis) -> Vec<u8> {
    let graph = Csr::in_order(network, Way::Out);
    let (mut ours, mut plain) = (Ours::new(network), Plain::new(&graph));
    let mut words = Vec::new();
    for &source in sources {
        let answer = ours.reach(source, limit);
        plain.by_heap(&graph, source, limit.0);
        plain.reached.sort_unstable();
        assert_eq!(answer, plain.reached, "from node {source}");
        let named = |(node, ms)| (network.map().osm_id(NodeId(node)) as u32, ms);
        let mut pairs: Vec<(u32, u32)> = answer.into_iter().map(named).collect();
        pairs.sort_unstable();
        words.push(pairs.len() as u32);
        words.extend(pairs.into_iter().flat_map(|(number, ms)| [number, ms]));
    }
    words.into_iter().flat_map(u32::to_le_bytes).collect()
}
