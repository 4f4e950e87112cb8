//! The run itself: times by road from every candidate to demand, and the search.

use std::ops::ControlFlow;
use std::sync::Arc;

use precinct_base::AreaId;
use precinct_core::FileHash;
use precinct_planner::{
    Candidate, Claims, Demand, Inputs, Plan, PlanError, Progress, Sited as Candidates, Stage,
    Table, solve,
};
use precinct_siting::{Place, reach, reach_by_hour};

use super::Question;
use super::places::is_in;
use crate::app::App;
use crate::cover::rules;
use crate::runs::Run;

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Sited {
    pub(crate) question: Question,
    pub(crate) plan: Plan,
}

/// Times from the candidates of a question to the demand of its area.
fn table(app: &App, question: &Question) -> Result<Table, String> {
    let ground = &app.ground;
    let network = ground.planned().ok_or("this city has no streets that a unit can drive on")?;
    let rules = rules();
    let places: Vec<Place> = question.stands.iter().map(|stand| stand.place.clone()).collect();
    let floors: Vec<u32> = question.ask.floors.iter().map(|floor| floor.area).collect();
    let within = |demand: &precinct_city::Demand| -> Vec<AreaId> {
        let areas = ground.city.areas_at(demand.at).into_iter();
        areas.filter_map(|area| ground.area_number(area.index())).collect()
    };
    let of = |demand: &precinct_city::Demand| {
        let areas = within(demand);
        let floor = areas.iter().find(|area| floors.contains(&area.0));
        floor.or(areas.last()).copied()
    };
    if let Some((one, other)) = ground.city.demand.iter().find_map(|demand| {
        let mut both = within(demand).into_iter().filter(|area| floors.contains(&area.0));
        both.next().zip(both.next())
    }) {
        return Err(format!(
            "areas {} and {} overlap, and both have a least cover: give it to one of them",
            one.0, other.0
        ));
    }
    let how = (&rules, question.longest);
    let whole = match &question.shares {
        None => reach(&ground.city, network, &places, how, of),
        Some(shares) => {
            let of_calls = |demand: &precinct_city::Demand| ground.area(demand.at);
            reach_by_hour(&ground.city, network, &places, how, of, (shares, of_calls))
        }
    };
    let whole = whole.map_err(|error| error.to_string())?;
    if question.area == AreaId(0) {
        return Ok(whole.table);
    }
    let mut part = Table::new(whole.table.candidates(), whole.table.bands())
        .map_err(|error| error.to_string())?;
    for (row, &demand) in whole.demand.iter().enumerate() {
        if is_in(app, ground.city.demand[demand as usize].at, question.area) {
            let times: Vec<_> = whole.table.row(row).collect();
            let demand = Demand {
                weights: whole.table.weights(row),
                grade: whole.table.grade(row),
                area: whole.table.area(row),
            };
            part.push(&demand, &times).map_err(|error| error.to_string())?;
        }
    }
    Ok(part)
}

/// Times made anew, for a plan that is to be held against them.
pub(crate) fn again(app: &App, question: &Question) -> Result<Table, String> {
    table(app, question)
}

const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Building => "building",
        Stage::Bounding => "bounding",
        Stage::Searching => "searching",
    }
}

/// The hash of what the streets were made from.
fn roads(app: &App) -> String {
    FileHash(app.ground.map.made_from().0).to_string()
}

fn inputs(app: &App, question: &Question, table: &Table) -> Inputs {
    let (city, network) = (&app.ground.city, app.ground.planned());
    let rules = rules();
    let in_use = city.demand_uses.iter().find(|one| one.in_use);
    Inputs {
        city: city.name.local.clone(),
        demand: in_use.map(|one| one.name.clone()).unwrap_or_default(),
        profile: network.map(|network| network.profile().name().to_owned()).unwrap_or_default(),
        hour: 0,
        snap: rules.limit.0,
        islands: rules.islands,
        longest_ms: question.longest.0,
        roads: roads(app),
        table: table.checksum(),
    }
}

fn candidates(question: &Question) -> Vec<Candidates> {
    let one = |stand: &super::Stand| Candidates {
        at: stand.place.at,
        name: stand.place.name.local.clone(),
        origin: stand.origin.to_owned(),
        candidate: stand.candidate,
    };
    question.stands.iter().map(one).collect()
}

/// Does what is asked; the best so far if it is cancelled.
pub(crate) fn work(
    app: &App,
    mut question: Question,
    run: &Run,
) -> Result<Option<Arc<Sited>>, String> {
    run.tell(|seen| seen.stage = Some("measuring"));
    if let Some(hours) = &question.hours {
        let ends = || run.is_cancelled();
        match hours.counted(app, &ends) {
            Err(_) if run.is_cancelled() => return Ok(None),
            counted => question.shares = Some(counted?),
        }
    }
    let table = table(app, &question)?;
    if run.is_cancelled() {
        return Ok(None);
    }
    let described: Vec<Candidate> = question.stands.iter().map(|stand| stand.candidate).collect();
    let mut watch = |progress: &Progress| {
        run.tell(|seen| {
            seen.stage = Some(stage(progress.stage));
            seen.objective = progress.objective;
            seen.bound = progress.bound;
        });
        if run.is_cancelled() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let answer = match solve(&table, &described, &question.ask, &question.effort, &mut watch) {
        Err(PlanError::Cancelled) => return Ok(None),
        answer => answer.map_err(|error| error.to_string())?,
    };
    run.tell(|seen| {
        (seen.objective, seen.bound) = (Some(answer.objective), Some(answer.bound));
    });
    let posts = question.stands.iter().zip(0..).filter(|(stand, _)| stand.post.is_some());
    let today: Vec<u32> = posts.map(|(_, number)| number).collect();
    let before = Claims::of(&table, &question.ask, &today);
    let after = Claims::of(&table, &question.ask, &answer.chosen);
    let parent = question.parent.and_then(|parent| app.seal_of(parent));
    let inputs = inputs(app, &question, &table);
    let made = (inputs, question.ask.clone(), question.effort);
    let plan = Plan::new(parent, made, candidates(&question), answer, (before, after));
    Ok(Some(Arc::new(Sited { question, plan })))
}
