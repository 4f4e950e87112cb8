//! Plans as files.

use std::path::Path;

use precinct_base::{Millis, caps};
use precinct_planner::{Effort, Inputs, Plan, Sited};

use super::choices::Chosen;
use super::posts::Told;
use super::posts_answer::origin;
use crate::args::Travel;
use crate::failure::Failure;

/// How a plan was made, beside what was asked.
pub(super) struct How<'a> {
    pub(super) demand: &'a str,
    pub(super) travel: &'a Travel,
    pub(super) effort: Effort,
    pub(super) longest: Millis,
    pub(super) parent: Option<String>,
}

/// The plan to keep.
pub(super) fn plan(told: &Told<'_>, chosen: &Chosen, how: How<'_>) -> Plan {
    let inputs = Inputs {
        city: told.city.name.local.clone(),
        demand: how.demand.to_owned(),
        profile: told.network.profile().name().to_owned(),
        hour: how.travel.hour().index() as u8,
        snap: told.rules.limit.0,
        islands: told.rules.islands,
        longest_ms: how.longest.0,
        roads: precinct_planner::hex(&told.network.map().made_from().0),
        table: told.reached.table.checksum(),
    };
    let sited = |(spot, &candidate): (&precinct_siting::Place, _)| Sited {
        at: spot.at,
        name: spot.name.local.clone(),
        origin: origin(spot.origin).to_owned(),
        candidate,
    };
    let candidates = chosen.spots.iter().zip(&chosen.candidates).map(sited).collect();
    let claims = (told.change.before.clone(), told.change.after.clone());
    let asked = (inputs, told.ask.clone(), how.effort);
    Plan::new(how.parent, asked, candidates, told.answer.clone(), claims)
}

/// Reads a plan.
pub(crate) fn read(path: &Path) -> Result<Plan, Failure> {
    let failed = |source| Failure::ReadFile { path: path.to_owned(), source };
    if std::fs::metadata(path).map_err(failed)?.len() > caps::PLAN_FILE_BYTES {
        let most = caps::PLAN_FILE_BYTES;
        return Err(Failure::Nothing(format!("{} has more than {most} bytes", path.display())));
    }
    let bytes = std::fs::read(path).map_err(failed)?;
    serde_json::from_slice(&bytes).map_err(|error| {
        let path = path.display();
        Failure::Nothing(format!(
            "{path} is no plan: {error}; save one with precinct plan posts --save"
        ))
    })
}
