//! OpenStreetMap XML, read as it streams by.
//!
//! Source of the format: OpenStreetMap wiki, *OSM XML*. Only the five entities of XML itself are resolved, so nothing expands.

mod element;
mod limit;

use std::io::BufRead;

use precinct_base::{Bounds, LonLat};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::budget::Overdrawn;
use crate::element::Pass;
use element::{Building, attribute};
use limit::Limited;

/// Elements shown to a pass before it absorbs them.
const PART: usize = 8_192;
/// Elements within elements; OSM has three.
const DEPTH: usize = 16;

/// Where and why reading stopped.
pub(crate) enum XmlStop {
    Fault(u64, String),
    Overdrawn,
}

/// Why a single event stopped the reading.
pub(crate) enum Stop {
    Fault(String),
    Overdrawn,
}

impl From<Overdrawn> for Stop {
    fn from(_: Overdrawn) -> Self {
        Self::Overdrawn
    }
}

impl From<quick_xml::Error> for Stop {
    fn from(error: quick_xml::Error) -> Self {
        Self::Fault(error.to_string())
    }
}

/// Shows every element that `pass` wants to it.
pub(crate) fn scan<P: Pass>(reader: impl BufRead, pass: &mut P) -> Result<(), XmlStop> {
    let mut reader = Reader::from_reader(Limited::new(reader));
    let mut walk = Walk {
        pass,
        part: P::Part::default(),
        shown: 0,
        rooted: false,
        depth: 0,
        building: Building::default(),
    };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        reader.get_mut().refill();
        let event = reader.read_event_into(&mut buffer).map_err(Stop::from);
        match event.and_then(|event| walk.see(event)) {
            Ok(true) => {}
            Ok(false) => break,
            Err(Stop::Fault(what)) => return Err(XmlStop::Fault(reader.buffer_position(), what)),
            Err(Stop::Overdrawn) => return Err(XmlStop::Overdrawn),
        }
    }
    walk.flush().map_err(|_| XmlStop::Overdrawn)
}

struct Walk<'p, P: Pass> {
    pass: &'p mut P,
    part: P::Part,
    shown: usize,
    rooted: bool,
    depth: usize,
    building: Building,
}

impl<P: Pass> Walk<'_, P> {
    /// Takes in one event; false at the end of the file.
    fn see(&mut self, event: Event<'_>) -> Result<bool, Stop> {
        match event {
            Event::Start(tag) => self.open(&tag)?,
            Event::Empty(tag) => {
                self.open(&tag)?;
                self.close()?;
            }
            Event::End(_) => self.close()?,
            Event::Eof if self.depth > 0 => {
                return Err(Stop::Fault("the file ends in the middle".to_owned()));
            }
            Event::Eof if !self.rooted => {
                return Err(Stop::Fault("there is no <osm> element".to_owned()));
            }
            Event::Eof => return Ok(false),
            _ => {}
        }
        Ok(true)
    }

    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), Stop> {
        let name = tag.name();
        let name: &str = name.as_ref();
        match self.depth {
            0 if name != "osm" => {
                let name: String = name.chars().take(32).collect();
                return Err(Stop::Fault(format!("the outermost element is <{name}>, not <osm>")));
            }
            1 if name == "bounds" => {
                if let Some(bounds) = bounds(tag)? {
                    self.pass.bounds(bounds);
                }
            }
            1 => self.building.begin(name, tag)?,
            2 => self.building.add(name, tag)?,
            DEPTH => return Err(Stop::Fault(format!("elements lie more than {DEPTH} deep"))),
            _ => {}
        }
        self.rooted = true;
        self.depth += 1;
        Ok(())
    }

    fn close(&mut self) -> Result<(), Stop> {
        // The reader itself refuses an end without a start.
        self.depth -= 1;
        if self.depth == 1 && self.building.finish(&*self.pass, &mut self.part)? {
            self.shown += 1;
            if self.shown.is_multiple_of(PART) {
                self.flush()?;
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Overdrawn> {
        self.pass.absorb(std::mem::take(&mut self.part))
    }
}

/// The bounds an extract declares; none if they make no sense.
fn bounds(tag: &BytesStart<'_>) -> Result<Option<Bounds>, Stop> {
    let corner = |lon, lat| -> Result<Option<LonLat>, Stop> {
        let (lon, lat) = (attribute(tag, lon)?, attribute(tag, lat)?);
        Ok(lon.zip(lat).and_then(|(lon, lat)| format!("{lon},{lat}").parse().ok()))
    };
    let (min, max) = (corner("minlon", "minlat")?, corner("maxlon", "maxlat")?);
    Ok(min.zip(max).and_then(|(min, max)| Bounds::new(min, max)))
}
