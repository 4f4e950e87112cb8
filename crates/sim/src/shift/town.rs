//! The town of a shift: its areas, posts, units and first tours.

use precinct_base::{AreaId, AreaLevel, LonLat, PostId, PostKind, Timestamp, UnitId};
use precinct_core::event::{AreaSet, PostSet, ShiftPlanned, UnitSet};
use precinct_core::{Code, Hours, Member, Moment, Order, Role, ShiftId, State, Title, Vehicle};

use super::post::{Happening, World};

/// Its middle.
const MIDDLE: (i64, i64) = (1_135_439_000, 221_987_000);

/// A place so many units of 1e-7 degree from the middle.
pub(super) fn place(east: i64, north: i64) -> LonLat {
    LonLat::new((MIDDLE.0 + east) as i32, (MIDDLE.1 + north) as i32)
        .unwrap_or_else(|| LonLat::new(0, 0).unwrap_or_default())
}

fn title(en: &str, zh: &str) -> Title {
    Title { en: en.to_owned(), zh: zh.to_owned() }
}

const FORCES: [&str; 3] = ["police", "auxiliary", "traffic"];
const SKILLS: [&str; 5] = ["patrol", "armed", "first_aid", "traffic", "mediation"];

/// Describes what of the town is not known yet and can be: what is smaller waits for what it lies in.
pub(super) fn describe(world: &mut World, state: &State, now: Moment) {
    let mut missing = areas(world, state);
    if missing == 0 {
        missing += posts(world, state);
    }
    if missing == 0 {
        for unit in (0..world.plan.units).map(UnitId) {
            if !state.units().contains_key(&unit) {
                missing += 1;
                self::unit(world, unit);
            } else if state.shifts().is_empty() {
                plan(world, unit, now);
            }
        }
    }
    if missing > 0 || state.shifts().is_empty() {
        world.within((2, 4), Happening::Describe);
    }
}

fn areas(world: &mut World, state: &State) -> usize {
    let areas = [
        (1, None, AreaLevel::City),
        (2, Some(1), AreaLevel::District),
        (3, Some(1), AreaLevel::District),
        (4, Some(2), AreaLevel::StationArea),
    ];
    let mut missing = 0;
    for (area, parent, level) in areas {
        let (area, parent) = (AreaId(area), parent.map(AreaId));
        if state.areas().contains_key(&area) {
            continue;
        }
        missing += 1;
        if parent.is_some_and(|parent| !state.areas().contains_key(&parent)) {
            continue;
        }
        let grade = (area.0 == 4).then(|| Code::literal("centre"));
        let title = title(&format!("Area {area}"), &format!("{area}区"));
        let set = AreaSet { area, parent, level, grade, reach: None, title };
        world.send(Role::Planner, Order::SetArea(set));
    }
    missing
}

fn posts(world: &mut World, state: &State) -> usize {
    let missing: Vec<u32> =
        (0..4).filter(|&post| !state.posts().contains_key(&PostId(post))).collect();
    for &post in &missing {
        let kind = if post == 0 { PostKind::Checkpoint } else { PostKind::StreetStation };
        let at = place(i64::from(post) * 40_000, i64::from(post % 2) * 30_000);
        let (area, hours) = (AreaId(2 + post % 2), Hours::ALWAYS);
        let title = title(&format!("Post {post}"), &format!("{post}号岗"));
        let set = PostSet { post: PostId(post), kind, area, at, hours, level: 2, title };
        world.send(Role::Planner, Order::SetPost(set));
    }
    missing.len()
}

fn member(unit: u32, n: u32) -> Member {
    let staff = format!("C{}", 300 + 2 * unit + n).parse().unwrap_or(Code::literal("C0"));
    Member { staff, force: Code::literal(FORCES[(unit % 3) as usize]) }
}

fn unit(world: &mut World, unit: UnitId) {
    let number = unit.0;
    let skills = [SKILLS[0], SKILLS[1 + (number % 4) as usize]];
    let set = UnitSet {
        unit,
        call_sign: format!("E{number}"),
        force: Code::literal(FORCES[(number % 3) as usize]),
        capabilities: skills.map(Code::literal).to_vec(),
        vehicle: if number % 4 == 3 { Vehicle::Motorcycle } else { Vehicle::Car },
        home: Some(PostId(number % 4)),
        area: AreaId(2 + number % 2),
        members: vec![member(number, 0), member(number, 1)],
    };
    world.send(Role::Planner, Order::SetUnit(set));
}

fn plan(world: &mut World, unit: UnitId, now: Moment) {
    let (shift, members) = (ShiftId(unit.0), vec![member(unit.0, 0), member(unit.0, 1)]);
    let (starts, ends) = (now.wall, Timestamp(now.wall.0 + 8 * 3_600_000));
    let plan = ShiftPlanned { shift, unit, members, starts, ends, waived: None };
    world.send(Role::Planner, Order::PlanShift(plan));
}
