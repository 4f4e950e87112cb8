//! Answers to a query.

use precinct_base::{AreaId, LonLat, NodeId, PostId, SegmentId, SiteId};

use crate::AddressId;

/// The language of labels. A name not known in it is given as signposted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// As signposted.
    #[default]
    Local,
    /// Chinese.
    Zh,
    /// English.
    En,
}

/// A kind of answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A post.
    Post,
    /// A protected site.
    Site,
    /// An area.
    Area,
    /// A street.
    Street,
    /// A crossing of two streets.
    Crossing,
    /// A house.
    Address,
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A post.
    Post(PostId),
    /// A protected site.
    Site(SiteId),
    /// An area.
    Area(AreaId),
    /// A street: its segment nearest to where it was asked, else in its middle. None, if only the list of addresses knows it.
    Street(Option<SegmentId>),
    /// A crossing: the node in its middle.
    Crossing(NodeId),
    /// A house.
    Address(AddressId),
}

impl Target {
    /// Its kind.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Post(_) => Kind::Post,
            Self::Site(_) => Kind::Site,
            Self::Area(_) => Kind::Area,
            Self::Street(_) => Kind::Street,
            Self::Crossing(_) => Kind::Crossing,
            Self::Address(_) => Kind::Address,
        }
    }
}

/// How a name answers a query, the best first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// The query is the name; kind of street and small words may be left out.
    #[default]
    Exact,
    /// The query has the beginning of the name.
    Prefix,
    /// The query has words of the name, or their beginnings.
    WordPrefix,
    /// The query has initials of the name.
    Initials,
    /// The query is like the name.
    Mistaken,
}

/// Why a hit stands where it stands. Ranks compare as hits are ordered: the first is the best.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rank {
    /// How the name answers.
    pub how: How,
    /// Letters that had to be forgiven.
    pub mistakes: u8,
    /// How the name answers when they are forgiven.
    pub forgiven: How,
    /// Whether the number asked for is not known, and this is the street or the house nearest to it.
    pub number_unknown: bool,
    /// 100 less what the place weighs (posts, then sites, areas, streets by class and length), and 3 for each doubling of the distance
    /// from where it was asked, in steps of 128 m.
    pub behind: u16,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub target: Target,
    /// What to call it.
    pub label: String,
    /// Where it is.
    pub at: LonLat,
    /// Why it stands here.
    pub rank: Rank,
}

impl Hit {
    /// Its kind.
    pub const fn kind(&self) -> Kind {
        self.target.kind()
    }
}
