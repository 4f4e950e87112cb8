//! Many searches at once, on all threads.

use precinct_base::NodeId;
use precinct_bench::baseline::{Csr, Plain};
use precinct_bench::ny;
use precinct_bench::results::{Markdown, cores, figure, grouped};
use precinct_bench::timing::{median, microseconds};
use precinct_roads::{Network, Snap, Way};

use super::ROUNDS;

const SIDE: usize = 100;
const CHECKED: usize = 1_000;
/// The whole-network job takes seconds.
const LONG_ROUNDS: usize = 3;

/// Adds the rows.
pub(super) fn measure(network: &Network, jobs: &mut Markdown) {
    let graph = Csr::in_order(network, Way::Out);
    let mut plain = Plain::new(&graph);
    table(network, &graph, &mut plain, jobs);
    let ones = vec![1; graph.nodes()];
    let (mut seconds, mut middle) = (Vec::new(), 0.0);
    for _ in 0..LONG_ROUNDS {
        let (us, totals) = microseconds(|| network.totals(&ones, ny::LIMIT, Way::Out));
        seconds.push(us / 1e6);
        middle = median(totals.iter().map(|&total| total as f64));
        for source in ny::sources(graph.nodes(), CHECKED) {
            plain.by_heap(&graph, source, ny::LIMIT.0);
            assert_eq!(totals[source as usize], plain.reached.len() as u64, "from node {source}");
        }
    }
    let job =
        format!("what each of {} nodes reaches in 300 s, counted", grouped(graph.nodes() as u64));
    let text = format!("{} s on {} threads", figure(median(seconds)), cores());
    let (checked, middle) = (grouped(CHECKED as u64), grouped(middle as u64));
    let checked = format!("{checked} counts by plain searches; the middle node reaches {middle}");
    jobs.row(&[&job, &text, "", &checked]);
}

fn table(network: &Network, graph: &Csr, plain: &mut Plain, jobs: &mut Markdown) {
    // The first sources of all lie anywhere; targets near enough to be reached are their neighbours in the order of nodes.
    let sources = ny::sources(graph.nodes(), SIDE);
    let near = |&source: &u32| (source + 100).min(graph.nodes() as u32 - 1);
    let targets: Vec<u32> = sources.iter().map(near).collect();
    let snaps = |nodes: &[u32]| -> Vec<Snap> {
        nodes.iter().map(|&node| ny::at_node(network, NodeId(node))).collect()
    };
    let (from, to) = (snaps(&sources), snaps(&targets));
    let mut ms = Vec::new();
    for _ in 0..ROUNDS {
        let (us, table) = microseconds(|| network.table(&from, &to, ny::LIMIT));
        ms.push(us / 1e3);
        for (i, &source) in sources.iter().enumerate() {
            plain.by_heap(graph, source, ny::LIMIT.0);
            for (time, &target) in table.row(i).iter().zip(&targets) {
                assert_eq!(time.map(|time| time.0), plain.time(target), "{source} to {target}");
            }
        }
    }
    let text = format!("{} ms on {} threads", figure(median(ms)), cores());
    jobs.row(&["table of 100 × 100 within 300 s", &text, "", "all by plain searches"]);
}
