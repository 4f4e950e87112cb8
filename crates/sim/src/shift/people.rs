//! The public: calls by place and hour, some of them of the same thing.

use precinct_base::AreaId;
use precinct_core::{Code, Intake, Order, Place, Role, Source};

use super::post::{Happening, World};
use super::town::place;

/// How busy each hour of the day is, in hundredths of the busiest.
const BUSY: [i64; 24] = [
    70, 55, 40, 30, 20, 15, 20, 35, 55, 60, 60, 65, 70, 70, 70, 75, 80, 90, 95, 100, 100, 95, 90,
    80,
];
/// Where much happens: east and north of the middle.
const HOT: [(i64, i64); 3] = [(0, 0), (60_000, 20_000), (-50_000, -40_000)];

const KINDS: [&str; 10] = [
    "robbery",
    "burglary",
    "noise",
    "traffic_accident",
    "mediation",
    "domestic",
    "medical",
    "fire",
    "lost_person",
    "other",
];
const TEXTS: [&str; 4] =
    ["two people in front of the shop", "门口有人打架", "smoke from the third floor", ""];

/// Somebody calls, and the next call is on its way.
pub(super) fn call(world: &mut World) {
    let day = 24 * 3_600_000;
    let hour = (world.plan.starts().0 + world.now.cast_signed()).rem_euclid(day) / 3_600_000;
    let rate = (i64::from(world.plan.calls) * BUSY[hour as usize]).max(1);
    let mean = 3_600_000 * 100 / rate;
    // The sum of two even waits: no rarely long one, and no memory that matters here.
    let wait = world.rng.between(0, mean) + world.rng.between(0, mean);
    world.after(wait as u64, Happening::Call);
    report(world, None);
    if world.rng.chance(150) {
        report(world, Some(()));
    }
}

/// One report; `again` is by another caller, of much the same.
fn report(world: &mut World, again: Option<()>) {
    let rng = &mut world.rng;
    let (east, north) = if rng.chance(600) || again.is_some() {
        let (east, north) = HOT[rng.index(HOT.len())];
        (east + rng.between(-8_000, 8_000), north + rng.between(-8_000, 8_000))
    } else {
        (rng.between(-150_000, 150_000), rng.between(-120_000, 120_000))
    };
    let sources =
        [Source::Call, Source::Call, Source::Call, Source::Alarm, Source::Report, Source::Partner];
    let intake = Intake {
        source: sources[rng.index(sources.len())],
        reported: None,
        kind: Code::literal(KINDS[rng.index(KINDS.len())]),
        priority: None,
        place: Place {
            at: place(east, north),
            segment: None,
            address: None,
            area: AreaId(2 + rng.index(3) as u32),
        },
        hazards: if rng.chance(100) { vec![Code::literal("gas")] } else { Vec::new() },
        text: None,
        contact: None,
    };
    let text = TEXTS[rng.index(TEXTS.len())];
    let text = (!text.is_empty()).then_some(text);
    world.send_with(Role::CallTaker, Order::OpenIncident(intake), text, None);
}
