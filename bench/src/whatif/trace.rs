//! A trace as the twins read it: calls, where crews stand, and road times, or the roads themselves.

use std::path::{Path, PathBuf};
use std::process::Command;

use precinct_base::{LonLat, Millis};
use precinct_roads::{Along, Network, Snap, SnapRules, Way};
use precinct_whatif::{Answered, Returning};
use serde_json::{Value, json};

use super::peer::Twin;

/// What a twin says of one way to simulate.
pub(super) struct Said {
    pub(super) what: String,
    pub(super) rate: f64,
    /// How many calls it did, each as told.
    pub(super) equal: u64,
}

/// What the twins measured, once they have found every call to be as told.
pub(super) fn measured(twin: &Twin<'_>, told: &[Answered], python: &Path) -> Vec<Said> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../build/whatif");
    std::fs::create_dir_all(&folder).expect("a folder for the trace");
    let network = &twin.day.network;
    let rules = SnapRules { door: true, ..SnapRules::default() };
    let snap = |at: &LonLat| network.snap(*at, &rules).expect("a road is near");
    let mut places: Vec<LonLat> = twin.piece.calls.iter().map(|call| call.at).collect();
    places.extend(twin.day.plan.posts.iter().map(|post| post.at));
    places.sort_unstable();
    places.dedup();
    let snaps: Vec<Snap> = places.iter().map(snap).collect();
    let place = |at: LonLat| places.binary_search(&at).expect("it is there");
    let calls = twin.piece.calls.iter().map(|call| {
        let stay = call.crews[0].stay.expect("it is known").0;
        let received = call.received.0 - twin.piece.from.0;
        json!([received, call.priority.number(), place(call.at), stay])
    });
    let mut trace = json!({
        "calls": calls.collect::<Vec<Value>>(), "told": told_of(twin, told),
    });
    let posts = &twin.day.plan.posts;
    let homes = twin.day.plan.crews.iter().map(|crew| crew.unit.home.expect("a post"));
    if twin.returning == Returning::Busy {
        let of_posts: Vec<Snap> = posts.iter().map(|post| snap(&post.at)).collect();
        given(network, &snaps, &of_posts, &mut trace);
        trace["homes"] = json!(homes.map(|home| home.0).collect::<Vec<u32>>());
    } else {
        let at = |home| place(posts.iter().find(|post| post.post == home).expect("a post").at);
        trace["stands"] = json!(homes.map(at).collect::<Vec<usize>>());
        roads(network, &snaps, &folder, &mut trace);
    }
    std::fs::write(folder.join("trace.json"), trace.to_string()).expect("the trace");
    asked(python, &folder)
}

/// Unit, sent, there and done of each call.
fn told_of(twin: &Twin<'_>, told: &[Answered]) -> Vec<Value> {
    let one = |(one, call): (&Answered, &precinct_whatif::Call)| {
        let base = call.received.0 - twin.piece.from.0;
        let at = |time: Option<Millis>| base + i64::from(time.expect("known").0);
        let unit = one.unit.expect("sent").0 - 1;
        json!([unit, at(one.dispatched), at(one.on_scene), at(one.closed)])
    };
    told.iter().zip(twin.piece.calls.iter()).map(one).collect()
}

/// All road times between posts and calls.
fn given(network: &Network, places: &[Snap], posts: &[Snap], trace: &mut Value) {
    let day_long = Millis(86_400_000);
    let (to_call, to_home) =
        (network.table(posts, places, day_long), network.table(places, posts, day_long));
    let ms = |time: Option<Millis>| time.expect("a way leads there").0;
    let (posts, all) = (0..posts.len(), 0..places.len());
    let out: Vec<Vec<u32>> =
        posts.clone().map(|p| to_call.row(p).iter().map(|&t| ms(t)).collect()).collect();
    let back: Vec<Vec<u32>> =
        posts.map(|p| all.clone().map(|c| ms(to_home.get(c, p))).collect()).collect();
    (trace["to_call"], trace["to_home"]) = (json!(out), json!(back));
}

/// The roads, and how places lie on them.
fn roads(network: &Network, places: &[Snap], folder: &Path, trace: &mut Value) {
    let map = network.map();
    let mut arcs: Vec<u8> = Vec::new();
    for id in map.segment_ids() {
        let ends = map.segment(id);
        for (along, tail, head) in
            [(Along::Forward, ends.from, ends.to), (Along::Backward, ends.to, ends.from)]
        {
            if let Some(ms) = network.time(id, along) {
                for part in [tail.0, head.0, ms.0] {
                    arcs.extend(part.to_le_bytes());
                }
            }
        }
    }
    std::fs::write(folder.join("arcs.bin"), arcs).expect("the arcs");
    let ends = |way: Way| -> Vec<Vec<(u32, u32)>> {
        let of = |place: &Snap| network.ends(place, way).map(|(node, ms)| (node.0, ms.0)).collect();
        places.iter().map(of).collect()
    };
    let mut by_segment: Vec<usize> = (0..places.len()).collect();
    by_segment.sort_by_key(|&place| places[place].segment);
    let mut direct: Vec<(usize, usize, u32)> = Vec::new();
    for same in by_segment.chunk_by(|&a, &b| places[a].segment == places[b].segment) {
        for (&from, &to) in same.iter().flat_map(|from| same.iter().map(move |to| (from, to))) {
            let ms = network.direct(&places[from], &places[to]);
            direct.extend(ms.map(|ms| (from, to, ms.0)));
        }
    }
    trace["nodes"] = json!(map.node_count());
    trace["enter"] = json!(ends(Way::In));
    trace["leave"] = json!(ends(Way::Out));
    trace["direct"] = json!(direct);
}

/// Asks the twins.
fn asked(python: &Path, folder: &Path) -> Vec<Said> {
    let script: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers/simulation.py");
    let said =
        Command::new(python).arg(script).arg("measure").arg(folder).output().expect("Python");
    assert!(said.status.success(), "the twin differs: {}", String::from_utf8_lossy(&said.stderr));
    let one = |line: &str| {
        let said: Value = serde_json::from_str(line).expect("what the twin says");
        Said {
            what: said["what"].as_str().expect("a name").to_owned(),
            rate: said["calls_per_second"].as_f64().expect("a rate"),
            equal: said["equal"].as_u64().expect("a count"),
        }
    };
    String::from_utf8_lossy(&said.stdout).lines().map(one).collect()
}
