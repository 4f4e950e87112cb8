//! CSV row by row.

use std::io::Read;

use csv::{ByteRecord, ReaderBuilder};
use precinct_base::caps;

use super::meter::Meter;
use super::{Each, Record, Shape, Wanted, refusal};
use crate::{Fault, Severity, says};

pub(crate) fn read(
    reader: impl Read,
    meter: &Meter,
    wanted: &Wanted<'_>,
    each: Each<'_>,
) -> Result<(), Fault> {
    let mut rows =
        ReaderBuilder::new().flexible(true).delimiter(wanted.delimiter).from_reader(reader);
    let header = rows.byte_headers().map_err(|error| unreadable(wanted, &error))?.clone();
    meter.row_ended();
    let places = find_columns(&header, wanted)?;
    let mut record = ByteRecord::new();
    loop {
        match rows.read_byte_record(&mut record) {
            Ok(true) => each(row(&record, header.len(), &places, wanted)),
            Ok(false) => return Ok(()),
            Err(error) => return Err(unreadable(wanted, &error)),
        }
        meter.row_ended();
    }
}

fn unreadable(wanted: &Wanted<'_>, error: &csv::Error) -> Fault {
    let fault = refusal(wanted, says::cannot_read(error), says::fetch_again());
    match error.position() {
        Some(position) => fault.row(position.line()),
        None => fault,
    }
}

/// The place of each wanted column in a row.
fn find_columns(header: &ByteRecord, wanted: &Wanted<'_>) -> Result<Vec<usize>, Fault> {
    let mut names = Vec::with_capacity(header.len().min(1_000));
    for name in header {
        let Ok(name) = std::str::from_utf8(name) else {
            return Err(refusal(wanted, says::header_not_utf8(), says::save_csv_utf8()).row(1));
        };
        names.push(name.trim_start_matches('\u{feff}').trim());
    }
    let mut places = Vec::with_capacity(wanted.columns.len());
    for column in wanted.columns {
        let mut found = names.iter().enumerate().filter(|(_, name)| *name == column);
        match (found.next(), found.next()) {
            (Some((place, _)), None) => places.push(place),
            (Some(_), Some(_)) => {
                let what = says::two_columns(says::shown(column));
                let fault = refusal(wanted, what, says::rename_one());
                return Err(fault.row(1).column(column));
            }
            (None, _) => {
                let what = says::no_column(says::shown(column));
                let mend = says::name_a_column(shown(&names));
                return Err(refusal(wanted, what, mend).row(1).column(column));
            }
        }
    }
    Ok(places)
}

/// The first names, and how many more there are.
pub(super) fn shown(names: &[impl AsRef<str>]) -> String {
    const SHOWN: usize = 40;
    let first: Vec<&str> = names.iter().take(SHOWN).map(AsRef::as_ref).collect();
    let more = names.len().saturating_sub(SHOWN);
    if more > 0 { format!("{} … (+{more})", first.join(", ")) } else { first.join(", ") }
}

fn row(
    record: &ByteRecord,
    width: usize,
    places: &[usize],
    wanted: &Wanted<'_>,
) -> Result<Record, Fault> {
    let row = record.position().map_or(0, csv::Position::line);
    let fault = |what, mend| Fault::new(Severity::Fault, wanted.label, what, mend).row(row);
    if record.len() != width {
        return Err(fault(says::width(record.len(), width), says::one_field_each()));
    }
    let mut values = Vec::with_capacity(places.len());
    let mut trimmed = None;
    for (index, &place) in places.iter().enumerate() {
        let field = &record[place];
        if field.len() > caps::FIELD_BYTES {
            let what = says::field_bytes(field.len(), caps::FIELD_BYTES);
            return Err(fault(what, says::close_quote()).column(&wanted.columns[index]));
        }
        let Ok(text) = std::str::from_utf8(field) else {
            let fault = fault(says::field_not_utf8(), says::save_csv_utf8());
            return Err(fault.column(&wanted.columns[index]));
        };
        if trimmed.is_none() && text.trim().len() < text.len() {
            trimmed = Some(index);
        }
        values.push(text.trim().to_owned());
    }
    Ok(Record { row, values, trimmed, shape: Shape::None })
}

#[cfg(test)]
mod tests {
    use crate::{FileFormat, TableReport, read_table};

    fn report(text: &[u8]) -> TableReport {
        read_table(text, FileFormat::Csv, "a.csv")
    }

    fn first(text: &[u8]) -> String {
        report(text).faults.listed[0].to_string()
    }

    #[test]
    fn a_row_of_another_width_is_refused_by_its_line() {
        let text = b"\xef\xbb\xbfname,lon,lat\n\"two\nlines\",1,2\nshort,1\nlong,1,2,3\nfine,1,2\n";
        let report = report(text);
        assert_eq!(report.rows, 2);
        let rows: Vec<Option<u64>> = report.faults.listed.iter().map(|fault| fault.row).collect();
        assert_eq!(rows, [Some(4), Some(5)]);
        assert!(report.faults.listed[0].what.en().contains("2 fields, the header 3"));
    }

    #[test]
    fn lines_that_end_in_two_bytes_are_counted_once() {
        let report = report(b"name,lon,lat\r\nA,1,2\r\nB,1\r\n");
        assert_eq!((report.rows, report.faults.listed[0].row), (1, Some(3)));
    }

    #[test]
    fn a_column_that_is_not_there_or_there_twice_refuses_the_table() {
        let shown = first(b"name,x,lat\n");
        assert!(shown.starts_with("a.csv:1:lon: there is no column \"lon\""), "{shown}");
        assert!(shown.ends_with("in the city's file: name, x, lat"), "{shown}");
        assert!(first(b"name,lon,lat,lon\n").starts_with("a.csv:1:lon: two columns are called"));
        assert!(first(b"").contains("there is no column"));
    }

    #[test]
    fn what_is_not_utf8_is_refused_where_it_is() {
        let text = b"name,lon,lat\n\xd6\xd0\xd0\xc4,1,2\nfine,1,2\n";
        assert!(first(text).starts_with("a.csv:2:name: the field is not UTF-8"));
        assert_eq!(report(text).rows, 1);
        assert!(first(b"\xd6\xd0,lon\n").contains("the header row is not UTF-8"));
    }

    #[test]
    fn a_quote_that_is_never_closed_is_refused() {
        let mut text = b"name,lon,lat\n\"".to_vec();
        text.extend(std::iter::repeat_n(b'x', 3 << 20));
        text.extend(b"\",1,2\n");
        assert!(first(&text).contains("the field has 3145728 bytes"));
    }

    #[test]
    fn a_truncated_gzip_is_refused_whole() {
        let faults =
            read_table(b"\x1f\x8b\x08\0\0\0\0\0\0\x03abc", FileFormat::Csv, "a.csv.gz").faults;
        assert_eq!(faults.refusals, 1, "{faults:?}");
    }
}
