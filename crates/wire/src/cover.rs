//! What posts would cover: asked with a post dragged, and with two sets of posts held against each other.

use precinct_core::Hours;
use serde::{Deserialize, Serialize};

use crate::docs::docs;
use crate::{At, ReachFeatureDoc};

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

bodies! {
    /// A post, there or only thought of.
    CoverPostBody {
        /// Where it is.
        at: At,
        /// When it is manned: the hours of the local week as 42 hexadecimal digits, Monday 00:00 the highest bit; none is always.
        #[serde(default)]
        #[schema(value_type = Option<String>)]
        hours: Option<Hours>,
    }
    /// Posts whose cover is asked for.
    CoverBody {
        /// The posts.
        posts: Vec<CoverPostBody>,
        /// Minutes by road, rising; 1, 3 and 5 if nothing is said.
        #[serde(default)]
        minutes: Option<Vec<u32>>,
        /// The hour of the local week, 0 (Monday 00:00) to 167, whose posts are meant where no hour is told; all posts if nothing is said.
        #[serde(default)]
        hour: Option<u8>,
        /// The area whose demand is meant; the whole city if nothing is said.
        #[serde(default)]
        area: Option<u32>,
        /// Other posts to hold them against: who gains and who loses is told.
        #[serde(default)]
        against: Option<Vec<CoverPostBody>>,
        /// Whether outlines of what is within each time are wanted.
        #[serde(default)]
        outlines: bool,
    }
}

docs! {
    /// What is covered in some hours of the week, in which the same posts are manned.
    HourCoverDoc {
        /// The hours, as 42 hexadecimal digits.
        #[schema(value_type = String)]
        hours: Hours,
        /// How many posts are manned.
        posts: u32,
        /// The share of demand within each time, in parts of 10,000.
        within: Vec<u32>,
    }
    /// What is covered of an area.
    AreaCoverDoc {
        /// Which.
        area: u32,
        /// Its demand, in thousandths of the measure.
        demand: u64,
        /// The share of it within each time, in parts of 10,000.
        within: Vec<u32>,
    }
    /// What one post covers.
    PostCoverDoc {
        /// Whether no street is near: it covers nothing.
        off_road: bool,
        /// The share of demand within each time of it, in parts of 10,000.
        within: Vec<u32>,
        /// The share that is within each time of it and of no other, in parts of 10,000: what would be lost without it.
        only: Vec<u32>,
    }
    /// A place whose way from the nearest post changes.
    CoverPlaceDoc {
        /// Where.
        at: At,
        /// Its demand, in thousandths of the measure.
        demand: u64,
        /// The time from the nearest of the other posts; none is longer than the longest asked for.
        before_ms: Option<u32>,
        /// The time from the nearest of these; none is longer than the longest asked for.
        after_ms: Option<u32>,
    }
    /// What is covered of an area by either.
    AreaChangeDoc {
        /// Which.
        area: u32,
        /// Its demand, in thousandths of the measure.
        demand: u64,
        /// The share within each time of the other posts, in parts of 10,000.
        before: Vec<u32>,
        /// The share within each time of these, in parts of 10,000.
        after: Vec<u32>,
    }
    /// These posts against others.
    CoverChangeDoc {
        /// The share of demand within each time of the others, in parts of 10,000.
        before: Vec<u32>,
        /// The share of demand for which a shorter time holds now, in parts of 10,000.
        gains: u32,
        /// The share of demand for which a longer time holds now, in parts of 10,000.
        loses: u32,
        /// Areas that gain or lose, those that change most first.
        areas: Vec<AreaChangeDoc>,
        /// Places for which another time holds now, those with most demand first, as many as are told.
        places: Vec<CoverPlaceDoc>,
        /// How many such places there are.
        places_in_all: u32,
    }
    /// What posts cover.
    CoverDoc {
        /// The times in minutes, rising.
        minutes: Vec<u32>,
        /// The demand that is meant, in thousandths of the measure.
        demand: u64,
        /// What the demand counts: `people`, `calls`; none where no demand is known.
        measure: Option<String>,
        /// The share of it that no street is near to, in parts of 10,000.
        off_road: u32,
        /// The share within each time of the nearest post, in parts of 10,000.
        within: Vec<u32>,
        /// The share within each time of two posts, in parts of 10,000.
        twice: Vec<u32>,
        /// By hours of the week.
        hours: Vec<HourCoverDoc>,
        /// By area.
        areas: Vec<AreaCoverDoc>,
        /// By post, in the order asked.
        posts: Vec<PostCoverDoc>,
        /// Against the other posts, if there were any.
        change: Option<CoverChangeDoc>,
        /// Outlines, if they were asked for, one for each time.
        features: Vec<ReachFeatureDoc>,
    }
}
