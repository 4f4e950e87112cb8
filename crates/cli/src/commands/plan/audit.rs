//! `precinct plan audit`: a saved plan, gone over from nothing but the city and the places in it.

use std::path::PathBuf;

use clap::Args;
use precinct_base::{HourOfWeek, LonLat, Metres, Millis};
use precinct_planner::{Finding, Plan, audit};
use precinct_roads::{Name, Profile, SnapRules};
use precinct_siting::at_places;
use serde::Serialize;

use super::by_hour::{HourCalls, reached};
use super::keep;
use crate::args::Shared;
use crate::commands::Done;
use crate::failure::Failure;
use crate::output::Out;
use crate::place::Place;
use crate::progress::Bar;

const EXAMPLE: &str = "\
Example:
  precinct plan posts cities/macau --choose 5 --keep police --save plan.json
  precinct plan audit plan.json cities/macau

A plan that was made with --hours is gone over with the --calls it was made with. The exit code is 1 if anything is not so.";

/// Arguments of `precinct plan audit`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Audit {
    /// The plan
    #[arg(value_name = "FILE.json")]
    plan: PathBuf,
    /// The city it is a plan of
    city: PathBuf,
    #[command(flatten)]
    calls: HourCalls,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// The answer.
#[derive(Serialize)]
struct Answer<'a> {
    sound: bool,
    seal: &'a str,
    parent: Option<&'a str>,
    findings: Vec<String>,
}

impl Audit {
    /// Runs the command.
    pub(crate) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        let plan = keep::read(&self.plan)?;
        let bar = Bar::new();
        let findings = self.findings(&plan, shared, &bar)?;
        drop(bar);
        let words = shared.lang().plan_words();
        if self.json {
            out.json(&Answer {
                sound: findings.is_empty(),
                seal: &plan.seal,
                parent: plan.parent.as_deref(),
                findings: findings.iter().map(ToString::to_string).collect(),
            })?;
        } else if findings.is_empty() {
            out.line(&format!("{} {}", words.sound, plan.seal))?;
        } else {
            findings.iter().try_for_each(|one| out.line(&one.to_string()))?;
        }
        Ok(if findings.is_empty() { Done::Yes } else { Done::No })
    }

    /// What is not so, with the reach table made anew from the places of the plan.
    fn findings(&self, plan: &Plan, shared: &Shared, bar: &Bar) -> Result<Vec<Finding>, Failure> {
        let inputs = &plan.inputs;
        let demand = Some(inputs.demand.as_str()).filter(|name| !name.is_empty());
        let place = Place::open(&self.city, shared, demand, bar)?;
        let unknown =
            |what: &str| Failure::Nothing(format!("the plan names {what} that is not known here"));
        let named = |profile: &&Profile| profile.name() == inputs.profile;
        let profile =
            Profile::ALL.iter().find(named).copied().ok_or_else(|| unknown("a traveller"))?;
        let hour = HourOfWeek::new(inputs.hour).ok_or_else(|| unknown("an hour"))?;
        let network = place.network_at(profile, hour)?;
        let rules = SnapRules { limit: Metres(inputs.snap), islands: inputs.islands, door: true };
        bar.step("measuring");
        let listed: Vec<(LonLat, Name)> =
            plan.candidates.iter().map(|one| (one.at, Name::default())).collect();
        let spots = at_places(&listed, &network, &rules);
        let longest = Millis(inputs.longest_ms);
        let shares = self.calls.counted(&place.city)?;
        if shares.is_some() == plan.ask.bands.is_empty() {
            return Err(Failure::Usage(by_hour_or_not(plan)));
        }
        let reached = reached(&place.city, &network, &spots, (&rules, longest), shares.as_ref())?;
        Ok(audit(plan, &reached.table))
    }
}

/// Why the calls that are named, or that none are, do not go with the plan.
fn by_hour_or_not(plan: &Plan) -> String {
    if plan.ask.bands.is_empty() {
        return "this plan does not count demand by hour: leave out --calls".to_owned();
    }
    "this plan counts demand by hour: name with --calls the record that it was made with".to_owned()
}
