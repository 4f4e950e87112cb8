//! OpenStreetMap PBF: a row of blobs, each a block of elements, usually packed with zlib.
//!
//! Source of the format: OpenStreetMap wiki, *PBF Format*. Everything a file says of its own sizes is checked against what is
//! there before memory is taken for it.

mod block;
mod frame;
mod header;
mod wire;

pub(crate) use frame::Blob;

use std::io::Read;

use rayon::prelude::*;

use crate::budget::Overdrawn;
use crate::element::{Kinds, Pass};
use block::Stop;
use frame::Frames;

/// A batch ends with the blob that brings its unpacked bytes to this.
const BATCH_BYTES: usize = 16 << 20;
/// Blobs decoded at one time.
const BATCH_BLOBS: usize = 64;

/// What is wrong with a block of a PBF file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PbfFault {
    /// The file ends inside it.
    #[error("the file ends in the middle of it")]
    Truncated,
    /// A size is past the format's limit.
    #[error("its {what} is {bytes} bytes, past the format's limit of {limit}")]
    TooLarge {
        /// Of what.
        what: &'static str,
        /// The size it claims.
        bytes: u64,
        /// The largest allowed.
        limit: usize,
    },
    /// It is packed by a method that is not read here.
    #[error("it is packed with {method}, which is not read here; repack the file with zlib")]
    Packing {
        /// The method.
        method: &'static str,
    },
    /// It does not unpack.
    #[error("it does not unpack (zlib)")]
    Inflate,
    /// It unpacks to another size than it says.
    #[error("it says it unpacks to {declared} bytes, and does not")]
    RawSize {
        /// The size it claims.
        declared: u64,
    },
    /// It is not a protocol buffer message of the expected form.
    #[error("it is not in the PBF format")]
    Wire,
    /// The first block is not a header, or there is none.
    #[error("the file does not begin with an OSM header; it is not an OSM PBF file")]
    NoHeader,
    /// The file needs a feature that is not read here.
    #[error("the file needs the feature {name:?}, which is not read here; export it without")]
    Feature {
        /// The feature.
        name: String,
    },
    /// A tag refers to a text that is not there.
    #[error("it refers to text {index} of {texts}")]
    Text {
        /// The number referred to.
        index: u64,
        /// How many there are.
        texts: usize,
    },
    /// A text is not UTF-8.
    #[error("it holds a text that is not UTF-8")]
    Utf8,
    /// A number does not fit.
    #[error("it holds a number too large for its purpose")]
    Overflow,
    /// A node is off the earth.
    #[error("it holds node {id} off the earth")]
    OffEarth {
        /// The node.
        id: i64,
    },
    /// Lists that go together have different lengths.
    #[error("it holds lists that should be of one length and are not")]
    Uneven,
    /// There is more of something than a block may hold.
    #[error("it holds more {what} than the {limit} allowed")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// The most allowed.
        limit: usize,
    },
}

/// Where and why reading stopped.
pub(crate) enum PbfStop {
    Fault(u64, PbfFault),
    Overdrawn,
    Read(std::io::Error),
}

impl From<Overdrawn> for PbfStop {
    fn from(_: Overdrawn) -> Self {
        Self::Overdrawn
    }
}

/// Which kinds of element each blob of a file holds, learnt on the first pass so that later ones can leave blobs packed.
pub(crate) type BlobKinds = Vec<Kinds>;

/// Shows every element of the file that `pass` wants to it. `known` is what an earlier pass learnt of the file, or empty.
pub(crate) fn scan<P: Pass>(
    reader: impl Read,
    pass: &mut P,
    known: &mut BlobKinds,
    advance: &dyn Fn(u64),
) -> Result<(), PbfStop> {
    let mut frames = Frames::new(reader);
    header::read(&mut frames, pass)?;
    let (mut number, mut learnt) = (0, Vec::new());
    let wants = pass.wants();
    loop {
        let start = frames.offset();
        let batch = next_batch(&mut frames, &mut |_| {
            number += 1;
            known.get(number - 1).is_none_or(|kinds| kinds.meets(wants))
        })?;
        advance(frames.offset() - start);
        if batch.is_empty() {
            break;
        }
        let shared: &P = pass;
        let parts: Vec<_> = batch.par_iter().map(|blob| decode(blob, shared)).collect();
        for (blob, part) in batch.iter().zip(parts) {
            let (part, kinds) = part.map_err(|stop| match stop {
                Stop::Fault(fault) => PbfStop::Fault(blob.offset, fault),
                Stop::Overdrawn => PbfStop::Overdrawn,
            })?;
            learnt.push(kinds);
            pass.absorb(part)?;
        }
    }
    if known.is_empty() {
        *known = learnt;
    }
    Ok(())
}

/// The next blobs to decode together, leaving out those that `wanted` does not want; empty at the end of the file.
fn next_batch<R: Read>(
    frames: &mut Frames<R>,
    wanted: &mut dyn FnMut(&Blob) -> bool,
) -> Result<Vec<Blob>, PbfStop> {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    while batch.len() < BATCH_BLOBS && bytes < BATCH_BYTES {
        let Some(blob) = frames.data_blob()? else { break };
        if wanted(&blob) {
            bytes += blob.raw_size;
            batch.push(blob);
        }
    }
    Ok(batch)
}

fn decode<P: Pass>(blob: &Blob, pass: &P) -> Result<(P::Part, Kinds), Stop> {
    let bytes = blob.unpack()?;
    let mut part = P::Part::default();
    let kinds = block::decode(&bytes, pass, &mut part)?;
    Ok((part, kinds))
}
