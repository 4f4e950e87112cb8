//! The base map of real cities: how long it takes to make and to read, and every tile of it cut.

mod city;
mod cut;
mod decode;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use precinct_bench::results::{Markdown, cores, figure, grouped};
use precinct_bench::timing::{Times, median, microseconds};
use precinct_tiles::BaseMap;

use city::City;

const ROUNDS: usize = 5;

/// The report; `keep` is where to leave the tiles of the first city.
pub(crate) fn report(keep: Option<&Path>) -> String {
    let mut made = Markdown::new(&[
        "city",
        "extract",
        "scenery read",
        "streets",
        "scenery",
        "map made",
        "points",
        "file",
        "file written",
        "file read",
    ]);
    let mut cut = Markdown::new(&[
        "city",
        "zoom",
        "tiles",
        "not empty",
        "p50",
        "p99",
        "longest",
        "gzip p50",
        "gzip largest",
    ]);
    for city in City::ALL {
        let Some(file) = data().map(|data| data.join(city.file)).filter(|file| file.is_file())
        else {
            eprintln!("skipped: {} is not there (set PRECINCT_DATA)", city.file);
            continue;
        };
        let map = made_row(&city, &file, &mut made);
        cut::rows(&city, &map, &mut cut);
        if let Some(folder) = keep.filter(|_| city.name == City::ALL[0].name) {
            cut::keep(&city, &map, folder).expect("the folder can be written to");
        }
        (city.check)(&map);
    }
    told(&made, &cut)
}

fn told(made: &Markdown, cut: &Markdown) -> String {
    let mut text = String::from(
        "## Base map\n\nCommand: `cargo run --profile bench -p precinct-bench -- tiles --write`. ",
    );
    let _ = writeln!(
        text,
        "{} cores; the extract is read on both, the rest is done on one. Medians of {ROUNDS} rounds; San Francisco's extract has streets and points only.\n\n{}\n\
         Every tile of the city's box cut, nothing cached, each timed once. Sizes as \
         sent, gzip level 6. In each tile of Macau's Inner Harbour there is water, \
         and there are streets with Chinese and Portuguese names.\n\n{}",
        cores(),
        made.text(),
        cut.text()
    );
    text
}

/// Makes the map of a city several times, tells what it took, and gives the map as read from its file.
fn made_row(city: &City, file: &Path, table: &mut Markdown) -> BaseMap {
    let (mut read, mut make, mut write, mut again) = (vec![], vec![], vec![], vec![]);
    let mut last = None;
    let streets = city.streets(file);
    for _ in 0..ROUNDS {
        let (read_us, scenery) = microseconds(|| city.scenery(file));
        let counts = (streets.len(), scenery.features.len());
        let features: Vec<_> = city::features(scenery).chain(streets.iter().cloned()).collect();
        let (make_us, map) = microseconds(|| city.map(features));
        let (write_us, bytes) = microseconds(|| map.to_bytes());
        let (again_us, same) = microseconds(|| BaseMap::from_bytes(&bytes));
        assert_eq!(same.as_ref(), Ok(&map), "{} comes back from its file as it went", city.name);
        if let Some((_, before, _)) = &last {
            assert!(*before == bytes, "{} is the same bytes every time", city.name);
        }
        for (all, us) in [
            (&mut read, read_us),
            (&mut make, make_us),
            (&mut write, write_us),
            (&mut again, again_us),
        ] {
            all.push(us / 1e3);
        }
        last = Some((map, bytes, counts));
    }
    let (map, bytes, (streets, scenery)) = last.expect("there was a round");
    let size = std::fs::metadata(file).map_or(0, |file| file.len());
    let ms = |all: Vec<f64>| format!("{} ms", figure(median(all)));
    let mb = |bytes: u64| format!("{} MB", figure(bytes as f64 / 1e6));
    table.row(&[
        city.name.to_owned(),
        mb(size),
        ms(read),
        grouped(streets as u64),
        grouped(scenery as u64),
        ms(make),
        grouped(map.point_count() as u64),
        mb(bytes.len() as u64),
        ms(write),
        ms(again),
    ]);
    map
}

/// Milliseconds of a share of times.
fn ms(times: &Times, share: f64) -> String {
    format!("{:.2} ms", times.quantile(share) / 1e3)
}

/// The folder of real data: `PRECINCT_DATA`, else `../shared/data` beside the checkout.
fn data() -> Option<PathBuf> {
    let root = std::env::var_os("PRECINCT_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"),
        PathBuf::from,
    );
    root.is_dir().then_some(root)
}
