//! What one source, and what a hundred, reach.

use precinct_base::{Millis, NodeId};
use precinct_bench::baseline::Csr;
use precinct_bench::contenders::{Ours, PlainSearch, Queue};
use precinct_bench::contest::{Entry, check, measure as contest};
use precinct_bench::results::{Markdown, figure};
use precinct_bench::timing::{median, microseconds};
use precinct_bench::{ny, oracle};
use precinct_roads::{Network, Reach, Scratch, Snap, Way};

use super::ROUNDS;

const SOURCES: usize = 1_000;
const POSTS: usize = 100;
/// Where the plain search with buckets stands among the entries.
const BASELINE: usize = 2;
/// Longer than any way through New York.
const WHOLE: Millis = Millis::from_minutes(600);

/// The table of single searches; sweeps go to `jobs`.
pub(super) fn measure(network: &Network, jobs: &mut Markdown) -> String {
    let table = single(network);
    sweeps(network, jobs);
    table
}

fn single(network: &Network) -> String {
    let nodes = network.map().node_count();
    let sources = ny::sources(nodes, SOURCES);
    let plain = |queue| PlainSearch::in_order(network, queue);
    let mut entries = [
        Entry::new("plain search: CSR in Hilbert order, binary heap", plain(Queue::Heap), &sources),
        Entry::new("**Precinct**", Ours::new(network), &sources),
        Entry::new(
            "plain search: CSR in Hilbert order, buckets",
            plain(Queue::Buckets(11)),
            &sources,
        ),
    ];
    let sizes = check(&mut entries);
    let mut table = Markdown::new(&[
        "what one source reaches in 300 s",
        "µs median",
        "p90",
        "ns per node",
        "Precinct is",
    ]);
    let measured = contest(&mut entries, &sizes, ROUNDS, BASELINE);
    let ours =
        measured.iter().find(|one| one.name.contains("Precinct")).map_or(1.0, |one| one.ratio);
    for one in &measured {
        let (median, p90) = (figure(one.us.median()), figure(one.us.quantile(0.9)));
        let quicker = format!("{:.2}×", ours / one.ratio);
        table.row(&[&one.name, &median, &p90, &figure(one.ns_per_node), &quicker]);
    }
    format!(
        "{}\n{SOURCES} fixed random sources on one thread; the middle search reaches {} nodes. All three gave the same nodes and \
         the same milliseconds for every source. To beat: 45 µs, 28 ns, 1.7×.",
        table.text(),
        sizes.median()
    )
}

fn sweeps(network: &Network, jobs: &mut Markdown) {
    let posts = ny::sources(network.map().node_count(), POSTS);
    let snaps: Vec<Snap> = posts.iter().map(|&post| ny::at_node(network, NodeId(post))).collect();
    let truth = oracle::nearest_sources(&Csr::in_order(network, Way::Out), &posts);
    let mut scratch = Scratch::default();
    let (mut plain, mut labelled) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (us, reach) = microseconds(|| network.reach(&mut scratch, &snaps, WHOLE, Way::Out));
        plain.push(us / 1e3);
        check_times(&reach, &truth);
        let (us, reach) =
            microseconds(|| network.nearest_source(&mut scratch, &snaps, WHOLE, Way::Out));
        labelled.push(us / 1e3);
        check_times(&reach, &truth);
        for (node, known) in network.map().node_ids().zip(&truth) {
            assert_eq!(reach.source(node).map(|i| i as u32), known.map(|known| known.1));
        }
    }
    let (plain, labelled) = (figure(median(plain)), figure(median(labelled)));
    let checked = "times of all nodes";
    jobs.row(&["the whole network from 100 posts", &format!("{plain} ms"), "20 ms", checked]);
    let checked = "times and posts of all nodes";
    jobs.row(&[
        "the same, with the nearest post of each node",
        &format!("{labelled} ms"),
        "",
        checked,
    ]);
}

fn check_times(reach: &Reach<'_>, truth: &[Option<(u32, u32)>]) {
    assert_eq!(reach.nodes().len(), truth.iter().flatten().count());
    for (node, time) in reach.nodes() {
        assert_eq!(truth[node.index()].map(|known| known.0), Some(time.0));
    }
}
