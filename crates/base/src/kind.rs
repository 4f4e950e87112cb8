//! The kinds of post, site and settlement and the levels of area, with their names in files.

macro_rules! kinds {
    ($(#[$doc:meta])* $type:ident { $($(#[$item_doc:meta])* $item:ident = $name:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        pub enum $type { $($(#[$item_doc])* #[serde(rename = $name)] $item),+ }

        impl $type {
            /// Every one, in order.
            pub const ALL: &[Self] = &[$(Self::$item),+];

            /// Its name in files.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$item => $name),+ }
            }

            /// The one of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.name() == name)
            }
        }
    };
}

kinds! {
    /// A fixed place that units work from (岗点).
    PostKind {
        /// Police station.
        PoliceStation = "police_station",
        /// Street police station (街面警务站).
        StreetStation = "street_station",
        /// Checkpoint on a way into the city (公安检查站).
        Checkpoint = "checkpoint",
        /// A place where a unit waits for its next task.
        Standby = "standby",
        /// Fire station.
        FireStation = "fire_station",
    }
}

impl PostKind {
    /// Whether police units work from it.
    pub const fn is_police(self) -> bool {
        !matches!(self, Self::FireStation)
    }
}

kinds! {
    /// A protected place with its own guard and plan (单元).
    SiteKind {
        /// Residential compound (小区).
        Community = "community",
        /// School.
        School = "school",
        /// Kindergarten.
        Kindergarten = "kindergarten",
        /// College or university.
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
        /// Office of government or court.
        Government = "government",
        /// Market or shopping centre.
        Market = "market",
        /// Works, plant or depot.
        Works = "works",
        /// Any other.
        Other = "other",
    }
}

kinds! {
    /// How large an area is, from largest to smallest; each may hold several of the next.
    AreaLevel {
        /// A whole city.
        City = "city",
        /// A district (区).
        District = "district",
        /// The area of one police station.
        StationArea = "station_area",
        /// A grid cell (网格).
        GridCell = "grid_cell",
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
        assert!(PostKind::ALL.iter().all(|&kind| PostKind::from_name(kind.name()) == Some(kind)));
        assert!(SiteKind::ALL.iter().all(|&kind| SiteKind::from_name(kind.name()) == Some(kind)));
        assert!(
            AreaLevel::ALL.iter().all(|&level| AreaLevel::from_name(level.name()) == Some(level))
        );
        assert!(
            SettlementKind::ALL
                .iter()
                .all(|&kind| SettlementKind::from_name(kind.name()) == Some(kind))
        );
        assert_eq!(PostKind::from_name("police"), None);
        assert!(PostKind::Checkpoint.is_police() && !PostKind::FireStation.is_police());
    }
}
