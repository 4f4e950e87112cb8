//! Whom to send: every unit of a city ranked, its cover, several incidents at once, each held against plain searches.

mod check;
mod town;

use std::sync::Arc;

use precinct_advice::{
    Covered, DemandPoint, Field, MoveUpRules, PostPlace, Recommendation, joint, move_ups, recommend,
};
use precinct_base::{Millis, PostId};
use precinct_bench::ny;
use precinct_bench::results::{Markdown, cores, figure, grouped};
use precinct_bench::timing::{Times, microseconds};
use precinct_osm::{ClassSpeeds, Clip, RoadOptions, Silent, read_roads};
use precinct_roads::{Fleet, Network, Profile, Scratch, Snap, Way};

use self::town::Town;

/// Units in a city.
const UNITS: usize = 10_000;
/// Units in the same city when few are left.
const FEW: usize = 300;
const INCIDENTS: usize = 1_000;
/// Incidents whose every answer is held against plain searches.
const CHECKED: usize = 50;
const WAITING: usize = 20;
const POSTS: usize = 60;
const ROUNDS: usize = 7;

/// The whole section of the results; nothing where there is no San Francisco to measure on.
pub(crate) fn report() -> Option<String> {
    let extract = ny::folder()?.with_file_name("sf").join("san-francisco.osm.pbf");
    if !extract.is_file() {
        return None;
    }
    let (clip, speeds) = (Clip::default(), ClassSpeeds::default());
    let options = RoadOptions { clip: &clip, speeds: &speeds, progress: &Silent };
    let roads = read_roads(&extract, &options).expect("the extract can be read");
    let network = Arc::new(ny::network(ny::map(&roads.draft)));
    let mut table = Markdown::new(&["job", "p50", "p99", "longest", "checked"]);
    let demand = measure(&network, &mut table);
    Some(format!(
        "## Advice\n\nMade by `cargo run --profile bench -p precinct-bench -- advice` on {} cores, one thread: San Francisco, {} \
         junctions and {} places of demand with thresholds of 1, 3 and 5 minutes; {} units spread over all streets, nine in ten of \
         them cars and the rest on foot where the roads have walkers, one in twenty off duty, one out of service and one on another \
         task. Had an answer been wrong, there would be no table.\n\n{}",
        cores(),
        grouped(network.map().node_count() as u64),
        grouped(demand as u64),
        grouped(UNITS as u64),
        table.text()
    ))
}

/// Adds the rows; how many places of demand there are.
fn measure(network: &Arc<Network>, table: &mut Markdown) -> usize {
    let town = Town::new(network, UNITS, INCIDENTS);
    let field = town.field(&town.demand);
    answers(&town, &field, table);
    fields(&town, table);
    together(&town, &field, table);
    moves(&Town::new(network, FEW, 0), table);
    town.demand.len()
}

fn row(table: &mut Markdown, job: &str, times: &Times, checked: &str) {
    let ms = |share| format!("{} ms", figure(times.quantile(share) / 1e3));
    table.row(&[job, &ms(0.5), &ms(0.99), &ms(1.0), checked]);
}

fn answers(town: &Town, field: &Field, table: &mut Markdown) {
    let mut scratch = Scratch::default();
    let questions = town.questions(field);
    let told: Vec<Recommendation> =
        questions.iter().map(|question| recommend(question, &mut scratch)).collect();
    check::rankings(town, &questions[..CHECKED], &told[..CHECKED]);
    check::covers(town, &told[..CHECKED / 5]);
    let times = Times::of(&questions, |question| {
        std::hint::black_box(recommend(question, &mut scratch));
    });
    let job = format!(
        "a recommendation: {} units in or out, the set, cover for each and all",
        grouped(UNITS as u64)
    );
    let checked = format!("every unit of {CHECKED} by plain searches, cover of {}", CHECKED / 5);
    row(table, &job, &times, &checked);
}

fn fields(town: &Town, table: &mut Markdown) {
    let timed = |demand: &Arc<[DemandPoint]>| {
        (0..ROUNDS).map(|_| microseconds(|| town.field(demand)).0).collect::<Times>()
    };
    row(table, "the field, made anew", &timed(&town.demand), "by the row above");
    row(table, "the same without cover", &timed(&Arc::from([])), "by the first row");
    let network = town.networks.get(Profile::PoliceCar).expect("cars drive");
    let snaps: Vec<Snap> = town.cars();
    let sweep = (0..ROUNDS).map(|_| microseconds(|| two_by_sweep(network, &snaps, &town.demand)));
    let (sweep, by_sweep): (Vec<f64>, Vec<_>) = sweep.unzip();
    let each = (0..ROUNDS).map(|_| microseconds(|| two_by_searches(network, &snaps, &town.demand)));
    let (each, by_each): (Vec<f64>, Vec<_>) = each.unzip();
    assert_eq!(by_sweep[0], by_each[0], "both ideas find the same two cars");
    row(
        table,
        "the two nearest cars to all demand: one sweep (kept)",
        &sweep.into_iter().collect(),
        "each by the other",
    );
    row(
        table,
        "the same by a search from each place",
        &each.into_iter().collect(),
        "each by the other",
    );
}

/// Times of the two nearest to each point.
type Two = Vec<[Option<Millis>; 2]>;

const FARTHEST: Millis = Millis(300_000);

fn two_by_sweep(network: &Network, snaps: &[Snap], demand: &[DemandPoint]) -> Two {
    let two = network.two_nearest(snaps, FARTHEST, Way::Out);
    demand.iter().map(|point| two.at(&point.snap).map(|one| Some(one?.0))).collect()
}

fn two_by_searches(network: &Network, snaps: &[Snap], demand: &[DemandPoint]) -> Two {
    let (fleet, mut scratch) = (Fleet::new(network, snaps.to_vec()), Scratch::default());
    let two = |point: &DemandPoint| {
        let near = network.nearest_units(&mut scratch, &fleet, &point.snap, 2, FARTHEST);
        [0, 1].map(|i| near.get(i).map(|one| one.1))
    };
    demand.iter().map(two).collect()
}

fn together(town: &Town, field: &Field, table: &mut Markdown) {
    let mut scratch = Scratch::default();
    let questions = town.questions(field);
    let mut others = 0;
    let times: Times = questions
        .chunks_exact(WAITING)
        .take(ROUNDS)
        .map(|waiting| {
            let (us, told) = microseconds(|| joint(waiting, &mut scratch));
            assert!(told.together <= told.apart, "together is never worse");
            others += usize::from(told.differs().next().is_some());
            us
        })
        .collect();
    let checked = format!("never worse than one by one; other units in {others} of {ROUNDS}");
    row(table, &format!("{WAITING} incidents that wait, together"), &times, &checked);
}

fn moves(town: &Town, table: &mut Markdown) {
    let mut scratch = Scratch::default();
    let field = town.field(&town.demand);
    let posts: Vec<PostPlace> = (0..)
        .zip(town.corners(POSTS))
        .map(|(post, at)| PostPlace { post: PostId(post), at })
        .collect();
    let normal = Covered { within: [u64::MAX; 3], of: u64::MAX };
    let rules = MoveUpRules { threshold: 1, ..MoveUpRules::default() };
    let times = (0..ROUNDS).map(|_| {
        let (us, told) =
            microseconds(|| move_ups(&field, &posts, normal, &[], rules, &mut scratch));
        for one in &told {
            let [before, after] =
                [one.effect.before, one.effect.after].map(|cover| cover.within[1]);
            assert_eq!(before + one.gained, after + one.cost, "what is gained and lost adds up");
        }
        us
    });
    let times: Times = times.collect();
    let job = format!("up to 3 moves of {FEW} units to {POSTS} posts");
    row(table, &job, &times, "sums; each move by trying all in the tests");
}
