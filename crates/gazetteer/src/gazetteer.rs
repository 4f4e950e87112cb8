//! The gazetteer and how it is built.

use std::collections::BTreeMap;

use precinct_base::{LonLat, caps};
use precinct_roads::{Name, RoadMap};

use crate::crossing::Crossings;
use crate::entry::{Entries, Entry, nearest_part};
use crate::houses::{self, Houses};
use crate::index::{self, Index};
use crate::street::Streets;
use crate::text::{forms, street_key, street_keys};
use crate::{Address, AddressId, Place};

/// Every name of a city, to be searched. See the crate.
#[derive(Clone, Debug)]
pub struct Gazetteer {
    pub(crate) index: Index,
    pub(crate) entries: Entries,
    pub(crate) crossings: Crossings,
    pub(crate) houses: Houses,
    /// Entries before this are streets.
    pub(crate) streets: u32,
}

/// How much a gazetteer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Streets.
    pub streets: usize,
    /// Posts, sites and areas.
    pub places: usize,
    /// Crossings of two streets.
    pub crossings: usize,
    /// Addresses.
    pub addresses: usize,
    /// Keys of the dictionary.
    pub keys: usize,
    /// Bytes it holds on the heap.
    pub bytes: usize,
}

impl Gazetteer {
    /// Builds it. A street that only addresses name is a street too. Places without a name cannot be found and are left out, and so are
    /// addresses without a street and those beyond [`caps::ADDRESSES`].
    pub fn build(
        roads: &RoadMap,
        places: impl IntoIterator<Item = Place>,
        addresses: impl IntoIterator<Item = Address>,
    ) -> Self {
        let streets = Streets::of(roads);
        let crossings = Crossings::of(roads, &streets);
        let mut index = index::Builder::default();
        let mut entries = Entries::default();
        for (id, street) in streets.all.iter().enumerate() {
            let (from, to) = (streets.first[id], streets.first[id + 1]);
            let names: Vec<&Name> =
                street.names.iter().map(|&name| roads.names().get(name)).collect();
            for form in forms(names.iter().flat_map(|name| texts(name))) {
                index.add(id as u32, form);
            }
            let parts = &streets.parts[from as usize..to as usize];
            let name = names.first().map_or_else(Name::default, |&name| name.clone());
            entries.all.push(Entry::street(name, street, from, parts));
        }
        let keys = by_key(roads, &streets);
        entries.parts = streets.parts;
        let houses = house(&mut entries, &mut index, keys, addresses);
        let count = entries.all.len() as u32;
        for Place { id, name, at } in places {
            let forms = forms(texts(&name));
            if !forms.is_empty() {
                let entry = entries.all.len() as u32;
                for form in forms {
                    index.add(entry, form);
                }
                entries.all.push(Entry::place(id, name, at));
            }
        }
        entries.all.shrink_to_fit();
        Self { index: index.build(), entries, crossings, houses, streets: count }
    }

    /// How much it holds.
    pub fn size(&self) -> Size {
        let Self { index, entries, crossings, houses, streets } = self;
        Size {
            streets: *streets as usize,
            places: entries.all.len() - *streets as usize,
            crossings: crossings.len(),
            addresses: houses.len(),
            keys: index.len(),
            bytes: index.bytes() + entries.bytes() + crossings.bytes() + houses.bytes(),
        }
    }
}

fn texts(name: &Name) -> [&str; 3] {
    [&name.local, &name.zh, &name.en]
}

/// The streets of each key: several, where streets far apart have one name.
fn by_key(roads: &RoadMap, streets: &Streets) -> BTreeMap<String, Vec<u32>> {
    let mut by_key: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (id, street) in streets.all.iter().enumerate() {
        let names = street.names.iter().flat_map(|&name| texts(roads.names().get(name)));
        for key in names.flat_map(street_keys) {
            let streets = by_key.entry(key).or_default();
            if streets.last() != Some(&(id as u32)) {
                streets.push(id as u32);
            }
        }
    }
    by_key
}

/// Puts every address into its street, and adds the streets that only addresses name.
fn house(
    entries: &mut Entries,
    index: &mut index::Builder,
    mut keys: BTreeMap<String, Vec<u32>>,
    addresses: impl IntoIterator<Item = Address>,
) -> Houses {
    let mut houses = houses::Builder::new();
    // Lists of addresses go street by street.
    let mut last = (String::new(), Vec::new());
    for (id, address) in addresses.into_iter().take(caps::ADDRESSES).enumerate() {
        if last.0 != address.street {
            let found = streets_named(&address, entries, index, &mut keys);
            last = (address.street.clone(), found);
        }
        if let Some(street) = nearest_street(&last.1, entries, address.at) {
            houses.add(street, AddressId(id as u32), &address);
        }
    }
    houses.build(entries.all.len())
}

fn streets_named(
    address: &Address,
    entries: &mut Entries,
    index: &mut index::Builder,
    keys: &mut BTreeMap<String, Vec<u32>>,
) -> Vec<u32> {
    let key = street_key(&address.street);
    if key.is_empty() {
        return Vec::new();
    }
    let known = keys.entry(key).or_default();
    if known.is_empty() {
        let entry = entries.all.len() as u32;
        known.push(entry);
        for form in forms([address.street.as_str()]) {
            index.add(entry, form);
        }
        entries.all.push(Entry::unmapped(&address.street, address.at));
    }
    known.clone()
}

/// Of streets of one name, the one a house at `at` is in.
fn nearest_street(streets: &[u32], entries: &Entries, at: LonLat) -> Option<u32> {
    if let [one] = streets {
        return Some(*one);
    }
    let distance = |street: u32| {
        let (from, to) = entries.all[street as usize].parts;
        nearest_part(&entries.parts[from as usize..to as usize], at)
    };
    streets.iter().copied().min_by_key(|&street| (distance(street), street))
}
