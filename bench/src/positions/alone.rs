//! Each thing by itself, on one thread.

use std::hint::black_box;

use precinct_base::{Bounds, LonLat, MultiPolygon};
use precinct_bench::crowd;
use precinct_bench::results::{figure, grouped};
use precinct_bench::timing::{Times, median};
use precinct_positions::track;

use super::system::processor_us;
use super::{Bench, CHECKED, LIMIT, NEAREST};

const ROUNDS: usize = 7;
const QUERIES: usize = 50_000;
/// Times a short call is made.
const OFTEN: u32 = 25;

/// Rows: the job, the figure, what was checked.
type Rows = Vec<(String, String, String)>;

/// Measures all.
pub(super) fn measure(mut bench: Bench) -> Rows {
    let mut rows = Rows::new();
    fixes_and_ticks(&mut bench, &mut rows);
    bench.check();
    nearest(&bench, &mut rows);
    areas(&bench, &mut rows);
    tracks(&mut bench, &mut rows);
    rows
}

fn row(rows: &mut Rows, job: &str, text: String, checked: &str) {
    rows.push((job.to_owned(), text, checked.to_owned()));
}

fn fixes_and_ticks(bench: &mut Bench, rows: &mut Rows) {
    let (mut heard, mut ticks) = (0.0, 0.0);
    for _ in 0..ROUNDS {
        let fixes = bench.second();
        heard += processor_us(|| bench.hear(&fixes)).0;
        ticks += processor_us(|| bench.positions.tick(bench.now)).0;
    }
    let rate = (bench.units.len() * ROUNDS) as f64 * 1e6 / heard;
    let text = format!("{} a second", figure(rate));
    row(rows, "fixes heard, judged, taken", text, "every one taken");
    let text = format!("{} ms", figure(ticks / ROUNDS as f64 / 1e3));
    row(rows, "tick: a view with its index, of all", text, "by the rows below");
}

fn nearest(bench: &Bench, rows: &mut Rows) {
    let view = bench.positions.reader().view();
    let incidents = crowd::incidents(&bench.units, QUERIES, 6);
    let found = |at: &LonLat| black_box(view.nearest(*at, NEAREST, LIMIT).len());
    let all = |_| processor_us(|| incidents.iter().map(found).sum::<usize>());
    let rates = (0..ROUNDS).map(all).map(|(us, found)| {
        assert!(found > QUERIES, "somebody is near");
        QUERIES as f64 * 1e6 / us
    });
    let checked = format!("{CHECKED} against a look at every unit");
    let text = format!("{} a second", figure(median(rates)));
    row(rows, &format!("nearest {NEAREST}"), text, &checked);
    let all = Times::of(&incidents, |at| {
        found(at);
    });
    let text = format!("{} µs, {} µs", figure(all.median()), figure(all.quantile(0.99)));
    row(rows, "the same by the clock: p50, p99", text, "");
}

fn areas(bench: &Bench, rows: &mut Rows) {
    let view = bench.positions.reader().view();
    let everything = Bounds::around(bench.units.iter().copied()).expect("there are units");
    let (us, cells) = often(|| view.cells(everything, 64, 64).expect("not too many"));
    let counted: u64 = cells.counts().iter().map(|count| u64::from(*count)).sum();
    assert_eq!(counted, bench.units.len() as u64);
    row(
        rows,
        "everybody counted in 64 × 64 cells",
        format!("{} ms", figure(us / 1e3)),
        "their sum",
    );
    let area = district(everything);
    let (us, inside) = often(|| view.within_polygon(&area));
    let sample: Vec<_> = (0..bench.units.len()).step_by(997).collect();
    for unit in &sample {
        let found = inside.binary_search_by_key(&(*unit as u32), |it| it.unit.0).is_ok();
        assert_eq!(found, area.contains(bench.units[*unit]));
    }
    let text = format!("{} ms for {}", figure(us / 1e3), grouped(inside.len() as u64));
    row(rows, "within a ragged area of 1,000 corners", text, &format!("{} units", sample.len()));
}

/// The system counts in steps of some milliseconds: a short call is made again and again.
fn often<T>(call: impl Fn() -> T) -> (f64, T) {
    let (us, ()) = processor_us(|| {
        for _ in 0..OFTEN {
            black_box(call());
        }
    });
    (us / f64::from(OFTEN), call())
}

/// A ragged area of 1,000 corners that fills half of a box, more or less.
fn district(bounds: Bounds) -> MultiPolygon {
    let (centre, mut dice) = (bounds.centre(), crowd::Dice(7));
    let (min, max) = (bounds.min(), bounds.max());
    let corner = |number: u32| {
        let (sine, cosine) = (f64::from(number) * std::f64::consts::TAU / 1_000.0).sin_cos();
        let far = 0.35 + dice.below(100) as f64 / 1_000.0;
        let lon = f64::from(centre.lon()) + f64::from(max.lon() - min.lon()) * far * cosine;
        let lat = f64::from(centre.lat()) + f64::from(max.lat() - min.lat()) * far * sine;
        LonLat::new(lon as i32, lat as i32).expect("a corner within the box")
    };
    MultiPolygon::from_ring((0..1_000).map(corner).collect())
}

fn tracks(bench: &mut Bench, rows: &mut Rows) {
    let mut fixes = bench.second();
    for _ in 0..4 {
        fixes.extend(bench.second());
    }
    let count = fixes.len();
    let (us, bytes) = processor_us(|| track::encode(fixes.clone()).expect("not too many"));
    let (back_us, back) =
        processor_us(|| track::Partition::open(&bytes).and_then(|it| it.all()).expect("whole"));
    fixes.sort_unstable();
    assert!(back == fixes, "the track read is another");
    let rate = |us: f64| figure(count as f64 / us);
    let text = format!(
        "{} M a second, {} bytes each",
        rate(us),
        figure(bytes.len() as f64 / count as f64)
    );
    row(rows, "track: fixes sorted and packed", text, "equal when read");
    row(rows, "track: fixes read", format!("{} M a second", rate(back_us)), "");
}
