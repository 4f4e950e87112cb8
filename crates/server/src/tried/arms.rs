//! The plans of a trial: the city as it is, with a plan on record and with changes.

use std::collections::BTreeSet;

use precinct_base::{AreaId, LonLat, PostId, PostKind, SegmentId, UnitId, caps};
use precinct_core::event::{PostSet, UnitSet};
use precinct_core::{Capability, Hours, PlanId, PlanKind, State, Vehicle};
use precinct_roads::SnapRules;
use precinct_whatif::{Arm, Change, Crew, Plan, Policy};
use precinct_wire::{ArmBody, ChangeBody, Coded};

use crate::app::App;
use crate::door::Failure;
use crate::ground::Ground;

/// Who is on duty in a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Crews {
    /// Those that the board knows, round the clock.
    Board,
    /// So many at each police post.
    PerPost(u32),
}

fn posts(state: &State) -> Vec<PostSet> {
    let post = |(&post, known): (&PostId, &precinct_core::Post)| PostSet {
        post,
        kind: known.kind,
        area: known.area,
        at: known.at,
        hours: known.hours,
        level: known.level,
        title: known.title.clone(),
    };
    state.posts().iter().map(post).collect()
}

/// Units that the board knows and that work from a post.
fn of_board(state: &State) -> Vec<Crew> {
    let working = state.units().iter().filter(|(_, unit)| !unit.is_lent());
    let crew = |(&unit, known): (&UnitId, &precinct_core::Unit)| {
        let home = known.home.filter(|home| state.posts().contains_key(home))?;
        Some(Crew {
            unit: UnitSet {
                unit,
                call_sign: known.call_sign.clone(),
                force: known.force,
                capabilities: known.capabilities.clone(),
                vehicle: known.vehicle,
                home: Some(home),
                area: known.area,
                members: Vec::new(),
            },
            on: Hours::ALWAYS,
        })
    };
    working.filter_map(crew).collect()
}

/// So many patrol cars at each police station and street station.
fn made_up(state: &State, posts: &[PostSet], each: u32) -> Vec<Crew> {
    let stations = [PostKind::PoliceStation, PostKind::StreetStation];
    let all = |wanted: &dyn Fn(&&PostSet) -> bool| -> Vec<PostId> {
        posts.iter().filter(wanted).map(|post| post.post).collect()
    };
    let homes = all(&|post| stations.contains(&post.kind));
    let homes = if homes.is_empty() { all(&|post| post.kind.is_police()) } else { homes };
    let forces = &state.catalogue().forces;
    let police = forces.iter().find(|force| force.code.as_str() == "police").or(forces.first());
    let Some(force) = police.map(|force| force.code) else { return Vec::new() };
    let capabilities: Vec<Capability> =
        state.catalogue().capabilities.iter().map(|one| one.code).collect();
    let crew = |(number, home): (u32, &PostId)| Crew {
        unit: UnitSet {
            unit: UnitId(number),
            call_sign: format!("{}-{}", home.0, number % each + 1),
            force,
            capabilities: capabilities.clone(),
            vehicle: Vehicle::Car,
            home: Some(*home),
            area: AreaId(0),
            members: Vec::new(),
        },
        on: Hours::ALWAYS,
    };
    let stands = homes.iter().flat_map(|home| std::iter::repeat_n(home, each as usize));
    (0..).zip(stands).map(crew).collect()
}

/// The city as it is.
fn as_it_is(app: &App, crews: Crews) -> Result<Plan, Failure> {
    let plan = app.board.look(|state, _| {
        let posts = posts(state);
        let crews = match crews {
            Crews::Board => of_board(state),
            Crews::PerPost(each) => made_up(state, &posts, each),
        };
        Plan { posts, crews, ..Plan::default() }
    });
    if plan.crews.is_empty() {
        return Err(Failure::conflict(
            "no unit works from a post: describe units, or say how many are at each post (`per_post`)",
        )
        .coded(Coded::trial_no_units()));
    }
    Ok(plan)
}

/// A plan on record holds. The posts of one of posts are there, with units that stood at the nearest posts, and those it drops are not;
/// the units of one of patrols are on their beats.
fn put_on_record(
    app: &App,
    plan: &mut Plan,
    id: PlanId,
    (crews, stand): (Crews, u32),
) -> Result<(), Failure> {
    let kind = app.board.look(|state, _| state.plans().get(&id).map(|plan| plan.kind));
    if kind == Some(PlanKind::Patrol) {
        if crews != Crews::Board {
            return Err(Failure::bad(
                "a patrol plan names units of the board: try it without `per_post`",
            )
            .coded(Coded::patrol_units()));
        }
        return app.patrol_document(id)?.put(plan);
    }
    let document = app.plan_document(id)?;
    let refused = |why: precinct_whatif::ChangeError| Failure::conflict(why.to_string());
    for add in document.adds() {
        let precinct_core::PlannedPost { kind, area, at, title, .. } = add;
        let crews = nearest(plan, at, stand);
        plan.change(&[Change::AddPost { title, kind, at, area, crews }]).map_err(refused)?;
    }
    for &post in &document.drops {
        if plan.post(post).is_some() {
            plan.change(&[Change::RemovePost { post }]).map_err(refused)?;
        }
    }
    Ok(())
}

/// So many units of the nearest posts that have more than one.
fn nearest(plan: &Plan, at: LonLat, count: u32) -> Vec<UnitId> {
    let mut posts: Vec<&PostSet> = plan.posts.iter().collect();
    posts.sort_by_key(|post| (post.at.distance(at), post.post));
    let mut taken = Vec::new();
    for post in posts {
        let own = plan.crews.iter().filter(|crew| crew.unit.home == Some(post.post));
        let own: Vec<UnitId> = own.map(|crew| crew.unit.unit).collect();
        let left = count as usize - taken.len();
        taken.extend(own.iter().skip(1).rev().take(left).copied());
        if taken.len() >= count as usize {
            break;
        }
    }
    taken
}

/// The stretches of street of these names, and those nearest to these places.
fn closed(
    ground: &Ground,
    streets: &[String],
    places: &[LonLat],
) -> Result<BTreeSet<SegmentId>, Failure> {
    let (map, mut closed) = (&ground.map, BTreeSet::new());
    for name in streets {
        let wanted = name.to_lowercase();
        let is = |segment: &SegmentId| {
            let known = map.segment_name(*segment);
            [&known.local, &known.zh, &known.en].iter().any(|text| text.to_lowercase() == wanted)
        };
        let before = closed.len();
        closed.extend(map.segment_ids().filter(is));
        if closed.len() == before {
            return Err(Failure::bad(format!(
                "no street is called {name:?}: write its name as the map has it"
            )));
        }
    }
    for &at in places {
        let snap = ground.planned().and_then(|network| network.snap(at, &SnapRules::default()));
        let snap = snap.ok_or_else(|| Failure::bad("one of `places` is near no street"))?;
        closed.insert(snap.segment);
    }
    Ok(closed)
}

fn change(app: &App, body: &ChangeBody) -> Result<Change, Failure> {
    Ok(match *body {
        ChangeBody::AddPost { ref name, kind, at, ref units } => Change::AddPost {
            title: name.clone().into(),
            kind: kind.unwrap_or(PostKind::Standby),
            at: at.0,
            area: app.ground.area(at.0),
            crews: units.iter().map(|&unit| UnitId(unit)).collect(),
        },
        ChangeBody::MovePost { post, at } => Change::MovePost { post: PostId(post), at: at.0 },
        ChangeBody::RemovePost { post } => Change::RemovePost { post: PostId(post) },
        ChangeBody::Rehome { unit, post } => {
            Change::Rehome { unit: UnitId(unit), post: PostId(post) }
        }
        ChangeBody::AddUnits { like, post, count, hours } => Change::AddCrews {
            like: UnitId(like),
            post: PostId(post),
            count: count.min(caps::TRIAL_UNITS_ADDED),
            on: hours.unwrap_or(Hours::ALWAYS),
        },
        ChangeBody::TakeOff { unit, hours } => {
            Change::TakeOff { unit: UnitId(unit), off: hours.unwrap_or(Hours::ALWAYS) }
        }
        ChangeBody::Close { ref streets, ref places } => {
            let places: Vec<LonLat> = places.iter().map(|at| at.0).collect();
            Change::Close(closed(&app.ground, streets, &places)?)
        }
    })
}

/// A plan of a trial.
pub(crate) fn arm(
    app: &App,
    body: &ArmBody,
    crews: Crews,
    otherwise: &str,
) -> Result<Arm, Failure> {
    let mut plan = as_it_is(app, crews)?;
    if let Some(id) = body.plan {
        put_on_record(app, &mut plan, PlanId(id), (crews, body.stand.unwrap_or(1)))?;
    }
    if body.changes.len() > caps::TRIAL_CHANGES {
        let most = caps::TRIAL_CHANGES;
        return Err(Failure::bad(format!("at most {most} changes of one plan")));
    }
    let changes: Vec<Change> =
        body.changes.iter().map(|one| change(app, one)).collect::<Result<_, _>>()?;
    plan.change(&changes).map_err(Failure::bad)?;
    let policy = body.policy.as_deref().unwrap_or("closest");
    let policy = Policy::named(policy).ok_or_else(|| {
        let known = Policy::names().join(", ");
        Failure::bad(format!("{policy:?} is no policy: use one of {known}"))
    })?;
    let name = body.name.clone().unwrap_or_else(|| otherwise.to_owned());
    Ok(Arm { name: name.chars().take(caps::NAME_LENGTH).collect(), plan, policy, shadow: None })
}
