//! `GeoJSON` feature by feature (RFC 7946): properties as columns, the geometry as the row's shape.

use std::fmt;
use std::io::{BufReader, Read};

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::csv::shown;
use super::json_shape::GeometrySeed;
use super::meter::Meter;
use super::{Each, Record, Shape, Wanted, refusal};
use crate::{Fault, says};

pub(crate) fn read(
    reader: impl Read,
    meter: &Meter,
    wanted: &Wanted<'_>,
    each: Each<'_>,
) -> Result<(), Fault> {
    let mut seen = Seen {
        wanted: vec![false; wanted.columns.len()],
        first: Vec::new(),
        features: 0,
        is_there: false,
        projected: None,
    };
    let mut json = serde_json::Deserializer::from_reader(BufReader::with_capacity(1 << 16, reader));
    let walk = Walk { meter, wanted, each, seen: &mut seen };
    let outcome = TopSeed(walk).deserialize(&mut json).and_then(|()| json.end());
    if let Err(error) = outcome {
        let what = error.to_string();
        let what = what.split(" at line ").next().unwrap_or_default();
        let what = match seen.projected {
            Some(system) => says::projected(says::shown(&system)),
            None => says::not_geojson(what),
        };
        let fault = refusal(wanted, what, says::one_collection());
        return Err(if error.line() > 0 { fault.row(error.line() as u64) } else { fault });
    }
    if !seen.is_there {
        return Err(refusal(wanted, says::no_features(), says::one_collection()));
    }
    match seen.wanted.iter().position(|seen| !seen) {
        Some(index) if seen.features > 0 => {
            let column = &wanted.columns[index];
            let what = says::no_property(says::shown(column));
            let mend = says::name_a_property(shown(&seen.first));
            Err(refusal(wanted, what, mend).column(column))
        }
        _ => Ok(()),
    }
}

/// Property names of the first feature that are remembered for a message.
const NAMES_KEPT: usize = 64;

/// What has been met.
struct Seen {
    wanted: Vec<bool>,
    first: Vec<String>,
    features: u64,
    is_there: bool,
    /// The coordinate system it says it is in, if that cannot be read.
    projected: Option<String>,
}

struct Walk<'a> {
    meter: &'a Meter,
    wanted: &'a Wanted<'a>,
    each: Each<'a>,
    seen: &'a mut Seen,
}

#[derive(Deserialize)]
struct Crs {
    #[serde(default)]
    properties: CrsProperties,
}

#[derive(Default, Deserialize)]
struct CrsProperties {
    #[serde(default)]
    name: String,
}

struct TopSeed<'a>(Walk<'a>);

impl<'de> DeserializeSeed<'de> for TopSeed<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for TopSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a FeatureCollection")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "features" => {
                    self.0.seen.is_there = true;
                    map.next_value_seed(FeaturesSeed(&mut self.0))?;
                }
                "crs" => {
                    self.0.seen.projected = other_system(map.next_value::<Option<Crs>>()?);
                    if self.0.seen.projected.is_some() {
                        return Err(A::Error::custom("another coordinate system"));
                    }
                }
                _ => _ = map.next_value::<IgnoredAny>()?,
            }
            self.0.meter.row_ended();
        }
        Ok(())
    }
}

/// Older `GeoJSON` may declare another system, which is given back; only degrees are read.
fn other_system(crs: Option<Crs>) -> Option<String> {
    let name = crs.map(|crs| crs.properties.name).filter(|name| !name.is_empty())?;
    let is_known = ["CRS84", "4326", "4490", "4269"].iter().any(|known| name.contains(known));
    (!is_known).then_some(name)
}

struct FeaturesSeed<'w, 'a>(&'w mut Walk<'a>);

impl<'de> DeserializeSeed<'de> for FeaturesSeed<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for FeaturesSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let walk = self.0;
        while let Some(record) =
            seq.next_element_seed(FeatureSeed { wanted: walk.wanted, seen: walk.seen })?
        {
            (walk.each)(Ok(record));
            walk.meter.row_ended();
        }
        Ok(())
    }
}

struct FeatureSeed<'a> {
    wanted: &'a Wanted<'a>,
    seen: &'a mut Seen,
}

impl<'de> DeserializeSeed<'de> for FeatureSeed<'_> {
    type Value = Record;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Record, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for FeatureSeed<'_> {
    type Value = Record;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a feature")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Record, A::Error> {
        self.seen.features += 1;
        let values = vec![String::new(); self.wanted.columns.len()];
        let mut record =
            Record { row: self.seen.features, values, trimmed: None, shape: Shape::None };
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "geometry" => {
                    record.shape = map.next_value_seed(GeometrySeed(self.wanted.datum))?;
                }
                "properties" => {
                    let columns = &self.wanted.columns;
                    map.next_value_seed(PropertiesSeed {
                        columns,
                        seen: self.seen,
                        record: &mut record,
                    })?;
                }
                _ => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(record)
    }
}

struct PropertiesSeed<'a> {
    columns: &'a [String],
    seen: &'a mut Seen,
    record: &'a mut Record,
}

impl<'de> DeserializeSeed<'de> for PropertiesSeed<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for PropertiesSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("properties or null")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if let Some(index) = self.columns.iter().position(|column| *column == key) {
                self.seen.wanted[index] = true;
                let Text(text) = map.next_value()?;
                if text.trim().len() < text.len() {
                    self.record.trimmed.get_or_insert(index);
                }
                text.trim().clone_into(&mut self.record.values[index]);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
            if self.record.row == 1 && self.seen.first.len() < NAMES_KEPT {
                self.seen.first.push(key);
            }
        }
        Ok(())
    }
}

/// A property as text; lists and objects are nothing that a column can say.
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor).map(Self)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property")
    }

    fn visit_str<E>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_bool<E>(self, truth: bool) -> Result<String, E> {
        Ok(truth.to_string())
    }

    fn visit_i64<E>(self, number: i64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_u64<E>(self, number: u64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_f64<E>(self, number: f64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_unit<E>(self) -> Result<String, E> {
        Ok(String::new())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<String, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(String::new())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<String, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(String::new())
    }
}

#[cfg(test)]
mod tests {
    use crate::{FileFormat, TableReport, read_table};

    fn report(features: &str) -> TableReport {
        let text = format!("{{\"type\":\"FeatureCollection\",\n\"features\":[\n{features}\n]}}");
        read_table(text.as_bytes(), FileFormat::Geojson, "a.geojson")
    }

    fn feature(kind: &str, coordinates: &str) -> String {
        let geometry = format!("{{\"coordinates\":{coordinates},\"type\":\"{kind}\"}}");
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"name\":\"x\"}},\"geometry\":{geometry}}}"
        )
    }

    #[test]
    fn points_and_polygons_are_shapes() {
        let ring = "[[0,0],[0,1],[1,1,7],[0,0]]";
        for (kind, coordinates) in [
            ("Point", "[1.5,2]".to_owned()),
            ("Polygon", format!("[{ring},{ring}]")),
            ("MultiPolygon", format!("[[{ring}],[{ring},{ring}]]")),
        ] {
            let report = report(&feature(kind, &coordinates));
            assert_eq!(
                (report.rows, report.with_shape, report.faults.total()),
                (1, 1, 0),
                "{kind} {report:?}"
            );
        }
    }

    #[test]
    fn an_empty_geometry_is_none_at_all() {
        for (kind, coordinates) in [("Point", "[]"), ("Polygon", "[]"), ("MultiPolygon", "[[],[]]")]
        {
            let report = report(&feature(kind, coordinates));
            assert_eq!(
                (report.rows, report.with_shape, report.faults.total()),
                (1, 0, 0),
                "{kind}"
            );
        }
    }

    #[test]
    fn coordinates_that_make_no_shape_are_refused_by_their_feature() {
        for (kind, coordinates, what) in [
            ("Point", "[200,0]", "outside the earth"),
            ("Point", "[1]", "not two numbers"),
            ("Point", "[[1,2]]", "not nested as"),
            ("Point", "[null,2]", "null"),
            ("Polygon", "[[0,0],[0,1],[1,1]]", "not nested as"),
            ("Polygon", "[[[0,0],[0,1],[0,0]]]", "fewer than three"),
            ("Polygon", "[[[0,0],[0,91],[1,1]]]", "outside the earth"),
            ("Polygon", "[[[0,0],[[0,1]],[1,1]]]", "not nested alike"),
            ("MultiPolygon", "[[0,[0,0]]]", "not two numbers"),
            ("LineString", "[[0,0],[1,1]]", "neither a Point"),
        ] {
            let both = format!("{},\n{}", feature("Point", "[1,2]"), feature(kind, coordinates));
            let report = report(&both);
            assert_eq!((report.rows, report.with_shape), (2, 1), "{kind} {coordinates}");
            let fault = &report.faults.listed[0];
            assert_eq!((fault.row, fault.column.as_deref()), (Some(2), Some("geometry")));
            assert!(fault.what.en().contains(what), "{kind} {coordinates}: {fault}");
        }
    }

    #[test]
    fn a_file_that_is_not_a_collection_is_refused_by_its_line() {
        let broken = report(&format!("{},\n{{\"type\":", feature("Point", "[1,2]")));
        assert_eq!(broken.faults.first_refusal().unwrap().row, Some(5), "{broken:?}");
        let other = read_table(b"{\"type\":\"Feature\"}", FileFormat::Geojson, "a.json").faults;
        assert!(other.listed[0].what.en().contains("no `features`"));
        let crs = b"{\"crs\":{\"properties\":{\"name\":\"EPSG:3857\"}},\"features\":[]}";
        let projected = read_table(crs, FileFormat::Geojson, "a.json").faults;
        assert!(projected.listed[0].what.en().contains("EPSG:3857"), "{projected:?}");
    }

    #[test]
    fn a_property_that_no_feature_has_refuses_the_file() {
        let text =
            b"{\"features\":[{\"properties\":{\"label\":1,\"zone\":[1]},\"geometry\":null}]}";
        let fault = &read_table(text, FileFormat::Geojson, "a.json").faults.listed[0];
        assert!(
            fault.what.en().contains("no feature has a property \"name\"")
                && fault.mend.en().ends_with("label, zone"),
            "{fault}"
        );
    }
}
