//! Where everything lies in a road file.

/// The version of the road file's format. A file of another version is made anew, never converted.
pub const ROAD_FILE_VERSION: u32 = 1;

/// How many bytes from the start of a road file [`RoadMap::peek_made_from`](crate::RoadMap::peek_made_from) looks at.
pub const ROAD_FILE_HEADER_BYTES: usize = 96;

/// What every road file starts with.
pub(super) const MAGIC: [u8; 12] = *b"precinctroad";
pub(super) const VERSION_AT: usize = 12;
pub(super) const DIGEST_AT: usize = 16;
/// Where the digested bytes start.
pub(super) const DIGESTED_FROM: usize = 48;
pub(super) const MADE_FROM_AT: usize = 48;
pub(super) const LENGTH_AT: usize = 80;
pub(super) const SECTIONS_AT: usize = 88;
pub(super) const ZERO_AT: usize = 92;
pub(super) const ENTRY_BYTES: usize = 24;
/// Sections start at multiples of this: a cache line.
pub(super) const ALIGN: u64 = 64;
/// Where the first section starts.
pub(super) const BODY_AT: u64 =
    aligned((ROAD_FILE_HEADER_BYTES + Section::ALL.len() * ENTRY_BYTES) as u64);

/// The next multiple of [`ALIGN`].
pub(super) const fn aligned(at: u64) -> u64 {
    at.div_ceil(ALIGN) * ALIGN
}

/// A column of the map. Sections follow each other in the order of their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum Section {
    NodePlaces = 1,
    NodeNumbers,
    NodeMainParts,
    From,
    To,
    Lengths,
    Classes,
    NamesOfSegments,
    Ways,
    FirstBends,
    Bends,
    CarTimes,
    MotorcycleTimes,
    BicycleTimes,
    FootTimes,
    NameEnds,
    NameText,
}

impl Section {
    pub(super) const ALL: [Self; 17] = [
        Self::NodePlaces,
        Self::NodeNumbers,
        Self::NodeMainParts,
        Self::From,
        Self::To,
        Self::Lengths,
        Self::Classes,
        Self::NamesOfSegments,
        Self::Ways,
        Self::FirstBends,
        Self::Bends,
        Self::CarTimes,
        Self::MotorcycleTimes,
        Self::BicycleTimes,
        Self::FootTimes,
        Self::NameEnds,
        Self::NameText,
    ];

    /// The columns of times, in the order of the profiles.
    pub(super) const TIMES: [Self; crate::Profile::COUNT] =
        [Self::CarTimes, Self::MotorcycleTimes, Self::BicycleTimes, Self::FootTimes];

    /// Its place in the table.
    pub(super) const fn index(self) -> usize {
        self as usize - 1
    }

    /// Bytes per element.
    pub(super) const fn element_bytes(self) -> u32 {
        match self {
            Self::NodeMainParts | Self::Classes | Self::NameText => 1,
            Self::From
            | Self::To
            | Self::Lengths
            | Self::NamesOfSegments
            | Self::FirstBends
            | Self::NameEnds => 4,
            Self::NodePlaces
            | Self::NodeNumbers
            | Self::Ways
            | Self::Bends
            | Self::CarTimes
            | Self::MotorcycleTimes
            | Self::BicycleTimes
            | Self::FootTimes => 8,
        }
    }

    /// What it holds, for people.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::NodePlaces => "places of nodes",
            Self::NodeNumbers => "numbers of nodes",
            Self::NodeMainParts => "main parts",
            Self::From => "first ends",
            Self::To => "last ends",
            Self::Lengths => "lengths",
            Self::Classes => "classes",
            Self::NamesOfSegments => "names of segments",
            Self::Ways => "ways",
            Self::FirstBends => "first bends",
            Self::Bends => "bends",
            Self::CarTimes => "times by car",
            Self::MotorcycleTimes => "times by motorcycle",
            Self::BicycleTimes => "times by bicycle",
            Self::FootTimes => "times on foot",
            Self::NameEnds => "ends of names",
            Self::NameText => "text of names",
        }
    }
}
