//! Where posts go: what is asked of the planner, where posts could stand, and what it answers.

use precinct_base::PostKind;
use precinct_core::Day;
use serde::{Deserialize, Serialize};

use crate::docs::docs;
use crate::{At, NameDoc, RunDoc};

macro_rules! bodies {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)+
        }
    )+};
}

/// What a plan of posts aims at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AimName {
    /// As much demand as can be within its minutes of a post.
    #[default]
    Cover,
    /// All demand that can be, or a share of it, with the fewest posts.
    Set,
    /// Demand within reach of a second post counts once more.
    Backup,
    /// As much demand as can be within reach of two posts, with a share of it within reach of one.
    Double,
    /// Expected demand covered when units are busy.
    Mexclp,
    /// The least mean time from the nearest post.
    Median,
    /// The least longest time from the nearest post.
    Centre,
}

impl AimName {
    /// Its name in records.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cover => "cover",
            Self::Set => "set",
            Self::Backup => "backup",
            Self::Double => "double",
            Self::Mexclp => "mexclp",
            Self::Median => "median",
            Self::Centre => "centre",
        }
    }
}

/// What a set of posts that covers all is to take least of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LeastName {
    /// Posts.
    #[default]
    Posts,
    /// Money.
    Money,
    /// People.
    Staff,
}

bodies! {
    /// What a post takes, and what it can serve.
    TermsBody {
        /// What it costs, in the planner's money; nothing if nothing is said.
        #[serde(default)]
        money: Option<u64>,
        /// How many people it takes; none if nothing is said.
        #[serde(default)]
        staff: Option<u64>,
        /// How much demand it can serve, in whole units of its measure; without limit if nothing is said.
        #[serde(default)]
        capacity: Option<u64>,
        /// With `mexclp`: the share of its time that its unit is busy, in thousandths; that of all if nothing is said.
        #[serde(default)]
        busy: Option<u16>,
    }
    /// What a post that is there takes, and what it can serve.
    PostTermsBody {
        /// Which.
        post: u32,
        /// Its terms.
        terms: TermsBody,
    }
    /// Where no post may be added.
    BarredBody {
        /// In none of these areas.
        #[serde(default)]
        areas: Vec<u32>,
        /// Near none of these places.
        #[serde(default)]
        places: Vec<At>,
        /// How near, in metres; 200 if nothing is said.
        #[serde(default)]
        metres: Option<u32>,
    }
    /// How much the demand of some hours of the day counts.
    BandBody {
        /// From the beginning of this hour, 0 to 23.
        from: u8,
        /// Until the beginning of this one; at or before `from` it is that of the next day.
        until: u8,
        /// How many times it counts, 0 to 100. Hours that no band has count once.
        times: u32,
    }
    /// Demand by hour: the city's files give a day's demand, and how it spreads over the hours is counted from calls, area by area.
    HoursBody {
        /// Where the calls are from, as of `GET /api/v1/whatif/days`; the city's own record if nothing is said.
        #[serde(default)]
        source: Option<String>,
        /// The days whose calls are counted: the plan is made from them, and is tried on others.
        #[schema(value_type = Vec<String>, example = json!(["2024-01-08"]))]
        days: Vec<Day>,
        /// How much hours count.
        bands: Vec<BandBody>,
    }
    /// The least cover of an area.
    FloorBody {
        /// Which area.
        area: u32,
        /// The share of its demand to be within its minutes of a post, in thousandths.
        least: u16,
    }
    /// Where posts could stand, besides those there are.
    CandidatesBody {
        /// The area they are in; the whole city if nothing is said.
        #[serde(default)]
        area: Option<u32>,
        /// How many street corners at the most; 400 if nothing is said.
        #[serde(default)]
        streets: Option<u32>,
        /// Whether at sites: hospitals, schools, stations.
        #[serde(default)]
        sites: bool,
        /// Places of one's own choice.
        #[serde(default)]
        places: Vec<At>,
    }
    /// Where posts are to go.
    SitingBody {
        /// Where they could stand, and the area whose demand counts.
        candidates: CandidatesBody,
        /// What to aim at; cover if nothing is said.
        #[serde(default)]
        aim: AimName,
        /// How many posts at the most, those that stay among them.
        #[serde(default)]
        choose: Option<u32>,
        /// How many more than those that stay; instead of `choose`.
        #[serde(default)]
        more: Option<u32>,
        /// Minutes by road within which places are to be reached, by grade, the most urgent first; the city's own if nothing is said.
        #[serde(default)]
        minutes: Option<Vec<u32>>,
        /// Longer minutes within which every place that can be is to be reached.
        #[serde(default)]
        outer_minutes: Option<u32>,
        /// With `set` or `double`: the share of all demand to be covered, in thousandths.
        #[serde(default)]
        share: Option<u16>,
        /// With `mexclp`: the share of its time that a unit is busy, in thousandths; 300 if nothing is said.
        #[serde(default)]
        busy: Option<u16>,
        /// Posts that stay; all police posts of the area if nothing is said. The others may stay or go.
        #[serde(default)]
        keep: Option<Vec<u32>>,
        /// Posts that go.
        #[serde(default)]
        forbid: Vec<u32>,
        /// Where no post may be added.
        #[serde(default)]
        barred: Option<BarredBody>,
        /// With `set`: what to take least of; posts if nothing is said.
        #[serde(default)]
        least: LeastName,
        /// The most money for all posts, those that stay among them.
        #[serde(default)]
        money: Option<u64>,
        /// The most people at all posts, those that stay among them.
        #[serde(default)]
        staff: Option<u64>,
        /// What each post that is added takes, and what it can serve.
        #[serde(default)]
        added: Option<TermsBody>,
        /// The same of posts that are there; those that are not named take nothing and serve without limit.
        #[serde(default)]
        posts: Vec<PostTermsBody>,
        /// Demand by hour; every hour counts alike if nothing is said.
        #[serde(default)]
        hours: Option<HoursBody>,
        /// Least cover of areas.
        #[serde(default)]
        floors: Vec<FloorBody>,
        /// How hard to look, in nodes of the search: the answer says how far from the best it may be.
        #[serde(default)]
        nodes: Option<u32>,
        /// The days whose calls the demand is, if it is of calls: the plan is tried on others.
        #[serde(default)]
        #[schema(value_type = Vec<String>, example = json!(["2024-01-08"]))]
        fitted: Vec<Day>,
        /// The plan it is made from.
        #[serde(default)]
        parent: Option<u32>,
    }
    /// A plan to be proposed: what a run came to.
    ProposePlanBody {
        /// The run.
        run: u64,
        /// What the plan is called.
        name: NameDoc,
        /// What posts that it adds are; standby points if nothing is said.
        #[serde(default)]
        #[schema(value_type = Option<String>, example = "standby")]
        post_kind: Option<PostKind>,
    }
}

docs! {
    /// Where a post could stand.
    SiteCandidateDoc {
        /// Where.
        at: At,
        /// What it is called.
        name: NameDoc,
        /// What it is: `post`, `street`, `site` or `listed`.
        origin: String,
        /// The post that stands there, if one does.
        post: Option<u32>,
    }
    /// A grade of place, which sets the time within which it is to be reached.
    SiteGradeDoc {
        /// What the city's files call it.
        grade: String,
        /// The city's own minutes for it.
        minutes: u32,
        /// The demand of the area in places of this grade, in thousandths of the measure.
        demand: u64,
    }
    /// Where posts could stand.
    SiteCandidatesDoc {
        /// The places.
        candidates: Vec<SiteCandidateDoc>,
        /// Posts and places near no street: none can stand there.
        off_road: u32,
        /// Grades of place, the most urgent first.
        grades: Vec<SiteGradeDoc>,
    }
    /// A post that was chosen.
    SitedPostDoc {
        /// Its number among the candidates.
        candidate: u32,
        /// Where.
        at: At,
        /// What it is called.
        name: NameDoc,
        /// What it is: `post`, `street`, `site` or `listed`.
        origin: String,
        /// The post that stands there, if one does.
        post: Option<u32>,
        /// Whether it had to stay.
        kept: bool,
    }
    /// What posts do for an area's demand.
    AreaClaimDoc {
        /// Which.
        area: u32,
        /// Its demand, in thousandths of the measure.
        demand: u64,
        /// What of it is within its minutes.
        covered: u64,
    }
    /// What posts do for demand.
    ClaimsDoc {
        /// All demand, in thousandths of the measure.
        demand: u64,
        /// What of it a post reaches within the minutes of its grade.
        covered: u64,
        /// What of it two posts do.
        twice: u64,
        /// What of it no post reaches in the longest time looked at.
        beyond: u64,
        /// The mean time to it, over what is reached.
        mean_ms: u64,
        /// The longest.
        longest_ms: u32,
        /// By area.
        areas: Vec<AreaClaimDoc>,
    }
    /// What a run came to.
    SitingDoc {
        /// What it aimed at.
        aim: AimName,
        /// What it reaches, in `parts` of a unit: demand, posts, milliseconds times demand, or milliseconds.
        objective: u64,
        /// What no plan can pass.
        bound: u64,
        /// How far the one is from the other at the most, in parts of a million.
        gap_ppm: u32,
        /// How many parts a unit of the objective is counted in.
        parts: u32,
        /// Whether no better plan is possible.
        proven: bool,
        /// Whether it was cancelled: this is the best that was known then.
        cancelled: bool,
        /// The minutes by grade, the most urgent first.
        minutes: Vec<u32>,
        /// The posts, those that stay among them.
        posts: Vec<SitedPostDoc>,
        /// Posts there are that the plan does not have.
        dropped: Vec<u32>,
        /// What those there are do today.
        before: ClaimsDoc,
        /// What the plan would do.
        after: ClaimsDoc,
        /// What holds the objective back.
        #[schema(value_type = Vec<Object>)]
        binds: Vec<serde_json::Value>,
        /// What the place is called at which one more post would help most, where posts bind.
        next_name: Option<NameDoc>,
        /// The days whose calls the demand is, or its hours are.
        #[schema(value_type = Vec<String>)]
        fitted: Vec<Day>,
        /// Calls by hour of the day that demand was spread over hours by; none where every hour counts alike.
        hours: Option<Vec<u64>>,
        /// What the posts take in money, those that stay among them.
        money: u64,
        /// How many people they take.
        staff: u64,
    }
    /// A run of the planner, and what it came to.
    SitingRunDoc {
        /// How it stands.
        run: RunDoc,
        /// What it came to, once it is over.
        result: Option<SitingDoc>,
    }
}
