//! What each idea buys: variants of one search, all with equal answers, measured in turn.

mod contraction;
mod interleaved;
mod kernel;
mod lanes;
mod packed;

use precinct_bench::baseline::Csr;
use precinct_bench::contenders::{Ours, PlainSearch, Queue};
use precinct_bench::contest::{Contender, Entry, Measured, Sizes, check, measure};
use precinct_bench::ny;
use precinct_bench::results::{Markdown, cores, figure};
use precinct_roads::{Network, Way};

use contraction::{Contracted, OnCore};
use interleaved::Interleaved;
use kernel::{AHEAD, FLOOR, FOUR, Graph, Ladder, PACKED, PREFETCH, WINDOW};
use lanes::Lanes;

const ROUNDS: usize = 7;
const SOURCES: usize = 1_000;
/// Buckets of 2,048 ms, as `precinct_roads` chooses them for New York.
const SHIFT: u32 = 11;
/// Where the plain baseline stands among the entries.
const BASELINE: usize = 0;
const BLOCK: u32 = 16;

/// The whole section of the results.
pub(crate) fn report(network: &Network) -> String {
    let nodes = network.map().node_count();
    let graph = Graph::of(Csr::in_order(network, Way::Out));
    let arcs = |rank: &[u32]| Csr::of(network, Way::Out, rank);
    let apart = Contracted::new(arcs, nodes, true);
    let among = Contracted::new(arcs, nodes, false);
    let mut entries = List { sources: ny::sources(nodes, SOURCES), entries: Vec::new() };
    entries.plain(network);
    entries.ladder(&graph);
    entries.ours(network);
    entries.others(&graph, &apart, &among);
    let mut entries = entries.entries;
    let sizes = check(&mut entries);
    let measured = measure(&mut entries, &sizes, ROUNDS, BASELINE);
    let first = text(&measured, &sizes, apart.core_nodes(), nodes);
    first + &blocks(network, &graph)
}

/// Neighbours as sources: what `Network::totals` asks.
fn blocks(network: &Network, graph: &Graph) -> String {
    let nodes = network.map().node_count();
    let starts = ny::sources(nodes - BLOCK as usize, SOURCES / BLOCK as usize);
    let sources = starts.iter().flat_map(|&start| start..start + BLOCK).collect();
    let mut list = List { sources, entries: Vec::new() };
    list.add("plain baseline", PlainSearch::in_order(network, Queue::Buckets(SHIFT)));
    list.add("`precinct_roads`", Ours::new(network));
    for shift in [11, 12, 13, 14] {
        list.add(&format!("4 lanes {shift}"), Lanes::<4>::new(graph, shift));
        list.add(&format!("8 lanes {shift}"), Lanes::<8>::new(graph, shift));
        list.add(&format!("16 lanes {shift}"), Lanes::<16>::new(graph, shift));
    }
    let mut entries = list.entries;
    let sizes = check(&mut entries);
    let measured = measure(&mut entries, &sizes, ROUNDS, BASELINE);
    text(&measured, &sizes, 0, 0)
}

struct List<'a> {
    sources: Vec<u32>,
    entries: Vec<Entry<'a>>,
}

impl<'a> List<'a> {
    fn add(&mut self, name: &str, contender: impl Contender + 'a) {
        let sources = self.sources.clone();
        self.entries.push(Entry { name: name.to_owned(), contender: Box::new(contender), sources });
    }

    /// As [`List::add`], with neighbouring sources one after the other.
    fn add_sorted(&mut self, name: &str, contender: impl Contender + 'a) {
        self.add(name, contender);
        if let Some(entry) = self.entries.last_mut() {
            entry.sources.sort_unstable();
        }
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
        self.add("kernel + labels round the source fetched", Ladder::<WINDOW>::new(graph, SHIFT));
        self.add("kernel + labels of the next node fetched", Ladder::<AHEAD>::new(graph, SHIFT));
        self.add("kernel on the core, numbered apart", OnCore::new(apart, SHIFT));
        self.add("kernel on the core, numbered among the rest", OnCore::new(among, SHIFT));
        self.add("kernel, 2 searches in turn", Interleaved::new(graph, SHIFT, 2));
        self.add("kernel, 4 searches in turn", Interleaved::new(graph, SHIFT, 4));
    }
}

fn text(measured: &[Measured], sizes: &Sizes, core: usize, nodes: usize) -> String {
    let mut table = Markdown::new(&["search", "µs median", "ns per node", "× baseline"]);
    for one in measured {
        let ratio = format!("{:.2}", one.ratio);
        table.row(&[&one.name, &figure(one.us.median()), &figure(one.ns_per_node), &ratio]);
    }
    let _ = (core, nodes, cores(), sizes.median());
    table.text().to_owned()
}
