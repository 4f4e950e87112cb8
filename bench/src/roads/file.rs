//! The road map's making, its file, and other speeds.

use precinct_base::HourOfWeek;
use precinct_bench::ny;
use precinct_bench::results::{Markdown, figure};
use precinct_bench::timing::{median, microseconds};
use precinct_roads::{Along, Draft, Factor, Network, Profile, RoadClass, RoadMap, SpeedTable};

use super::ROUNDS;

/// Adds the rows.
pub(super) fn measure(draft: &Draft, network: &Network, jobs: &mut Markdown) {
    let path = std::env::temp_dir().join(format!("precinct-bench-{}.roads", std::process::id()));
    let (mut build, mut write, mut load, mut weigh) = (vec![], vec![], vec![], vec![]);
    let mut bytes = 0;
    for _ in 0..ROUNDS {
        let (us, map) = microseconds(|| ny::map(draft));
        build.push(us / 1e3);
        let (us, written) = microseconds(|| {
            let file = map.to_bytes();
            std::fs::write(&path, &file).map(|()| file.len())
        });
        bytes = written.expect("the temporary folder takes a file");
        write.push(us / 1e3);
        let (us, read) = microseconds(|| {
            let file = std::fs::read(&path).expect("the file just written");
            RoadMap::from_bytes(&file)
        });
        load.push(us / 1e3);
        assert!(read.is_ok_and(|read| read == *map && read == *network.map()), "the map as it was");
        weigh.push(reweigh(network));
    }
    // It is only a temporary file: if it cannot be removed now, the system does it some day.
    let _ = std::fs::remove_file(&path);
    let mut row = |job: &str, ms: Vec<f64>, checked: &str| {
        jobs.row(&[job, &format!("{} ms", figure(median(ms))), "", checked]);
    };
    row("road map from the import: checked, ordered, packed", build, "equal in each round");
    row(&format!("road file written, {:.1} MB", bytes as f64 / 1e6), write, "");
    row("road file read and checked", load, "equal to what was written");
    row("other speeds on the same map", weigh, "every time on every segment");
}

/// Milliseconds to double all times.
fn reweigh(network: &Network) -> f64 {
    let hour = HourOfWeek::default();
    let mut slow = SpeedTable::as_imported();
    for class in RoadClass::ALL {
        slow.set_class(class, hour, Factor(2_000));
    }
    let (us, other) = microseconds(|| network.with(Profile::PoliceCar, &slow, hour, |_| 0));
    for id in network.map().segment_ids() {
        for along in [Along::Forward, Along::Backward] {
            let doubled = network.time(id, along).map(|time| time + time);
            assert_eq!(other.time(id, along), doubled);
        }
    }
    us / 1e3
}
