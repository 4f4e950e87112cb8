//! `GeoJSON` geometries to places and areas. Coordinates are read flat, so that hostile nesting costs no memory.

use std::fmt;

use precinct_base::{LonLat, MultiPolygon, Polygon, Ring, Said, caps};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::Shape;
use crate::{Datum, says};

/// What `coordinates` says, without knowing yet what it is the coordinates of.
#[derive(Default)]
struct Flat {
    positions: Vec<(f64, f64)>,
    /// Where in `positions` each list of positions ends.
    rings: Vec<usize>,
    /// Where in `rings` each list of lists ends.
    polygons: Vec<usize>,
    /// How deep the lists are: 1 for one position. `None` if that differs from place to place.
    height: Option<u8>,
    wrong: Option<fn() -> Said>,
}

/// A `geometry` member; [`Shape::None`] for `null`.
pub(super) struct GeometrySeed(pub(super) Datum);

impl<'de> DeserializeSeed<'de> for GeometrySeed {
    type Value = Shape;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Shape, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for GeometrySeed {
    type Value = Shape;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a geometry or null")
    }

    fn visit_unit<E>(self) -> Result<Shape, E> {
        Ok(Shape::None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Shape, A::Error> {
        let (mut kind, mut flat) = (String::new(), Flat::default());
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "type" => kind = map.next_value()?,
                "coordinates" => {
                    flat = Flat::default();
                    flat.height = map.next_value_seed(List(&mut flat))?;
                }
                _ => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(flat.shape(&kind, self.0).unwrap_or_else(Shape::Bad))
    }
}

impl Flat {
    fn shape(&self, kind: &str, datum: Datum) -> Result<Shape, fn() -> Said> {
        if let Some(wrong) = self.wrong {
            return Err(wrong);
        }
        let depth = match kind {
            "Point" => 1,
            "Polygon" => 3,
            "MultiPolygon" => 4,
            _ => return Err(says::geometry_kind),
        };
        match self.height {
            Some(height) if height == depth => {}
            Some(0) => return Ok(Shape::None),
            _ => return Err(says::geometry_nested),
        }
        if depth == 1 {
            let place = self.positions.first().and_then(|&(lon, lat)| datum.to_wgs84(lon, lat));
            return place.map(Shape::Point).ok_or(says::geometry_outside);
        }
        let every_ring: Vec<Ring> = self.ring_list(datum)?;
        let mut rings = every_ring.into_iter();
        let ends: &[usize] = if depth == 3 { &[self.rings.len()] } else { &self.polygons };
        let mut polygons = Vec::new();
        let mut from = 0;
        for &end in ends {
            let mut own = rings.by_ref().take(end - from);
            if let Some(outer) = own.next() {
                polygons.push(Polygon { outer, holes: own.collect() });
            }
            from = end;
        }
        Ok(if polygons.is_empty() { Shape::None } else { Shape::Area(MultiPolygon(polygons)) })
    }

    fn ring_list(&self, datum: Datum) -> Result<Vec<Ring>, fn() -> Said> {
        let mut from = 0;
        let ring = |&end: &usize| {
            let places =
                self.positions[from..end].iter().map(|&(lon, lat)| datum.to_wgs84(lon, lat));
            from = end;
            let mut ring: Vec<LonLat> =
                places.collect::<Option<_>>().ok_or(says::geometry_outside as fn() -> Said)?;
            if ring.len() > 1 && ring.first() == ring.last() {
                ring.pop();
            }
            if ring.len() < 3 { Err(says::geometry_ring as fn() -> Said) } else { Ok(ring) }
        };
        self.rings.iter().map(ring).collect()
    }
}

/// A number (height 0) or a list of what is one lower. Gives the height; `None` if parts differ. An empty list has height 0.
struct List<'a>(&'a mut Flat);

impl<'de> DeserializeSeed<'de> for List<'_> {
    type Value = Option<u8>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<u8>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for List<'_> {
    type Value = Option<u8>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("numbers in lists")
    }

    fn visit_unit<E>(self) -> Result<Option<u8>, E> {
        self.0.wrong = Some(says::geometry_null);
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Option<u8>, A::Error> {
        let flat = self.0;
        let mut numbers: [Option<f64>; 2] = [None; 2];
        let (mut count, mut inner, mut lists) = (0_usize, None, 0_usize);
        while let Some(part) = seq.next_element_seed(Part(flat))? {
            match part {
                Inner::Number(number) => {
                    if let Some(slot) = numbers.get_mut(count) {
                        *slot = Some(number);
                    }
                    count += 1;
                }
                Inner::List(Some(0)) => {}
                Inner::List(height) => {
                    if lists > 0 && inner != height {
                        flat.wrong = Some(says::geometry_not_alike);
                    }
                    inner = height;
                    lists += 1;
                }
            }
        }
        Ok(flat.close(numbers, count, inner, lists))
    }
}

impl Flat {
    /// A list has ended that held `count` numbers and `lists` lists of height `inner`.
    fn close(
        &mut self,
        numbers: [Option<f64>; 2],
        count: usize,
        inner: Option<u8>,
        lists: usize,
    ) -> Option<u8> {
        if count == 1 || (count > 0 && lists > 0) {
            self.wrong = Some(says::geometry_pair);
            return None;
        }
        if let [Some(lon), Some(lat)] = numbers {
            if self.positions.len() >= caps::POLYGON_POINTS {
                self.wrong = Some(says::geometry_points);
            } else {
                self.positions.push((lon, lat));
            }
            return Some(1);
        }
        if lists == 0 {
            return Some(0);
        }
        let limit = caps::POLYGON_POINTS;
        match inner? {
            1 if self.rings.len() < limit => self.rings.push(self.positions.len()),
            2 if self.polygons.len() < limit => self.polygons.push(self.rings.len()),
            _ => {}
        }
        Some(inner? + 1)
    }
}

enum Inner {
    Number(f64),
    List(Option<u8>),
}

struct Part<'a>(&'a mut Flat);

impl<'de> DeserializeSeed<'de> for Part<'_> {
    type Value = Inner;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Inner, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Part<'_> {
    type Value = Inner;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or a list of numbers")
    }

    fn visit_f64<E>(self, number: f64) -> Result<Inner, E> {
        Ok(Inner::Number(number))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Inner, E> {
        Ok(Inner::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Inner, E> {
        Ok(Inner::Number(number as f64))
    }

    fn visit_unit<E>(self) -> Result<Inner, E> {
        self.0.wrong = Some(says::geometry_null);
        Ok(Inner::Number(0.0))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Inner, A::Error> {
        List(self.0).visit_seq(seq).map(Inner::List)
    }
}
