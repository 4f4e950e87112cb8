//! Describing areas, posts, units and tours.

use precinct_base::{AreaId, AreaLevel, Millis, PostId, PostKind, UnitId};
use precinct_core::event::{AreaSet, PostSet, ShiftPlanned, UnitSet};
use precinct_core::{Catalogue, Code, Hours, Member, ShiftId, StaffNo, Title, Vehicle};
use serde::{Deserialize, Serialize};

use crate::{At, Time};

/// A name in English and Chinese; at least one is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NameDoc {
    /// In English.
    #[serde(default)]
    pub en: String,
    /// In Chinese.
    #[serde(default)]
    pub zh: String,
}

impl From<&Title> for NameDoc {
    fn from(title: &Title) -> Self {
        Self { en: title.en.clone(), zh: title.zh.clone() }
    }
}

impl From<NameDoc> for Title {
    fn from(name: NameDoc) -> Self {
        Self { en: name.en, zh: name.zh }
    }
}

/// A member of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberDoc {
    /// The staff number.
    #[schema(value_type = String)]
    pub staff: StaffNo,
    /// The force, a code of the catalogue.
    #[schema(value_type = String)]
    pub force: Code,
}

impl From<MemberDoc> for Member {
    fn from(MemberDoc { staff, force }: MemberDoc) -> Self {
        Self { staff, force }
    }
}

impl From<Member> for MemberDoc {
    fn from(Member { staff, force }: Member) -> Self {
        Self { staff, force }
    }
}

/// A catalogue, in the form the record keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(transparent)]
#[schema(value_type = Object)]
pub struct CatalogueBody(pub Catalogue);

/// An area as it is to be described.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AreaBody {
    /// The area it lies in.
    pub parent: Option<u32>,
    /// City, district, station area or grid cell.
    #[schema(value_type = String, example = "district")]
    pub level: AreaLevel,
    /// Its grade of place, a code of the catalogue.
    #[schema(value_type = Option<String>)]
    pub grade: Option<Code>,
    /// Its own three thresholds of reach, rising.
    pub reach_ms: Option<[u32; 3]>,
    /// Its name.
    pub name: NameDoc,
}

impl AreaBody {
    /// The order to describe area `area` so.
    pub fn order(self, area: AreaId) -> AreaSet {
        AreaSet {
            area,
            parent: self.parent.map(AreaId),
            level: self.level,
            grade: self.grade,
            reach: self.reach_ms.map(|reach| reach.map(Millis)),
            title: self.name.into(),
        }
    }
}

/// A post as it is to be described.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PostBody {
    /// Police station, street station, checkpoint, …
    #[schema(value_type = String, example = "street_station")]
    pub kind: PostKind,
    /// The area it is in.
    pub area: u32,
    /// Where it is.
    pub at: At,
    /// When it is manned: the hours of the local week as 42 hexadecimal digits, Monday 00:00 the highest bit; none is always.
    #[schema(value_type = Option<String>)]
    pub hours: Option<Hours>,
    /// Its level, 1 (highest) to 3.
    pub level: u8,
    /// Its name.
    pub name: NameDoc,
}

impl PostBody {
    /// The order to describe post `post` so.
    pub fn order(self, post: PostId) -> PostSet {
        PostSet {
            post,
            kind: self.kind,
            area: AreaId(self.area),
            at: self.at.0,
            hours: self.hours.unwrap_or(Hours::ALWAYS),
            level: self.level,
            title: self.name.into(),
        }
    }
}

/// A unit as it is to be described.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitBody {
    /// What it is called on the air.
    pub call_sign: String,
    /// The force it belongs to, a code of the catalogue.
    #[schema(value_type = String, example = "police")]
    pub force: Code,
    /// What it can do, codes of the catalogue.
    #[schema(value_type = Vec<String>, example = json!(["patrol"]))]
    pub capabilities: Vec<Code>,
    /// How it moves.
    #[schema(value_type = String, example = "car")]
    pub vehicle: Vehicle,
    /// The post it works from.
    pub home: Option<u32>,
    /// The area it works in.
    pub area: u32,
    /// Who crews it when no tour says otherwise.
    #[serde(default)]
    pub members: Vec<MemberDoc>,
}

impl UnitBody {
    /// The order to describe unit `unit` so.
    pub fn order(self, unit: UnitId) -> UnitSet {
        UnitSet {
            unit,
            call_sign: self.call_sign,
            force: self.force,
            capabilities: self.capabilities,
            vehicle: self.vehicle,
            home: self.home.map(PostId),
            area: AreaId(self.area),
            members: self.members.into_iter().map(Member::from).collect(),
        }
    }
}

/// A tour of duty as it is to be planned.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShiftBody {
    /// The unit.
    pub unit: u32,
    /// Who crews it.
    pub members: Vec<MemberDoc>,
    /// When it is to start.
    pub starts: Time,
    /// When it is to end.
    pub ends: Time,
    /// Who approves that a rule of rest is broken, if one is.
    #[schema(value_type = Option<String>)]
    pub waived: Option<StaffNo>,
}

impl ShiftBody {
    /// The order to plan it as tour `shift`.
    pub fn order(self, shift: ShiftId) -> ShiftPlanned {
        ShiftPlanned {
            shift,
            unit: UnitId(self.unit),
            members: self.members.into_iter().map(Member::from).collect(),
            starts: self.starts.0,
            ends: self.ends.0,
            waived: self.waived,
        }
    }
}
