//! What is said of a feature: flat fields, as tables and maps of other programs want them.

use precinct_base::{AreaId, AreaLevel, PostId, PostKind, SiteKind};
use precinct_core::{
    Area, Code, DutyLevel, Ending, Incident, IncidentId, Post, PostState, Priority, Source, State,
    Status,
};
use serde::Serialize;

use crate::Time;

/// What is said of a feature, by its collection.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum PropertiesDoc {
    /// Of a post.
    Post(PostProperties),
    /// Of a site.
    Site(SiteProperties),
    /// Of an area.
    Area(AreaProperties),
    /// Of an incident.
    Incident(IncidentProperties),
}

/// What is said of a post.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct PostProperties {
    /// Its number.
    pub post: u32,
    /// What kind.
    #[schema(value_type = String)]
    pub kind: PostKind,
    /// Its name in English.
    pub name_en: String,
    /// Its name in Chinese.
    pub name_zh: String,
    /// The area it is in.
    pub area: u32,
    /// Its level, 1 (highest) to 3.
    pub level: u8,
    /// Open, reinforced or closed.
    #[schema(value_type = String)]
    pub state: PostState,
}

impl PostProperties {
    /// Of a post.
    pub fn new(id: PostId, post: &Post) -> Self {
        Self {
            post: id.0,
            kind: post.kind,
            name_en: post.title.en.clone(),
            name_zh: post.title.zh.clone(),
            area: post.area.0,
            level: post.level,
            state: post.state(),
        }
    }
}

/// What is said of a site.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct SiteProperties {
    /// Its number.
    pub site: u32,
    /// What kind.
    #[schema(value_type = String)]
    pub kind: SiteKind,
    /// What it is called, as signposted.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// Its name in Chinese.
    pub name_zh: String,
    /// The area it is in.
    pub area: u32,
    /// Its grade of place.
    pub grade: String,
}

/// What is said of an area.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct AreaProperties {
    /// Its number; 0 is the whole city.
    pub area: u32,
    /// The area it lies in.
    pub parent: Option<u32>,
    /// City, district, station area or grid cell.
    #[schema(value_type = String)]
    pub level: AreaLevel,
    /// Its name in English.
    pub name_en: String,
    /// Its name in Chinese.
    pub name_zh: String,
    /// Its grade of place.
    #[schema(value_type = Option<String>)]
    pub grade: Option<Code>,
    /// The duty level that holds in it.
    #[schema(value_type = String)]
    pub duty_level: DutyLevel,
}

impl AreaProperties {
    /// Of an area.
    pub fn new(state: &State, id: AreaId, area: &Area) -> Self {
        Self {
            area: id.0,
            parent: area.parent.map(|parent| parent.0),
            level: area.level,
            name_en: area.title.en.clone(),
            name_zh: area.title.zh.clone(),
            grade: area.grade,
            duty_level: state.duty_level(id),
        }
    }
}

/// What is said of an incident: nothing that was written freely, and nobody's number.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct IncidentProperties {
    /// Its number.
    pub incident: u32,
    /// open, merged or closed.
    pub status: &'static str,
    /// Its type.
    #[schema(value_type = String)]
    pub kind: Code,
    /// Its urgency, 1 to 5.
    #[schema(value_type = u8)]
    pub priority: Priority,
    /// Through which door it came.
    #[schema(value_type = String)]
    pub source: Source,
    /// When it was reported; null is unknown.
    pub reported: Option<Time>,
    /// When it was taken in.
    pub opened: Time,
    /// Since when it is merged or closed.
    pub ended: Option<Time>,
    /// How it ended: the disposition, or the reason why it was cancelled.
    #[schema(value_type = Option<String>)]
    pub ending: Option<Code>,
    /// The incident it goes on under, if it was merged.
    pub merged_into: Option<u32>,
    /// The area it is in.
    pub area: u32,
    /// Hazards of the place.
    #[schema(value_type = Vec<String>)]
    pub hazards: Vec<Code>,
    /// How many units are on it.
    pub units: usize,
}

impl IncidentProperties {
    /// Of an incident.
    pub fn new(id: IncidentId, incident: &Incident) -> Self {
        let (status, ended, ending, merged_into) = match incident.status {
            Status::Open => ("open", None, None, None),
            Status::Merged { into, at } => ("merged", Some(at), None, Some(into.0)),
            Status::Closed { how: Ending::Cancelled(how) | Ending::Resolved(how), at } => {
                ("closed", Some(at), Some(how), None)
            }
        };
        Self {
            incident: id.0,
            status,
            kind: incident.grading.kind,
            priority: incident.grading.priority,
            source: incident.source,
            reported: incident.reported.map(Time),
            opened: incident.opened.wall.into(),
            ended: ended.map(|at| at.wall.into()),
            ending,
            merged_into,
            area: incident.place.area.0,
            hazards: incident.hazards.clone(),
            units: incident.assignments.iter().filter(|task| task.ended.is_none()).count(),
        }
    }
}
