//! The cuts alone, written down so that other programs can be asked for the same: `bench/peers/containment`.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use precinct_bench::ny;
use precinct_bench::timing::{median, microseconds};
use precinct_containment::{Instance, Solver};
use serde_json::{Value, json};

use super::{Town, towns};

/// So many balls of each city, each cut so often.
const BALLS: usize = 25;
const ROUNDS: usize = 5;

/// Writes the balls with our answers and times.
pub(crate) fn dump(folder: &Path, to: &Path) {
    let balls: Vec<Value> = towns(folder).iter().flat_map(of_town).collect();
    std::fs::create_dir_all(to).expect("the folder can be made");
    let file = File::create(to.join("balls.json")).expect("the file can be made");
    serde_json::to_writer(BufWriter::new(file), &balls).expect("the balls can be written");
    println!("{} balls in {}", balls.len(), to.display());
}

fn of_town(town: &Town) -> Vec<Value> {
    let mut solver = Solver::default();
    let nodes = ny::sources(town.network.map().node_count(), BALLS);
    let mut ball = |&node: &u32| {
        let question = town.ask(node);
        let instance = solver.instance(&question).expect("it is a fair question");
        let mut cut = || microseconds(|| solver.fewest_anywhere());
        let (times, values): (Vec<f64>, Vec<usize>) = (0..ROUNDS).map(|_| cut()).unzip();
        assert!(values.iter().all(|&value| value == values[0]), "one ball has one answer");
        told(town.name, &instance, (values[0], median(times)))
    };
    nodes.iter().map(&mut ball).collect()
}

fn told(city: &str, instance: &Instance, (value, us): (usize, f64)) -> Value {
    let Instance { closable, arcs, sources, exits } = instance;
    let (tails, heads): (Vec<u32>, Vec<u32>) = arcs.iter().copied().unzip();
    let closable: Vec<u8> = closable.iter().map(|&can| u8::from(can)).collect();
    json!({
        "city": city, "value": value, "us": us,
        "closable": closable, "tails": tails, "heads": heads, "sources": sources, "exits": exits,
    })
}
