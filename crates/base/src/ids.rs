//! Typed ids: dense numbers from 0 within one city's data, each of a type of its own so that they cannot be mixed up.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        pub struct $name(pub u32);

        impl $name {
            /// The id as an index.
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }

        /// Its number.
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.0, f)
            }
        }
    )+};
}

ids! {
    /// A junction or end of road in a road map, in the map's own order.
    NodeId,
    /// A stretch of road between two nodes.
    SegmentId,
    /// A street name; 0 is "no name".
    NameId,
    /// An area: city, district, station area or grid cell.
    AreaId,
    /// A post: police station, street station, checkpoint or standby point.
    PostId,
    /// A protected site.
    SiteId,
    /// A place where demand arises.
    DemandId,
    /// A unit that can be sent.
    UnitId,
}
