//! What has a name: streets first, then places.

use precinct_base::{LonLat, Metres, Plane, SegmentId};
use precinct_roads::Name;

use crate::street::{Part, Street};
use crate::{Language, PlaceId, Target};

/// A named thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) name: Name,
    pub(crate) at: LonLat,
    pub(crate) target: Target,
    /// How much it matters, 0 to [`HEAVIEST`].
    pub(crate) weight: u8,
    /// The street's parts in [`Entries::parts`]; none for a place.
    pub(crate) parts: (u32, u32),
}

/// Above every weight.
pub(crate) const HEAVIEST: u16 = 100;

/// All of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entries {
    pub(crate) all: Vec<Entry>,
    pub(crate) parts: Vec<Part>,
}

impl Entry {
    /// A place.
    pub(crate) fn place(id: PlaceId, name: Name, at: LonLat) -> Self {
        let (target, weight) = match id {
            PlaceId::Post(id) => (Target::Post(id), 60),
            PlaceId::Site(id) => (Target::Site(id), 50),
            PlaceId::Area(id) => (Target::Area(id), 45),
        };
        Self { name, at, target, weight, parts: (0, 0) }
    }

    /// A street of the road map, whose parts are those from `first` on.
    pub(crate) fn street(name: Name, street: &Street, first: u32, parts: &[Part]) -> Self {
        let middle = middle(parts);
        let (at, segment) =
            middle.map_or((LonLat::default(), None), |part| (part.at, Some(part.segment)));
        let weight = street_weight(street);
        Self {
            name,
            at,
            target: Target::Street(segment),
            weight,
            parts: (first, first + parts.len() as u32),
        }
    }

    /// A street that only addresses know.
    pub(crate) fn unmapped(street: &str, at: LonLat) -> Self {
        Self {
            name: Name::local(street.trim()),
            at,
            target: Target::Street(None),
            weight: 0,
            parts: (0, 0),
        }
    }
}

/// Two for each class above the least, and one for each doubling of the length from 128 m on: 0 to 40.
fn street_weight(street: &Street) -> u8 {
    let class = 15u8.saturating_sub(street.class.index() as u8) * 2;
    let length = (street.metres / 128 + 1).ilog2().min(10) as u8;
    class + length
}

/// The part nearest to the middle of the box round all of them.
fn middle(parts: &[Part]) -> Option<Part> {
    let centre = precinct_base::Bounds::around(parts.iter().map(|part| part.at))?.centre();
    parts.iter().copied().min_by_key(|part| (part.at.distance(centre), part.segment))
}

impl Entries {
    /// Where an entry is for somebody at `near`: of a street, its part nearest to there.
    pub(crate) fn target(&self, entry: u32, near: Option<(Plane, LonLat)>) -> (Target, LonLat) {
        let entry = &self.all[entry as usize];
        let parts = &self.parts[entry.parts.0 as usize..entry.parts.1 as usize];
        let nearest = near.and_then(|(plane, near)| {
            parts.iter().min_by_key(|part| (square(plane.vector(near, part.at)), part.segment))
        });
        nearest
            .map_or((entry.target, entry.at), |part| (Target::Street(Some(part.segment)), part.at))
    }

    /// What an entry is called.
    pub(crate) fn label(&self, entry: u32, language: Language) -> &str {
        let name = &self.all[entry as usize].name;
        let wished = match language {
            Language::Local => &name.local,
            Language::Zh => &name.zh,
            Language::En => &name.en,
        };
        [wished, &name.local, &name.en, &name.zh]
            .into_iter()
            .find(|text| !text.is_empty())
            .map_or("", String::as_str)
    }

    /// Bytes it holds on the heap.
    pub(crate) fn bytes(&self) -> usize {
        let texts = |name: &Name| name.local.capacity() + name.zh.capacity() + name.en.capacity();
        self.all.capacity() * size_of::<Entry>()
            + self.all.iter().map(|entry| texts(&entry.name)).sum::<usize>()
            + self.parts.capacity() * size_of::<Part>()
    }
}

const fn square((east, north): (i64, i64)) -> i128 {
    east as i128 * east as i128 + north as i128 * north as i128
}

/// How far behind a thing of `weight` stands: see [`crate::Rank::behind`].
pub(crate) fn behind(weight: u8, at: LonLat, near: Option<LonLat>) -> u16 {
    let steps = near.map_or(0, |near| {
        let Metres(metres) = near.distance(at).metres();
        (metres / 128).saturating_add(1).ilog2() as u16
    });
    HEAVIEST.saturating_sub(u16::from(weight)) + 3 * steps
}

/// The segment of a street that a house there is on cannot be told from its number; it is left to the road map.
pub(crate) fn nearest_part(parts: &[Part], at: LonLat) -> Option<(i128, SegmentId)> {
    let plane = Plane::at(at.lat());
    parts.iter().map(|part| (square(plane.vector(at, part.at)), part.segment)).min()
}
