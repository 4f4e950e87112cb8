//! The header block: what a reader must understand, and the bounds of the extract.

use std::io::Read;

use precinct_base::{Bounds, LonLat};

use super::frame::Frames;
use super::wire::{Message, zigzag};
use super::{PbfFault, PbfStop};
use crate::element::Pass;

/// What a file may need and is read here.
const FEATURES: [&[u8]; 2] = [b"OsmSchema-V0.6", b"DenseNodes"];
/// The header gives its bounds in 1e-9 degree, places are in 1e-7.
const NANODEGREES: i64 = 100;

/// Reads the header and tells `pass` its bounds.
pub(super) fn read<R: Read, P: Pass>(frames: &mut Frames<R>, pass: &mut P) -> Result<(), PbfStop> {
    let blob = frames.header_blob()?;
    let bounds = blob
        .unpack()
        .and_then(|bytes| parse(&bytes))
        .map_err(|fault| PbfStop::Fault(blob.offset, fault))?;
    if let Some(bounds) = bounds {
        pass.bounds(bounds);
    }
    Ok(())
}

fn parse(bytes: &[u8]) -> Result<Option<Bounds>, PbfFault> {
    let mut bounds = None;
    let mut message = Message(bytes);
    while let Some((field, value)) = message.field()? {
        match field {
            1 => bounds = parse_bounds(value.bytes()?)?,
            4 => needs(value.bytes()?)?,
            _ => {}
        }
    }
    Ok(bounds)
}

fn needs(feature: &[u8]) -> Result<(), PbfFault> {
    if FEATURES.contains(&feature) {
        return Ok(());
    }
    let name: String = String::from_utf8_lossy(feature).chars().take(64).collect();
    Err(PbfFault::Feature { name })
}

/// Bounds that make no sense are left out: nothing but a suggestion depends on them.
fn parse_bounds(bytes: &[u8]) -> Result<Option<Bounds>, PbfFault> {
    let mut sides = [0; 4];
    let mut message = Message(bytes);
    while let Some((field, value)) = message.field()? {
        if let 1..=4 = field {
            sides[field as usize - 1] = zigzag(value.number()?) / NANODEGREES;
        }
    }
    let [left, right, top, bottom] = sides.map(|side| i32::try_from(side).ok());
    let corner = |lon: Option<i32>, lat: Option<i32>| LonLat::new(lon?, lat?);
    Ok(corner(left, bottom).zip(corner(right, top)).and_then(|(min, max)| Bounds::new(min, max)))
}
