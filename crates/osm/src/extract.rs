//! An extract to read: a file or bytes in memory, in one of the formats, read as often as there are passes.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;

use crate::budget::Budget;
use crate::element::Pass;
use crate::pbf::{self, BlobKinds, PbfStop};
use crate::progress::Progress;
use crate::xml::{self, XmlStop};
use crate::{Clip, OsmError};

/// A format of OpenStreetMap files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// `.osm.pbf`
    Pbf,
    /// `.osm`
    Xml,
    /// `.osm.gz`
    XmlGzip,
}

impl Format {
    /// The format a file's name tells; `None` if it tells none that is read here.
    ///
    /// ```
    /// use precinct_osm::Format;
    /// assert_eq!(Format::of("a/macau.osm.pbf".as_ref()), Some(Format::Pbf));
    /// assert_eq!(Format::of("macau.osm.bz2".as_ref()), None);
    /// ```
    pub fn of(file: &Path) -> Option<Self> {
        let name = file.file_name()?.to_str()?.to_ascii_lowercase();
        let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        if ends(&[".pbf"]) {
            Some(Self::Pbf)
        } else if ends(&[".osm", ".osm.xml"]) {
            Some(Self::Xml)
        } else if ends(&[".osm.gz", ".osm.xml.gz"]) {
            Some(Self::XmlGzip)
        } else {
            None
        }
    }
}

enum Source<'a> {
    File,
    Bytes(&'a [u8]),
}

/// An extract, and what has been learnt of it so far.
pub(crate) struct Extract<'a> {
    name: PathBuf,
    format: Format,
    source: Source<'a>,
    size: u64,
    blob_kinds: BlobKinds,
}

impl<'a> Extract<'a> {
    /// The extract in a file, its format told by its name.
    pub(crate) fn file(path: &Path) -> Result<Self, OsmError> {
        let format = Format::of(path).ok_or_else(|| OsmError::Kind { file: path.to_owned() })?;
        let size = std::fs::metadata(path)
            .map_err(|source| OsmError::Read { file: path.to_owned(), source })?
            .len();
        Ok(Self {
            name: path.to_owned(),
            format,
            source: Source::File,
            size,
            blob_kinds: Vec::new(),
        })
    }

    /// The extract in memory; `name` is for messages.
    pub(crate) fn bytes(name: &str, format: Format, bytes: &'a [u8]) -> Self {
        let (name, size) = (PathBuf::from(name), bytes.len() as u64);
        Self { name, format, source: Source::Bytes(bytes), size, blob_kinds: Vec::new() }
    }

    /// What it may keep in memory.
    pub(crate) fn budget(&self) -> Budget {
        Budget::for_file(self.size)
    }

    /// The error of an overdrawn budget.
    pub(crate) fn overdrawn(&self) -> OsmError {
        OsmError::Overdrawn { file: self.name.clone(), bytes: self.size }
    }

    /// Its file, for messages.
    pub(crate) fn name(&self) -> &Path {
        &self.name
    }

    /// Shows every element that `pass` wants to it.
    pub(crate) fn scan<P: Pass>(
        &mut self,
        what: &str,
        pass: &mut P,
        progress: &dyn Progress,
    ) -> Result<(), OsmError> {
        progress.start(what, self.size);
        let reader = self.open()?;
        let outcome = match self.format {
            Format::Pbf => {
                let advance = |bytes| progress.advance(bytes);
                let scanned = pbf::scan(reader, pass, &mut self.blob_kinds, &advance);
                scanned.map_err(|stop| self.pbf_error(stop))
            }
            Format::Xml => {
                let reader = Counted { reader, progress };
                xml::scan(BufReader::with_capacity(1 << 16, reader), pass)
                    .map_err(|stop| self.xml_error(stop))
            }
            Format::XmlGzip => {
                let reader = MultiGzDecoder::new(Counted { reader, progress });
                xml::scan(BufReader::with_capacity(1 << 16, reader), pass)
                    .map_err(|stop| self.xml_error(stop))
            }
        };
        progress.done();
        outcome
    }

    fn open(&self) -> Result<Box<dyn Read + 'a>, OsmError> {
        match self.source {
            Source::Bytes(bytes) => Ok(Box::new(bytes)),
            Source::File => {
                let file = File::open(&self.name);
                let file =
                    file.map_err(|source| OsmError::Read { file: self.name.clone(), source })?;
                Ok(Box::new(BufReader::with_capacity(1 << 16, file)))
            }
        }
    }

    fn pbf_error(&self, stop: PbfStop) -> OsmError {
        let file = self.name.clone();
        match stop {
            PbfStop::Fault(offset, fault) => OsmError::Pbf { file, offset, fault },
            PbfStop::Overdrawn => self.overdrawn(),
            PbfStop::Read(source) => OsmError::Read { file, source },
        }
    }

    fn xml_error(&self, stop: XmlStop) -> OsmError {
        let file = self.name.clone();
        match stop {
            XmlStop::Fault(offset, what) => OsmError::Xml { file, offset, what },
            XmlStop::Overdrawn => self.overdrawn(),
        }
    }
}

/// Tells `progress` what has been read.
struct Counted<'p, R> {
    reader: R,
    progress: &'p dyn Progress,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.progress.advance(read as u64);
        Ok(read)
    }
}

impl Clip {
    /// Whether `place` is inside.
    pub(crate) fn contains(&self, place: precinct_base::LonLat) -> bool {
        match self {
            Self::Everything => true,
            Self::Bounds(bounds) => bounds.contains(place),
            Self::Area(area) => area.contains(place),
        }
    }
}
