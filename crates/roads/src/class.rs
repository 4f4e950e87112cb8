//! Kinds of road and kinds of traveller.

/// A kind of road, from widest to narrowest. Speeds are given by class; link roads share the class of what they link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum RoadClass {
    /// Motorway or expressway.
    Motorway,
    /// Trunk road.
    Trunk,
    /// Primary road.
    Primary,
    /// Secondary road.
    Secondary,
    /// Tertiary road.
    Tertiary,
    /// Minor through road.
    Unclassified,
    /// Residential street.
    Residential,
    /// Living street (生活街道): walkers first.
    LivingStreet,
    /// Service way: drive, alley, car park.
    Service,
    /// Unpaved track.
    Track,
    /// Pedestrian street or square.
    Pedestrian,
    /// Way meant for bicycles.
    Cycleway,
    /// Way meant for walkers.
    Path,
    /// Stairs.
    Steps,
    /// Ferry.
    Ferry,
    /// A road whose times come with the data (DIMACS), class unknown.
    Timed,
}

impl RoadClass {
    /// Every class, in the order of their numbers.
    pub const ALL: [Self; 16] = [
        Self::Motorway,
        Self::Trunk,
        Self::Primary,
        Self::Secondary,
        Self::Tertiary,
        Self::Unclassified,
        Self::Residential,
        Self::LivingStreet,
        Self::Service,
        Self::Track,
        Self::Pedestrian,
        Self::Cycleway,
        Self::Path,
        Self::Steps,
        Self::Ferry,
        Self::Timed,
    ];

    /// The class numbered `index`, as in a road file.
    pub fn from_index(index: u8) -> Option<Self> {
        Self::ALL.get(usize::from(index)).copied()
    }

    /// Its number.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Its name in files and tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Motorway => "motorway",
            Self::Trunk => "trunk",
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Tertiary => "tertiary",
            Self::Unclassified => "unclassified",
            Self::Residential => "residential",
            Self::LivingStreet => "living_street",
            Self::Service => "service",
            Self::Track => "track",
            Self::Pedestrian => "pedestrian",
            Self::Cycleway => "cycleway",
            Self::Path => "path",
            Self::Steps => "steps",
            Self::Ferry => "ferry",
            Self::Timed => "timed",
        }
    }

    /// Whether houses stand along it: not along a motorway or a ferry.
    pub const fn has_doors(self) -> bool {
        !matches!(self, Self::Motorway | Self::Ferry)
    }

    /// The class of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }
}

/// A kind of traveller: what may be used, which way and how fast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Profile {
    /// A police car on duty: may use ways closed to other traffic, keeps to one-way streets.
    PoliceCar,
    /// A police motorcycle.
    Motorcycle,
    /// A bicycle.
    Bicycle,
    /// On foot.
    Foot,
}

impl Profile {
    /// How many there are.
    pub const COUNT: usize = 4;
    /// Every profile, in the order of their numbers.
    pub const ALL: [Self; Self::COUNT] =
        [Self::PoliceCar, Self::Motorcycle, Self::Bicycle, Self::Foot];

    /// Its number.
    pub const fn index(self) -> usize {
        self as usize
    }

    /// Its name in files and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::PoliceCar => "car",
            Self::Motorcycle => "motorcycle",
            Self::Bicycle => "bicycle",
            Self::Foot => "foot",
        }
    }

    /// The profile of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_lead_back() {
        for (i, class) in RoadClass::ALL.into_iter().enumerate() {
            assert_eq!((class.index(), RoadClass::from_index(i as u8)), (i, Some(class)));
            assert_eq!(RoadClass::from_name(class.name()), Some(class));
        }
        assert_eq!(RoadClass::from_index(16), None);
        for (i, profile) in Profile::ALL.into_iter().enumerate() {
            assert_eq!((profile.index(), Profile::from_name(profile.name())), (i, Some(profile)));
        }
    }
}
