//! Kinds of post, site and settlement, with the names they have in files.

macro_rules! kinds {
    ($(#[$doc:meta])* $kind:ident { $($(#[$variant_doc:meta])* $variant:ident = $name:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $kind {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $kind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Its name in files and tables.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// The kind of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.name() == name)
            }
        }
    };
}

kinds! {
    /// A kind of post.
    PostKind {
        /// Police station (派出所 and above).
        PoliceStation = "police_station",
        /// Street police station (街面警务站).
        StreetStation = "street_station",
        /// Checkpoint (公安检查站).
        Checkpoint = "checkpoint",
        /// Fire station.
        FireStation = "fire_station",
    }
}

kinds! {
    /// A kind of protected place.
    SiteKind {
        /// Community: a residential compound or neighbourhood (小区).
        Community = "community",
        /// School.
        School = "school",
        /// Kindergarten.
        Kindergarten = "kindergarten",
        /// University or college.
        University = "university",
        /// Hospital.
        Hospital = "hospital",
        /// Clinic or doctors' practice.
        Clinic = "clinic",
        /// Bank.
        Bank = "bank",
        /// Railway station.
        RailwayStation = "railway_station",
        /// Metro or light-rail station.
        MetroStation = "metro_station",
        /// Bus station.
        BusStation = "bus_station",
        /// Ferry terminal.
        FerryTerminal = "ferry_terminal",
        /// Airport or heliport.
        Airport = "airport",
        /// Government office or court.
        Government = "government",
        /// Market.
        Market = "market",
        /// Works: industrial premises.
        Works = "works",
    }
}

kinds! {
    /// A kind of settlement, from largest to smallest.
    SettlementKind {
        /// City.
        City = "city",
        /// Town.
        Town = "town",
        /// Borough or district of a city.
        Borough = "borough",
        /// Suburb: a large named part of a city.
        Suburb = "suburb",
        /// Quarter: a part of a suburb.
        Quarter = "quarter",
        /// Neighbourhood.
        Neighbourhood = "neighbourhood",
        /// Village.
        Village = "village",
        /// Hamlet.
        Hamlet = "hamlet",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        assert!(PostKind::ALL.iter().all(|kind| PostKind::from_name(kind.name()) == Some(*kind)));
        assert!(SiteKind::ALL.iter().all(|kind| SiteKind::from_name(kind.name()) == Some(*kind)));
        assert!(
            SettlementKind::ALL
                .iter()
                .all(|kind| SettlementKind::from_name(kind.name()) == Some(*kind))
        );
        assert_eq!(PostKind::from_name("castle"), None);
    }
}
