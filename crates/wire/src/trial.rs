//! Plans tried on days that were: what is asked, and the figures of it.

use precinct_base::PostKind;
use precinct_core::{Day, FileHash, Hours, Priority};
use serde::{Deserialize, Serialize};

use crate::docs::docs;
use crate::{At, NameDoc, RunDoc};

/// A change to a plan.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields, tag = "change")]
pub enum ChangeBody {
    /// A post more.
    AddPost {
        /// What it is called.
        name: NameDoc,
        /// What it is; a standby point if nothing is said.
        #[serde(default)]
        #[schema(value_type = Option<String>)]
        kind: Option<PostKind>,
        /// Where it is.
        at: At,
        /// The units that stand there instead of where they did.
        #[serde(default)]
        units: Vec<u32>,
    },
    /// A post elsewhere.
    MovePost {
        /// Which.
        post: u32,
        /// Where it is now.
        at: At,
    },
    /// A post less: its units work from the nearest that is left.
    RemovePost {
        /// Which.
        post: u32,
    },
    /// A unit works from another post.
    Rehome {
        /// Which unit.
        unit: u32,
        /// From which post.
        post: u32,
    },
    /// More units.
    AddUnits {
        /// The unit they are like.
        like: u32,
        /// The post they work from.
        post: u32,
        /// How many.
        count: u32,
        /// When they are on duty, as 42 hexadecimal digits; none is always.
        #[serde(default)]
        #[schema(value_type = Option<String>)]
        hours: Option<Hours>,
    },
    /// A unit is off duty.
    TakeOff {
        /// Which.
        unit: u32,
        /// In which hours, as 42 hexadecimal digits; none is always.
        #[serde(default)]
        #[schema(value_type = Option<String>)]
        hours: Option<Hours>,
    },
    /// Streets are closed.
    Close {
        /// By name.
        #[serde(default)]
        streets: Vec<String>,
        /// The stretch nearest to each of these places.
        #[serde(default)]
        places: Vec<At>,
    },
}

/// A plan that is tried: the city as it is, with changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArmBody {
    /// What it is called.
    #[serde(default)]
    pub name: Option<String>,
    /// A plan on record that holds in it: its posts are there, and those it drops are not.
    #[serde(default)]
    pub plan: Option<u32>,
    /// How many units stand at each post that plan adds, from the nearest posts that have more than one; 1 if nothing is said.
    #[serde(default)]
    pub stand: Option<u32>,
    /// What else is other than it is, in order.
    #[serde(default)]
    pub changes: Vec<ChangeBody>,
    /// How units are chosen: `closest`, `cover-aware` or `joint`; `closest` if nothing is said.
    #[serde(default)]
    pub policy: Option<String>,
}

/// What is to be tried.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrialBody {
    /// The days whose calls are answered, each by itself.
    #[schema(value_type = Vec<String>, example = json!(["2024-01-08"]))]
    pub days: Vec<Day>,
    /// Where the calls are from: `record`, or a file of the folder `calls`; the record if nothing is said.
    #[serde(default)]
    pub source: Option<String>,
    /// The one plan.
    #[serde(default)]
    pub one: ArmBody,
    /// The other, held against it: by how much it differs is told, and how sure that is.
    #[serde(default)]
    pub other: Option<ArmBody>,
    /// How often each day is simulated, each time with other chance; 10 if nothing is said.
    #[serde(default)]
    pub seeds: Option<u32>,
    /// So many units at each police post, round the clock, in place of those that the board knows.
    #[serde(default)]
    pub per_post: Option<u32>,
    /// How much longer drives take than by the roads, in thousandths; 1000 if nothing is said.
    #[serde(default)]
    pub pace: Option<u16>,
    /// An area whose calls have figures of their own, beside those of all. The whole city is simulated all the same.
    #[serde(default)]
    pub area: Option<u32>,
}

docs! {
    /// A day whose calls are there.
    DayCallsDoc {
        /// The day, by the local calendar.
        #[schema(value_type = String)]
        day: Day,
        /// How many calls it has, but for what patrols came upon.
        calls: u32,
    }
    /// Where calls are from.
    CallSourceDoc {
        /// `record`, or the name of a file.
        source: String,
        /// Its days, rising.
        days: Vec<DayCallsDoc>,
        /// What is wrong with it, if it cannot be used.
        fault: Option<String>,
    }
    /// How soon units were there.
    ResponsesDoc {
        /// How many calls, over all runs.
        calls: u64,
        /// To how many nobody is known to have come.
        unknown: u64,
        /// The mean of those that are known.
        mean_ms: Option<u32>,
        /// What half of all did not exceed.
        p50_ms: Option<u32>,
        /// What nine in ten did not exceed.
        p90_ms: Option<u32>,
        /// The share within the target of its priority, in parts of 10,000.
        in_time: Option<u32>,
    }
    /// The same of one priority.
    PriorityResponsesDoc {
        /// Which.
        #[schema(value_type = u8)]
        priority: Priority,
        /// Its target.
        target_ms: u32,
        /// How soon.
        responses: ResponsesDoc,
    }
    /// The same of one area.
    AreaResponsesDoc {
        /// Which.
        area: u32,
        /// How soon.
        responses: ResponsesDoc,
    }
    /// The figures of one plan.
    ArmDoc {
        /// What it is called.
        name: String,
        /// The plan on record that holds in it.
        plan: Option<u32>,
        /// The SHA-256 of that plan's document.
        #[schema(value_type = Option<String>)]
        document: Option<FileHash>,
        /// Whether it is that plan and nothing else.
        pure: bool,
        /// How units are chosen.
        policy: String,
        /// How many posts it has.
        posts: u32,
        /// How many units.
        units: u32,
        /// How soon, of all calls.
        all: ResponsesDoc,
        /// By priority.
        by_priority: Vec<PriorityResponsesDoc>,
        /// By area.
        by_area: Vec<AreaResponsesDoc>,
        /// Hours on duty of all units together, a day.
        duty_hours: f64,
        /// Hours on a task, a day.
        task_hours: f64,
        /// Kilometres driven, a day.
        km: f64,
        /// By how much longer the unit that was sent took than the best then free, on average.
        regret_ms: Option<u32>,
        /// The share of demand within 1, 3 and 5 minutes of who was free, in parts of 10,000, at each look of the day; one every quarter of an hour.
        cover: Vec<[u32; 3]>,
    }
    /// By how much the other plan differs in one figure.
    DifferenceDoc {
        /// Which figure.
        figure: String,
        /// The mean under the one.
        one: f64,
        /// The mean under the other.
        other: f64,
        /// The other less the one.
        difference: f64,
        /// The interval that holds the true difference in 95 of 100 such trials; none with fewer than two observations.
        interval: Option<[f64; 2]>,
        /// How many observations it is of.
        observations: u32,
        /// In how many runs it is lower.
        lower: u32,
        /// In how many it is higher.
        higher: u32,
    }
    /// How soon, under one plan, of the calls in the area that was asked about.
    PartArmDoc {
        /// Of all of them.
        all: ResponsesDoc,
        /// By priority.
        by_priority: Vec<PriorityResponsesDoc>,
    }
    /// The calls in the area that was asked about and in those that lie in it, whoever came to them and from wherever.
    PartDoc {
        /// The area.
        area: u32,
        /// How many calls the days have there.
        calls: u32,
        /// The plans, the one first.
        arms: Vec<PartArmDoc>,
        /// By how much the other differs there, if there is another. What units did is of the whole city, and not told here.
        differences: Vec<DifferenceDoc>,
    }
    /// What a trial came to.
    TrialDoc {
        /// The days.
        #[schema(value_type = Vec<String>)]
        days: Vec<Day>,
        /// Where their calls are from.
        source: String,
        /// The SHA-256 of those calls as they were used.
        #[schema(value_type = String)]
        calls_hash: FileHash,
        /// How many calls they have.
        calls: u32,
        /// How often each day was to be simulated.
        seeds: u32,
        /// Runs that the figures are of, of each plan: days times seeds, or fewer if it was cancelled.
        runs: u32,
        /// The plans, the one first.
        arms: Vec<ArmDoc>,
        /// What the observations are: `pieces` are days, and the intervals hold for days like these; `seeds` are repeats of one day.
        basis: Option<String>,
        /// By how much the other differs, if there is another.
        differences: Vec<DifferenceDoc>,
        /// The same of the area that was asked about, if one was.
        part: Option<PartDoc>,
    }
    /// A post of a trial.
    TracePostDoc {
        /// Where it is.
        at: At,
        /// What it is called.
        name: NameDoc,
    }
    /// A drive, from one instant to another at an even pace.
    TraceLegDoc {
        /// When it begins, in milliseconds from the beginning of the day.
        from_ms: i64,
        /// When it ends.
        until_ms: i64,
        /// The way.
        path: Vec<At>,
        /// The call it is to, by its number in the trial; none is home.
        incident: Option<u32>,
    }
    /// A unit of a trial. Between its drives it stands where the last one ended; before the first at its post.
    TraceUnitDoc {
        /// Which.
        unit: u32,
        /// What it is called on the air.
        call_sign: String,
        /// Where its post is.
        home: Option<At>,
        /// Its drives, in order.
        legs: Vec<TraceLegDoc>,
    }
    /// A call of a trial.
    TraceCallDoc {
        /// When it came in, in milliseconds from the beginning of the day.
        from_ms: i64,
        /// Where.
        at: At,
        /// How urgent.
        #[schema(value_type = u8)]
        priority: Priority,
        /// How long until a unit was sent; none is never.
        dispatched_ms: Option<u32>,
        /// How long until the first was there.
        on_scene_ms: Option<u32>,
        /// How long until all was over.
        closed_ms: Option<u32>,
    }
    /// One day under one plan, to be watched.
    TraceDoc {
        /// The day.
        #[schema(value_type = String)]
        day: Day,
        /// The plan.
        arm: String,
        /// Which chance.
        seed: u32,
        /// How long the day is.
        lasts_ms: i64,
        /// The posts.
        posts: Vec<TracePostDoc>,
        /// The units, and where they drove.
        units: Vec<TraceUnitDoc>,
        /// The calls.
        calls: Vec<TraceCallDoc>,
    }
    /// A trial, and what it came to.
    TrialRunDoc {
        /// How it stands.
        run: RunDoc,
        /// What it came to, once it is over.
        result: Option<TrialDoc>,
    }
}

/// The trial that is put with a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanTrialBody {
    /// The run.
    pub run: u64,
}
