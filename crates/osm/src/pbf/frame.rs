//! The outermost layer of a PBF file: length, blob header, blob; and the unpacking of a blob.

use std::io::{ErrorKind, Read};

use flate2::read::ZlibDecoder;
use precinct_base::caps::{OSM_BLOB_BYTES, OSM_BLOB_HEADER_BYTES};

use super::wire::{Message, Value};
use super::{PbfFault, PbfStop};

/// A blob still packed.
#[derive(Debug)]
pub(crate) struct Blob {
    /// Where its frame starts in the file.
    pub(crate) offset: u64,
    /// The size it says it unpacks to; checked when it is unpacked.
    pub(crate) raw_size: usize,
    bytes: Vec<u8>,
}

/// Reads the frames of a file one after the other.
pub(crate) struct Frames<R> {
    reader: R,
    offset: u64,
}

impl<R: Read> Frames<R> {
    pub(crate) const fn new(reader: R) -> Self {
        Self { reader, offset: 0 }
    }

    /// How far it has read.
    pub(crate) const fn offset(&self) -> u64 {
        self.offset
    }

    /// The next blob of elements, or `None` at the end of the file. Blobs of unknown types are passed over, as the format asks.
    pub(crate) fn data_blob(&mut self) -> Result<Option<Blob>, PbfStop> {
        loop {
            match self.blob()? {
                None => return Ok(None),
                Some((kind, blob)) if kind == b"OSMData" => return Ok(Some(blob)),
                Some(_) => {}
            }
        }
    }

    /// The header blob, which has to come first.
    pub(crate) fn header_blob(&mut self) -> Result<Blob, PbfStop> {
        match self.blob() {
            Ok(Some((kind, blob))) if kind == b"OSMHeader" => Ok(blob),
            Err(PbfStop::Read(error)) => Err(PbfStop::Read(error)),
            _ => Err(PbfStop::Fault(0, PbfFault::NoHeader)),
        }
    }

    fn blob(&mut self) -> Result<Option<(Vec<u8>, Blob)>, PbfStop> {
        let offset = self.offset;
        let fault = |fault| PbfStop::Fault(offset, fault);
        let prefix = self.take(4)?;
        let Ok(prefix) = <[u8; 4]>::try_from(prefix.as_slice()) else {
            return if prefix.is_empty() { Ok(None) } else { Err(fault(PbfFault::Truncated)) };
        };
        let length = u64::from(u32::from_be_bytes(prefix));
        within("header", length, OSM_BLOB_HEADER_BYTES).map_err(fault)?;
        let (kind, size) = blob_header(&self.exactly(length, offset)?).map_err(fault)?;
        let bytes = self.exactly(size, offset)?;
        // What lies in a blob of an unknown type is nobody's business here.
        let raw_size = match kind.as_slice() {
            b"OSMHeader" | b"OSMData" => raw_size(&bytes).map_err(fault)?,
            _ => 0,
        };
        Ok(Some((kind, Blob { offset, raw_size, bytes })))
    }

    fn exactly(&mut self, length: u64, start: u64) -> Result<Vec<u8>, PbfStop> {
        let bytes = self.take(length)?;
        if bytes.len() as u64 == length {
            Ok(bytes)
        } else {
            Err(PbfStop::Fault(start, PbfFault::Truncated))
        }
    }

    /// Up to `length` bytes, fewer only at the end of the file; memory grows with what is there, not with what is claimed.
    fn take(&mut self, length: u64) -> Result<Vec<u8>, PbfStop> {
        let mut bytes = Vec::new();
        match self.reader.by_ref().take(length).read_to_end(&mut bytes) {
            Ok(read) => self.offset += read as u64,
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => {}
            Err(error) => return Err(PbfStop::Read(error)),
        }
        Ok(bytes)
    }
}

fn within(what: &'static str, bytes: u64, limit: usize) -> Result<(), PbfFault> {
    if bytes <= limit as u64 { Ok(()) } else { Err(PbfFault::TooLarge { what, bytes, limit }) }
}

/// The type of the blob that follows and its size.
fn blob_header(bytes: &[u8]) -> Result<(Vec<u8>, u64), PbfFault> {
    let (mut kind, mut size) = (None, None);
    let mut message = Message(bytes);
    while let Some((field, value)) = message.field()? {
        match field {
            1 => kind = Some(value.bytes()?.to_vec()),
            3 => size = Some(value.number()?),
            _ => {}
        }
    }
    let (kind, size) = kind.zip(size).ok_or(PbfFault::Wire)?;
    within("block", size, OSM_BLOB_BYTES)?;
    Ok((kind, size))
}

fn raw_size(bytes: &[u8]) -> Result<usize, PbfFault> {
    let (mut raw, mut size) = (0, None);
    let mut message = Message(bytes);
    while let Some((field, value)) = message.field()? {
        match field {
            1 => raw = value.bytes()?.len() as u64,
            2 => size = Some(value.number()?),
            _ => {}
        }
    }
    let size = size.unwrap_or(raw);
    within("unpacked block", size, OSM_BLOB_BYTES)?;
    Ok(size as usize)
}

impl Blob {
    /// Its contents.
    pub(crate) fn unpack(&self) -> Result<Vec<u8>, PbfFault> {
        let mut message = Message(&self.bytes);
        while let Some((field, value)) = message.field()? {
            match (field, value) {
                (1, Value::Bytes(raw)) if raw.len() == self.raw_size => return Ok(raw.to_vec()),
                (1, _) => return Err(PbfFault::RawSize { declared: self.raw_size as u64 }),
                (3, value) => return inflate(value.bytes()?, self.raw_size),
                (4, _) => return Err(PbfFault::Packing { method: "LZMA" }),
                (5, _) => return Err(PbfFault::Packing { method: "bzip2" }),
                (6, _) => return Err(PbfFault::Packing { method: "LZ4" }),
                (7, _) => return Err(PbfFault::Packing { method: "Zstandard" }),
                _ => {}
            }
        }
        Err(PbfFault::Wire)
    }
}

/// Unpacks exactly `size` bytes; what claims more than there is, or less, is refused without being unpacked to its end.
fn inflate(packed: &[u8], size: usize) -> Result<Vec<u8>, PbfFault> {
    let mut bytes = Vec::with_capacity(size.min(packed.len().saturating_mul(4)));
    let mut unpacked = ZlibDecoder::new(packed).take(size as u64 + 1);
    unpacked.read_to_end(&mut bytes).map_err(|_| PbfFault::Inflate)?;
    if bytes.len() == size { Ok(bytes) } else { Err(PbfFault::RawSize { declared: size as u64 }) }
}
