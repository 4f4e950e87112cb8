//! The rows of a DIMACS file: one letter and a few numbers each.

use std::io::{BufRead, BufReader, Read};
use std::str::FromStr;

use flate2::bufread::MultiGzDecoder;
use precinct_base::LonLat;

use crate::Progress;

/// Bytes of one row.
const ROW_BYTES: usize = 1 << 12;
/// Fields of a row that mean something.
const FIELDS: usize = 5;

/// Where and why reading stopped.
pub(super) enum Stop {
    Fault(u64, String),
    Overdrawn,
    Read(std::io::Error),
}

/// The rows of a file that are neither empty nor comments.
pub(super) struct Rows<'a> {
    reader: Box<dyn BufRead + 'a>,
}

impl<'a> Rows<'a> {
    pub(super) fn new(reader: &'a mut dyn Read, progress: &'a dyn Progress) -> Self {
        let mut plain = BufReader::with_capacity(1 << 16, Counted { reader, progress });
        // A gzip file begins with 1f 8b (RFC 1952), which no text does.
        let packed = plain.fill_buf().is_ok_and(|start| start.starts_with(&[0x1f, 0x8b]));
        let reader: Box<dyn BufRead + 'a> = if packed {
            Box::new(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(plain)))
        } else {
            Box::new(plain)
        };
        Self { reader }
    }

    /// Hands each row to `take`; says how many rows there are.
    pub(super) fn each(
        mut self,
        take: &mut dyn FnMut(&Row<'_>) -> Result<(), Stop>,
    ) -> Result<u64, Stop> {
        let (mut line, mut at) = (Vec::new(), 0);
        loop {
            line.clear();
            let read = self.reader.by_ref().take(ROW_BYTES as u64 + 1).read_until(b'\n', &mut line);
            match read {
                Ok(0) => return Ok(at),
                Ok(_) => at += 1,
                Err(error) => return Err(Stop::Read(error)),
            }
            if line.len() > ROW_BYTES {
                return Err(Stop::Fault(at, format!("the row is longer than {ROW_BYTES} bytes")));
            }
            let text = str::from_utf8(&line)
                .map_err(|_| Stop::Fault(at, "the row is not text".to_owned()))?;
            if let Some(row) = Row::parse(at, text) {
                take(&row)?;
            }
        }
    }
}

/// One row.
pub(super) struct Row<'a> {
    /// Its number, from 1.
    pub(super) at: u64,
    fields: [&'a str; FIELDS + 1],
    count: usize,
}

impl<'a> Row<'a> {
    fn parse(at: u64, text: &'a str) -> Option<Self> {
        let mut row = Self { at, fields: [""; FIELDS + 1], count: 0 };
        for (field, text) in row.fields.iter_mut().zip(text.split_ascii_whitespace()) {
            *field = text;
            row.count += 1;
        }
        let means_something = row.count > 0 && row.fields[0] != "c";
        means_something.then_some(row)
    }

    /// Its fields; one more than any row has, if there are too many.
    pub(super) fn fields(&self) -> &[&'a str] {
        &self.fields[..self.count]
    }

    pub(super) fn fault(&self, what: &str) -> Stop {
        Stop::Fault(self.at, what.to_owned())
    }

    /// A field as a number.
    pub(super) fn number<N: FromStr>(&self, field: &str, what: &str) -> Result<N, Stop> {
        let shown: String = field.chars().take(32).collect();
        field.parse().map_err(|_| {
            Stop::Fault(self.at, format!("{what}, {shown:?}, is not a whole number that fits"))
        })
    }

    /// A field as the index of a node, which it numbers from 1.
    pub(super) fn node(&self, field: &str, nodes: usize) -> Result<u32, Stop> {
        let node: u32 = self.number(field, "the node")?;
        if (1..=nodes).contains(&(node as usize)) {
            Ok(node - 1)
        } else {
            Err(Stop::Fault(
                self.at,
                format!("there is no node {node}; they are numbered 1 to {nodes}"),
            ))
        }
    }

    /// Two fields as a place; they are in millionths of a degree.
    pub(super) fn place(&self, lon: &str, lat: &str) -> Result<LonLat, Stop> {
        let [lon, lat]: [i32; 2] =
            [self.number(lon, "the longitude")?, self.number(lat, "the latitude")?];
        let place = lon
            .checked_mul(10)
            .zip(lat.checked_mul(10))
            .and_then(|(lon, lat)| LonLat::new(lon, lat));
        place.ok_or_else(|| {
            self.fault("the place is off the earth; write millionths of a degree, longitude first")
        })
    }
}

/// Tells `progress` what has been read.
struct Counted<'a> {
    reader: &'a mut dyn Read,
    progress: &'a dyn Progress,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.progress.advance(read as u64);
        Ok(read)
    }
}
