//! What each idea buys: variants of one search, all with equal answers, measured in turn.

mod contraction;
mod interleaved;
mod kernel;
mod lanes;
mod packed;
mod sweep;

use precinct_bench::baseline::Csr;
use precinct_bench::contenders::{Ours, PlainSearch, Queue};
use precinct_bench::contest::{Contender, Entry, check, measure};
use precinct_bench::ny;
use precinct_bench::results::{Markdown, cores, figure};
use precinct_roads::{Network, Way};

use contraction::{Contracted, OnCore};
use interleaved::Interleaved;
use kernel::{AHEAD, FLOOR, FOUR, Graph, Ladder, ONE_BY_ONE, PACKED, PREFETCH, WINDOW};
use lanes::Lanes;
use sweep::{KernelSweep, OurSweep, PlainSweep};

const ROUNDS: usize = 7;
const SOURCES: usize = 1_000;
/// Buckets of 2,048 ms, as `precinct_roads` chooses them for New York.
const SHIFT: u32 = 11;
/// Where the plain baseline stands among the entries.
const BASELINE: usize = 0;
/// Sets of posts from which the whole network is searched.
const SWEEPS: u32 = 5;
/// Neighbours in a run.
const BLOCK: u32 = 16;

/// The whole section of the results.
pub(crate) fn report(network: &Network) -> String {
    let nodes = network.map().node_count();
    let graph = Graph::of(Csr::in_order(network, Way::Out));
    let arcs = |rank: &[u32]| Csr::of(network, Way::Out, rank);
    let (apart, among) = (Contracted::new(arcs, nodes, true), Contracted::new(arcs, nodes, false));
    let mut random = List { sources: ny::sources(nodes, SOURCES), entries: Vec::new() };
    random.plain(network);
    random.ladder(&graph);
    random.ours(network);
    random.others(&graph, &apart, &among);
    let starts = ny::sources(nodes - BLOCK as usize, SOURCES / BLOCK as usize);
    let sources = starts.iter().flat_map(|&start| start..start + BLOCK).collect();
    let mut neighbours = List { sources, entries: Vec::new() };
    neighbours.together(network, &graph);
    let mut sweeps = List { sources: (0..SWEEPS).collect(), entries: Vec::new() };
    sweeps.whole(network, &graph);
    let tables = [random, neighbours, sweeps].map(List::measure);
    let [random, neighbours, sweeps] = tables;
    let core = apart.core_nodes() as f64 * 100.0 / nodes as f64;
    [
        "## What each idea buys".to_owned(),
        format!(
            "Made by `cargo run --profile bench -p precinct-bench -- ideas` on {} cores, one thread: New York, 300 s, {SOURCES} fixed \
             random sources, {ROUNDS} rounds in which all take turns; a ratio is the middle of the rounds'. Every variant gave the \
             same nodes and milliseconds from every source, or there would be no table.",
            cores()
        ),
        random,
        format!("The same for sources in runs of {BLOCK} neighbours, as when every node is asked:"),
        neighbours,
        format!("And for the whole network from 100 posts, {SWEEPS} sets of them, µs a sweep:"),
        sweeps,
        format!("{VERDICT} The core of New York is {core:.0} % of its nodes."),
    ]
    .join("\n\n")
}

/// What is kept and what is not. The figures it rests on are in the tables above it.
const VERDICT: &str = "\
**Kept:** nodes along the Hilbert curve; buckets instead of a heap, a quarter of the median arc wide (from there to four times as wide \
makes no difference, narrower costs); the label above a rising floor instead of a time and a stamp; records of sixteen bytes; the \
fetch of a node's record when the node is put in a bucket, which buys most of all, because a search from a new place mostly waits \
for memory; four arcs looked at before any is acted on, which buys nothing without that fetch and a little with it; the fetch of the labels that \
the node three places on in the bucket will look at, which saves a sweep of the whole network a fifth or more and a single search \
nothing; and, in tables and totals, sources in the order of the map, so that one search finds in the cache what the last one brought there. \
**Pays and is not kept:** fetching the labels round the source at the start, a few hundredths, because how many to fetch depends on \
the limit and the city; one search for four or eight neighbouring sources with a label for each, about a tenth on top of the order of \
sources, which is not worth a second kernel. \
**Does not pay:** contraction of dead ends and of nodes between two junctions. The search on the core saves a quarter of the time, \
since what it skips are the cheapest nodes, and filling in the rest, which every answer here needs, costs more than that, whether \
the core is numbered apart or in place. Nor do searches in turn: a second one in the cache costs more than the waiting it hides.";

struct List<'a> {
    sources: Vec<u32>,
    entries: Vec<Entry<'a>>,
}

impl<'a> List<'a> {
    fn add(&mut self, name: &str, contender: impl Contender + 'a) {
        self.entries.push(Entry::new(name, contender, &self.sources));
    }

    /// The table of all entries.
    fn measure(mut self) -> String {
        let sizes = check(&mut self.entries);
        let mut table = Markdown::new(&["search", "µs median", "ns per node", "× baseline"]);
        for one in measure(&mut self.entries, &sizes, ROUNDS, BASELINE) {
            let ratio = format!("{:.2}", one.ratio);
            table.row(&[&one.name, &figure(one.us.median()), &figure(one.ns_per_node), &ratio]);
        }
        table.text().trim_end().to_owned()
    }

    /// As [`List::add`], with neighbouring sources one after the other.
    fn add_sorted(&mut self, name: &str, contender: impl Contender + 'a) {
        self.add(name, contender);
        if let Some(entry) = self.entries.last_mut() {
            entry.sources.sort_unstable();
        }
    }

    /// Sources that are neighbours, searched from one after the other and together.
    fn together(&mut self, network: &'a Network, graph: &'a Graph) {
        let buckets = Queue::Buckets(SHIFT);
        self.add("plain baseline", PlainSearch::in_order(network, buckets));
        self.add("`precinct_roads`", Ours::new(network));
        self.add("4 sources in one search", Lanes::<4>::new(graph, SHIFT));
        self.add("8 sources in one search", Lanes::<8>::new(graph, SHIFT));
        self.add("8 sources, buckets of 4,096 ms", Lanes::<8>::new(graph, SHIFT + 1));
        self.add("16 sources in one search", Lanes::<16>::new(graph, SHIFT));
    }

    /// Sweeps of the whole network.
    fn whole(&mut self, network: &'a Network, graph: &'a Graph) {
        self.add("plain search, heap", PlainSweep::new(&graph.csr));
        self.add("`precinct_roads`", OurSweep::new(network));
        self.add("kernel", KernelSweep::<PREFETCH>::new(graph, SHIFT));
        let ahead = KernelSweep::<AHEAD>::new(graph, SHIFT);
        self.add("kernel + labels fetched four nodes ahead", ahead);
    }

    fn plain(&mut self, network: &Network) {
        let buckets = Queue::Buckets(SHIFT);
        self.add("plain baseline: Hilbert order, buckets", PlainSearch::in_order(network, buckets));
        self.add("file order, heap", PlainSearch::in_file_order(network, Queue::Heap));
        self.add("file order, buckets", PlainSearch::in_file_order(network, buckets));
        self.add("Hilbert order, heap", PlainSearch::in_order(network, Queue::Heap));
    }

    fn ladder(&mut self, graph: &'a Graph) {
        self.add("baseline + label above a floor", Ladder::<FLOOR>::new(graph, SHIFT));
        self.add("… + records of 16 bytes", Ladder::<PACKED>::new(graph, SHIFT));
        self.add("… + four arcs at once", Ladder::<FOUR>::new(graph, SHIFT));
        self.add("… + record fetched on push: the kernel", Ladder::<PREFETCH>::new(graph, SHIFT));
    }

    fn ours(&mut self, network: &'a Network) {
        self.add("**`precinct_roads`**", Ours::new(network));
        self.add_sorted("`precinct_roads`, sources in order", Ours::new(network));
    }

    fn others(&mut self, graph: &'a Graph, apart: &'a Contracted, among: &'a Contracted) {
        for shift in [7, 9, 10, 12, 13] {
            let name = format!("kernel, buckets of {} ms", 1 << shift);
            self.add(&name, Ladder::<PREFETCH>::new(graph, shift));
        }
        self.add("kernel, arcs one by one", Ladder::<ONE_BY_ONE>::new(graph, SHIFT));
        self.add("kernel + labels round the source fetched", Ladder::<WINDOW>::new(graph, SHIFT));
        self.add("kernel + labels fetched four nodes ahead", Ladder::<AHEAD>::new(graph, SHIFT));
        self.add("kernel on the core, numbered apart", OnCore::new(apart, SHIFT));
        self.add("kernel on the core, numbered among the rest", OnCore::new(among, SHIFT));
        self.add("kernel, 2 searches in turn", Interleaved::new(graph, SHIFT, 2));
        self.add("kernel, 4 searches in turn", Interleaved::new(graph, SHIFT, 4));
    }
}
