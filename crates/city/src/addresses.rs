//! Addresses: rows of a house number, a street and a place. Cities have hundreds of thousands of them and most commands need none,
//! so that they are read when they are asked for.

use precinct_base::{LonLat, caps};

use crate::inputs::{Inputs, Verdict, check_inside};
use crate::options::Folders;
use crate::places::within_cap;
use crate::row::Row;
use crate::schema::Role;
use crate::source::{Origin, Source};
use crate::{City, Fault, Faults, says};

/// A house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Its number in the street, such as `101`, `101A` or `8号`.
    pub number: String,
    /// The street it is in, as its list writes it; need not be as the roads have it.
    pub street: String,
    /// What tells it from others of that number: unit, building, village. May be empty.
    pub detail: String,
    /// Where it is.
    pub at: LonLat,
}

/// Where a city's addresses are.
#[derive(Clone, Debug)]
pub(crate) struct AddressBook {
    /// The city's file, for faults.
    pub(crate) label: String,
    pub(crate) folders: Folders,
    pub(crate) sources: Vec<Source>,
}

impl AddressBook {
    /// Refuses files that are not there, without reading the others.
    pub(crate) fn find(&self, inputs: &mut Inputs) {
        for source in &self.sources {
            if let Origin::File { path, .. } = &source.origin {
                inputs.find(path, source.line);
            }
        }
    }
}

impl City {
    /// Reads the addresses its file names, in their order, and tells what is wrong with them. A row or a table that cannot be used is
    /// left out; that a file is not there, [`crate::open()`] has refused already.
    ///
    /// The files are read anew each time: ask once.
    pub fn read_addresses(&self) -> (Vec<Address>, Faults) {
        let book = &self.address_book;
        let mut inputs = Inputs::new(book.label.clone(), book.folders.clone());
        inputs.clip = self.clip.clone();
        let addresses = addresses(&mut inputs, &book.sources);
        (addresses, inputs.faults)
    }
}

pub(crate) fn addresses(inputs: &mut Inputs, sources: &[Source]) -> Vec<Address> {
    let clip = inputs.clip.clone();
    let mut addresses = Vec::new();
    for source in sources {
        inputs.rows(source, &mut |row| {
            let (number, street) = (needed(row, Role::Number)?, needed(row, Role::Street)?);
            let at = row.place()?;
            check_inside(&clip, row, at)?;
            within_cap(addresses.len(), caps::ADDRESSES, row)?;
            let detail = row.text(Role::Detail).to_owned();
            addresses.push(Address { number, street, detail, at });
            Ok(Verdict::Used)
        });
    }
    addresses
}

fn needed(row: &Row<'_>, role: Role) -> Result<String, Fault> {
    let (text, name) = (row.text(role), role.name());
    if text.is_empty() {
        let mend = says::name_column_or_leave_out(name);
        return Err(row.fault(role, says::row_lacks(name), mend));
    }
    Ok(text.to_owned())
}
