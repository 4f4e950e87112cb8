//! What a rejection is about: in English words in its message, by a short name for whoever says it in another language.

use std::fmt;

use crate::List;

macro_rules! things {
    ($($variant:ident $name:literal $words:literal;)+) => {
        /// What a limit, a length or a missing name is of.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each variant is what its words below say")]
        pub enum Thing { $($variant),+ }

        impl Thing {
            /// Every one.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Its short name, which does not change.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// It in English.
            pub const fn words(self) -> &'static str {
                match self { $(Self::$variant => $words),+ }
            }
        }
    };
}

things! {
    Incidents "incidents" "incidents on the board";
    Hazards "hazards_noted" "hazards of an incident";
    Notes "notes" "notes of an incident";
    Gradings "gradings" "gradings of an incident";
    Places "places" "places of an incident";
    Links "links" "links of an incident";
    Merged "merged" "incidents merged into one";
    Pictures "pictures" "pictures of an incident";
    UnitsSent "units_sent" "units sent to an incident";
    Candidates "candidates" "candidates in an advice";
    Areas "areas" "areas";
    Posts "posts" "posts";
    Units "units" "units";
    Plans "plans" "plans";
    PlanDays "plan_days" "days";
    PlanTrials "plan_trials" "trials of a plan";
    PlanPosts "plan_posts" "posts of a plan";
    Members "members" "members of a unit";
    Tours "tours" "tours";
    Glass "glass" "people who have broken glass";
    Roles "roles" "roles of one account";
    Needs "needs" "needs of a type";
    KnownTypes "types" "types";
    KnownCapabilities "capabilities" "capabilities";
    KnownDispositions "dispositions" "dispositions";
    KnownReasons "reasons" "reasons";
    KnownHazards "hazards" "hazards";
    KnownGrades "grades" "grades";
    KnownForces "forces" "forces";
    Name "name" "the name";
    CallSign "call_sign" "the call sign";
    SealedText "sealed_text" "the sealed text";
    SealedPicture "sealed_picture" "the sealed picture";
    Area "area" "the area";
    Post "post" "the post";
    Unit "unit" "the unit";
    Plan "plan" "the plan";
    Rings "rings" "rings";
    RingPlaces "ring_places" "places in the line of a ring";
    Crossings "crossings" "crossings of a ring";
    Finds "finds" "types of find in one entry";
    SealPoints "seal_points" "points of a containment";
    Ring "ring" "the ring";
    RoadName "road_name" "the name of the road";
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

/// A list of the catalogue.
impl From<List> for Thing {
    fn from(list: List) -> Self {
        match list {
            List::Types => Self::KnownTypes,
            List::Capabilities => Self::KnownCapabilities,
            List::Dispositions => Self::KnownDispositions,
            List::Reasons => Self::KnownReasons,
            List::Hazards => Self::KnownHazards,
            List::Grades => Self::KnownGrades,
            List::Forces => Self::KnownForces,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_has_a_name_of_its_own() {
        let names: BTreeSet<_> = Thing::ALL.iter().map(|thing| thing.name()).collect();
        assert_eq!(names.len(), Thing::ALL.len());
        assert_eq!(Thing::from(List::Forces).to_string(), List::Forces.name());
    }
}
