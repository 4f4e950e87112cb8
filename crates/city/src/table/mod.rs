//! Tables row by row, CSV and `GeoJSON` alike. Neither a large file nor a hostile one fills the memory: one row is kept at a
//! time, and a row has a largest size.

mod csv;
mod geojson;
mod json_shape;
mod lines;
mod meter;

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use precinct_base::{LonLat, MultiPolygon, Said};

use crate::schema::FileFormat;
use crate::{Datum, Fault, Faults, Severity, says};
use meter::{Meter, Metered};

/// Bytes of one row of CSV. A hostile one may be fields without end, each of which costs more than it has bytes.
const ROW_BYTES: u64 = 8 << 20;
/// Bytes of one feature: a polygon of [`precinct_base::caps::POLYGON_POINTS`] with fifteen digits to a coordinate fits.
const FEATURE_BYTES: u64 = 48 << 20;

/// What is wanted of a table.
pub(crate) struct Wanted<'a> {
    /// What faults call the file.
    pub(crate) label: &'a str,
    pub(crate) format: FileFormat,
    pub(crate) delimiter: u8,
    pub(crate) datum: Datum,
    /// The columns wanted, each once.
    pub(crate) columns: &'a [String],
}

/// One row of a table, or one feature.
pub(crate) struct Record {
    /// The line of a CSV file it starts on, or the number of the feature, from 1.
    pub(crate) row: u64,
    /// What stands in each of [`Wanted::columns`], without spaces round it.
    pub(crate) values: Vec<String>,
    /// The first of them that had spaces round it.
    pub(crate) trimmed: Option<usize>,
    pub(crate) shape: Shape,
}

/// The ground a row is about.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    /// It has none.
    None,
    Point(LonLat),
    Area(MultiPolygon),
    /// It has one that cannot be used, for this reason.
    Bad(fn() -> Said),
}

/// Shown each row, or what is wrong with a row that cannot be read.
pub(crate) type Each<'a> = &'a mut dyn FnMut(Result<Record, Fault>);

/// Reads the table in a file, unpacking it if its name ends in `.gz`. An error refuses the whole table.
pub(crate) fn read_file(path: &Path, wanted: &Wanted<'_>, each: Each<'_>) -> Result<(), Fault> {
    let file = File::open(path).map_err(|error| {
        refusal(wanted, says::cannot_open(path.display(), error), says::check_path())
    })?;
    let reader = BufReader::with_capacity(1 << 16, file);
    let packed = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz"));
    if packed {
        read(MultiGzDecoder::new(reader), wanted, each)
    } else {
        read(reader, wanted, each)
    }
}

/// Reads a table from bytes, unpacking it if the label ends in `.gz`.
fn read_bytes(bytes: &[u8], wanted: &Wanted<'_>, each: Each<'_>) -> Result<(), Fault> {
    let packed = Path::new(wanted.label)
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("gz"));
    if packed { read(MultiGzDecoder::new(bytes), wanted, each) } else { read(bytes, wanted, each) }
}

fn read(reader: impl Read, wanted: &Wanted<'_>, each: Each<'_>) -> Result<(), Fault> {
    let meter = Meter::new(match wanted.format {
        FileFormat::Csv => ROW_BYTES,
        FileFormat::Geojson => FEATURE_BYTES,
    });
    let reader = Metered::new(reader, &meter);
    match wanted.format {
        FileFormat::Csv => csv::read(lines::Lines::new(reader), &meter, wanted, each),
        FileFormat::Geojson => geojson::read(reader, &meter, wanted, each),
    }
}

fn refusal(wanted: &Wanted<'_>, what: Said, mend: Said) -> Fault {
    Fault::new(Severity::Refusal, wanted.label, what, mend)
}

/// What a table has, whatever it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableReport {
    /// Rows or features that could be read.
    pub rows: u64,
    /// Rows with a place or an area of their own.
    pub with_shape: u64,
    /// What is wrong with the table.
    pub faults: Faults,
}

/// Reads a whole table from memory, its `lon` and `lat` and `name` if it has them, and tells what is wrong with it.
///
/// ```
/// use precinct_city::{FileFormat, read_table};
/// let report = read_table(b"name,lon,lat\nA,113.5,22.2\nB,113.5\n", FileFormat::Csv, "posts.csv");
/// assert_eq!(report.rows, 1);
/// assert_eq!(report.faults.listed[0].row, Some(3));
/// ```
pub fn read_table(bytes: &[u8], format: FileFormat, label: &str) -> TableReport {
    let columns: &[String] = match format {
        FileFormat::Csv => &["name".to_owned(), "lon".to_owned(), "lat".to_owned()],
        FileFormat::Geojson => &["name".to_owned()],
    };
    let wanted = Wanted { label, format, delimiter: b',', datum: Datum::Wgs84, columns };
    let mut report = TableReport::default();
    let outcome = read_bytes(bytes, &wanted, &mut |record| match record {
        Ok(record) => {
            report.rows += 1;
            report.with_shape +=
                u64::from(matches!(record.shape, Shape::Point(_) | Shape::Area(_)));
            if let Shape::Bad(what) = record.shape {
                let fault = Fault::new(Severity::Fault, label, what(), says::point_or_polygons());
                report.faults.push(fault.row(record.row).column("geometry"));
            }
        }
        Err(fault) => report.faults.push(fault),
    });
    if let Err(fault) = outcome {
        report.faults.push(fault);
    }
    report
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), packed: bool) {
            let label = if packed { "x.gz" } else { "x" };
            for format in [FileFormat::Csv, FileFormat::Geojson] {
                let report = read_table(&bytes, format, label);
                prop_assert!(report.rows <= 200 && report.faults.refusals <= 1);
            }
        }

        #[test]
        fn any_nesting_is_read_or_refused(text in "[\\[\\]{},:0-9.\"a ]{0,60}") {
            let text = format!("{{\"features\":[{{\"properties\":{{\"name\":1}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":{text}}}}}]}}");
            let report = read_table(text.as_bytes(), FileFormat::Geojson, "x");
            prop_assert!(report.rows <= 1);
        }

        #[test]
        fn packed_or_plain_a_table_is_the_same(rows in prop::collection::vec("[a-z ]{0,9},[0-9]{1,2},[0-9]{1,2}", 0..20)) {
            use std::io::Write;
            let plain = format!("name,lon,lat\n{}\n", rows.join("\n"));
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packed.write_all(plain.as_bytes()).unwrap();
            let unpacked = read_table(&packed.finish().unwrap(), FileFormat::Csv, "x.gz");
            prop_assert_eq!(unpacked.rows, rows.len() as u64);
            prop_assert_eq!(read_table(plain.as_bytes(), FileFormat::Csv, "x").rows, rows.len() as u64);
        }
    }
}
