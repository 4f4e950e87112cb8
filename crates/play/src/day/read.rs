//! Reads a recorded day from a CSV file, plain or gzipped: row by row, a row that cannot be used is named and left out.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use csv::{ReaderBuilder, StringRecord};
use flate2::read::MultiGzDecoder;
use precinct_base::{LonLat, Said, Timestamp, caps};
use precinct_city::{Fault, Severity};

use super::place::{degrees, place};
use super::{Call, Day, Mapping, Origin, Response};
use crate::Zone;

/// Why a recorded day cannot be read at all.
#[derive(Debug, thiserror::Error)]
pub enum DayError {
    /// The file cannot be opened.
    #[error(
        "{path} cannot be opened: {source}; check that the path is right and that the file may be read"
    )]
    Open {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is not CSV any more.
    #[error("{path} cannot be read on: {source}; fetch or export the file again")]
    Csv {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: csv::Error,
    },
    /// No known mapping fits.
    #[error(
        "the columns of {path} are those of no known record: give a mapping with --map; they are {columns}"
    )]
    NoMapping {
        /// The file.
        path: PathBuf,
        /// Its columns.
        columns: String,
    },
    /// A column of the mapping is not there.
    #[error("{path} has no column {column:?}: name one of its columns in the mapping: {columns}")]
    NoColumn {
        /// The file.
        path: PathBuf,
        /// The column.
        column: String,
        /// Its columns.
        columns: String,
    },
    /// There are too many rows.
    #[error(
        "{path} has more than {} rows: cut it to the days that are to be played",
        caps::PLAY_ROWS
    )]
    Rows {
        /// The file.
        path: PathBuf,
    },
}

/// Reads the day in `path` by `mapping`, or by the known mapping that fits its columns.
pub fn read_day(path: &Path, mapping: Option<Mapping>) -> Result<Day, DayError> {
    let file =
        File::open(path).map_err(|source| DayError::Open { path: path.to_owned(), source })?;
    let file = BufReader::with_capacity(1 << 16, file);
    let packed = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz"));
    if packed { read(path, MultiGzDecoder::new(file), mapping) } else { read(path, file, mapping) }
}

fn read(path: &Path, from: impl Read, mapping: Option<Mapping>) -> Result<Day, DayError> {
    let failed = |source| DayError::Csv { path: path.to_owned(), source };
    let mut rows = ReaderBuilder::new().flexible(true).from_reader(from.take(caps::TABLE_BYTES));
    let header = rows.headers().map_err(failed)?.clone();
    let names: Vec<&str> =
        header.iter().map(|name| name.trim_start_matches('\u{feff}').trim()).collect();
    let columns = || names.iter().take(40).copied().collect::<Vec<_>>().join(", ");
    let mapping = mapping.or_else(|| Mapping::preset(&names));
    let mapping =
        mapping.ok_or_else(|| DayError::NoMapping { path: path.to_owned(), columns: columns() })?;
    let wanted = mapping.columns.names();
    let wanted = wanted.into_iter().chain(mapping.leave_out.iter().map(|one| one.column.as_str()));
    for column in wanted {
        if !names.contains(&column) {
            let (path, column) = (path.to_owned(), column.to_owned());
            return Err(DayError::NoColumn { path, column, columns: columns() });
        }
    }
    let zone = Zone::named(&mapping.time.zone);
    let label = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut reading = Reading {
        mapping: &mapping,
        zone,
        names: &names,
        label,
        day: Day { numbered: mapping.numbered.clone(), ..Day::default() },
        by_id: BTreeMap::new(),
    };
    let mut record = csv::ByteRecord::new();
    while rows.read_byte_record(&mut record).map_err(failed)? {
        reading.day.rows += 1;
        if reading.day.rows > caps::PLAY_ROWS {
            return Err(DayError::Rows { path: path.to_owned() });
        }
        reading.row(&record);
    }
    Ok(reading.finish())
}

/// A record being read.
struct Reading<'a> {
    mapping: &'a Mapping,
    zone: Option<Zone>,
    names: &'a [&'a str],
    label: String,
    day: Day,
    by_id: BTreeMap<String, usize>,
}

/// A row with its line.
pub(super) struct Row<'a> {
    fields: StringRecord,
    names: &'a [&'a str],
    line: u64,
}

impl Row<'_> {
    /// What stands in a column, without spaces round it; nothing where there is no such column.
    pub(super) fn get(&self, column: Option<&String>) -> &str {
        let place = column.and_then(|column| self.names.iter().position(|name| name == column));
        place.and_then(|place| self.fields.get(place)).unwrap_or_default().trim()
    }
}

/// Why a row is left out.
pub(super) enum Out {
    /// It is not wanted, or says nothing about where or when.
    Because(String),
    /// It is wrong: column, what, mend.
    Fault(String, String, &'static str),
}

impl Reading<'_> {
    fn row(&mut self, record: &csv::ByteRecord) {
        let line = record.position().map_or(0, csv::Position::line);
        let fields = StringRecord::from_byte_record(record.clone());
        let outcome = match fields {
            Ok(fields) if fields.len() == self.names.len() => {
                self.used(&Row { fields, names: self.names, line })
            }
            Ok(fields) => {
                let what =
                    format!("the row has {} fields, the header {}", fields.len(), self.names.len());
                let mend = "give it one field for each column; a field with a comma in it stands in quotes";
                Err(Out::Fault(self.mapping.columns.id.clone(), what, mend))
            }
            Err(_) => {
                let what = "the row is not UTF-8".to_owned();
                Err(Out::Fault(self.mapping.columns.id.clone(), what, "save the file as UTF-8"))
            }
        };
        match outcome {
            Ok(()) => {}
            Err(Out::Because(why)) => *self.day.left_out.entry(why).or_default() += 1,
            Err(Out::Fault(column, what, mend)) => {
                *self.day.left_out.entry("cannot be used".to_owned()).or_default() += 1;
                let (what, mend) = (Said::verbatim(what), Said::verbatim(mend));
                let fault = Fault::new(Severity::Fault, self.label.as_str(), what, mend);
                self.day.faults.push(fault.row(line).column(column));
            }
        }
    }

    fn used(&mut self, row: &Row<'_>) -> Result<(), Out> {
        let columns = &self.mapping.columns;
        for rule in &self.mapping.leave_out {
            if rule.one_of.iter().any(|value| value == row.get(Some(&rule.column))) {
                return Err(Out::Because(rule.because.clone()));
            }
        }
        let id = row.get(Some(&columns.id));
        if id.is_empty() {
            let mend = "give each call a number";
            return Err(Out::Fault(columns.id.clone(), "the call has no number".to_owned(), mend));
        }
        let received = self.instant(row, Some(&columns.received))?;
        let received = received.ok_or_else(|| Out::Because("no time of the call".to_owned()))?;
        let at = place(row, self.mapping)?.ok_or_else(|| Out::Because("no place".to_owned()))?;
        let entered = self.instant(row, columns.entered.as_ref())?;
        let response = self.response(row)?;
        if let Some(&known) = self.by_id.get(id) {
            let call = &mut self.day.calls[known];
            call.received = call.received.min(received);
            call.entered = call.entered.into_iter().chain(entered).min();
            call.responses.push(response);
            return Ok(());
        }
        let call = Call { entered, ..self.call(row, (id, received, at, response)) };
        self.by_id.insert(id.to_owned(), self.day.calls.len());
        self.day.calls.push(call);
        Ok(())
    }

    fn call(
        &mut self,
        row: &Row<'_>,
        (id, received, at, response): (&str, Timestamp, LonLat, Response),
    ) -> Call {
        let columns = &self.mapping.columns;
        let text = row.get(Some(&columns.kind));
        let kind = self.mapping.kind(text).unwrap_or_else(|| {
            let shown = [text, row.get(columns.kind_text.as_ref())].join(" ").trim().to_owned();
            *self.day.unmapped.entry(shown).or_default() += 1;
            self.mapping.default_kind
        });
        let on_view = row.get(columns.on_view.as_ref());
        let called =
            columns.on_view.is_none() || self.mapping.called.iter().any(|value| value == on_view);
        let origin = match (called, kind.as_str().starts_with("alarm_")) {
            (false, _) => Origin::Patrol,
            (true, true) => Origin::Alarm,
            (true, false) => Origin::Call,
        };
        let address = row.get(columns.address.as_ref());
        Call {
            id: id.to_owned(),
            origin,
            received,
            entered: None,
            kind,
            priority: self.mapping.priorities.get(row.get(columns.priority.as_ref())).copied(),
            at,
            address: (!address.is_empty())
                .then(|| address.chars().take(caps::NAME_LENGTH / 4).collect()),
            responses: vec![response],
        }
    }

    fn response(&self, row: &Row<'_>) -> Result<Response, Out> {
        let columns = &self.mapping.columns;
        let short = |column: &Option<String>| row.get(column.as_ref()).chars().take(32).collect();
        let from = (columns.from_lon.as_ref(), columns.from_lat.as_ref());
        Ok(Response {
            row: row.line,
            unit: short(&columns.unit),
            force: short(&columns.force),
            post: row.get(columns.post.as_ref()).to_owned(),
            from: degrees(row, from)?,
            dispatch: self.instant(row, columns.dispatch.as_ref())?,
            en_route: self.instant(row, columns.en_route.as_ref())?,
            on_scene: self.instant(row, columns.on_scene.as_ref())?,
            leave: self.instant(row, columns.leave.as_ref())?,
            clear: self.instant(row, columns.clear.as_ref())?,
        })
    }

    fn instant(&self, row: &Row<'_>, column: Option<&String>) -> Result<Option<Timestamp>, Out> {
        let text = row.get(column);
        if text.is_empty() {
            return Ok(None);
        }
        let read = self.zone.as_ref().and_then(|zone| zone.read(&self.mapping.time.format, text));
        read.map(Some).ok_or_else(|| {
            let short: String = text.chars().take(40).collect();
            let what = format!("{short:?} is no time like {}", self.mapping.time.format);
            let mend = "write it so, or change the format in the mapping";
            Out::Fault(column.cloned().unwrap_or_default(), what, mend)
        })
    }

    /// The day in order of time, the crews of each call in order of sending.
    fn finish(self) -> Day {
        let mut day = self.day;
        for call in &mut day.calls {
            call.responses.sort_by_key(|one| (one.dispatch.is_none(), one.dispatch));
        }
        day.calls.sort_by(|a, b| (a.received, &a.id).cmp(&(b.received, &b.id)));
        day
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rfc3339;

    const MAPPING: &str = r#"
        called = ["N"]
        priorities = { A = 1 }
        kinds = { theft = "pickpocket", alarm = "alarm_panic" }
        leave_out = [{ column = "kind", one_of = ["test"], because = "a test" }]
        [columns]
        id = "id"
        received = "at"
        kind = "kind"
        point = "place"
        priority = "prio"
        on_view = "seen"
        dispatch = "sent"
        on_scene = "there"
        clear = "done"
        unit = "unit"
        [time]
        format = "%Y-%m-%d %H:%M"
        zone = "Asia/Shanghai"
    "#;

    fn day(rows: &str) -> Day {
        let text = format!("\u{feff}id,at,kind,place,prio,seen,sent,there,done,unit\n{rows}");
        read(Path::new("x.csv"), text.as_bytes(), Some(Mapping::parse(MAPPING).unwrap())).unwrap()
    }

    #[test]
    fn rows_of_one_call_are_one_incident_with_its_crews_in_order_of_sending() {
        let day = day("7,2024-01-08 10:05,theft,POINT (113.5 22.1),A,N,2024-01-08 10:09,,,B\n\
                       7,2024-01-08 10:03,theft,POINT (113.5 22.1),A,N,2024-01-08 10:07,2024-01-08 10:17,2024-01-08 10:27,A\n\
                       6,2024-01-08 10:04,alarm,POINT (113.5 22.1),C,Y,,,,\n");
        let [first, second] = &day.calls[..] else { panic!("{day:?}") };
        assert_eq!(
            (first.id.as_str(), rfc3339(first.received).as_str()),
            ("7", "2024-01-08T02:03:00.000Z")
        );
        let units: Vec<&str> = first.responses.iter().map(|one| one.unit.as_str()).collect();
        assert_eq!((units, first.priority), (vec!["A", "B"], precinct_core::Priority::new(1)));
        assert_eq!(first.recorded_response_ms(), Some(14 * 60_000));
        assert_eq!(first.responses[0].stay_ms(), Some(600_000));
        assert_eq!(
            (first.origin, second.origin, second.priority),
            (Origin::Call, Origin::Patrol, None)
        );
    }

    #[test]
    fn what_cannot_be_used_is_named_and_what_is_not_wanted_is_counted() {
        let day = day("1,2024-01-08 10:05,what,,A,N,,,,\n\
                       2,2024-01-08 10:05,test,POINT (113.5 22.1),A,N,,,,\n\
                       3,08/01/2024,theft,POINT (113.5 22.1),A,N,,,,\n\
                       4,2024-01-08 10:05,theft,POINT (22.1 113.5),A,N,,,,\n\
                       5,2024-01-08 10:05,theft\n\
                       ,2024-01-08 10:05,theft,POINT (113.5 22.1),A,N,,,,\n\
                       8,2024-01-08 10:05,odd,POINT (113.5 22.1),A,N,,,,\n");
        assert_eq!((day.rows, day.calls.len()), (7, 1));
        let left: Vec<(&str, u64)> =
            day.left_out.iter().map(|(why, &n)| (why.as_str(), n)).collect();
        assert_eq!(left, [("a test", 1), ("cannot be used", 4), ("no place", 1)]);
        let told: Vec<String> = day.faults.listed.iter().map(ToString::to_string).collect();
        assert!(told[0].starts_with("x.csv:4:at: \"08/01/2024\" is no time"), "{told:?}");
        assert!(
            told[1].starts_with("x.csv:5:place:") && told[2].contains("3 fields, the header 10"),
            "{told:?}"
        );
        assert_eq!(day.unmapped.get("odd"), Some(&1));
        assert_eq!(day.calls[0].kind.as_str(), "other");
    }

    #[test]
    fn a_record_nobody_knows_needs_a_mapping_and_a_mapping_its_columns() {
        let told = read(Path::new("x.csv"), &b"a,b\n1,2\n"[..], None).unwrap_err().to_string();
        assert!(told.contains("--map") && told.contains("a, b"), "{told}");
        let mapping = Mapping::parse(MAPPING).unwrap();
        let told =
            read(Path::new("x.csv"), &b"id,b\n1,2\n"[..], Some(mapping)).unwrap_err().to_string();
        assert!(told.contains("no column \"at\""), "{told}");
        assert!(matches!(read_day(Path::new("/nowhere.csv"), None), Err(DayError::Open { .. })));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
            let mut text = b"id,at,kind,place,prio,seen,sent,there,done,unit\n".to_vec();
            text.extend(bytes);
            if let Ok(day) = read(Path::new("x"), &text[..], Some(Mapping::parse(MAPPING).unwrap())) {
                proptest::prop_assert!(day.calls.len() as u64 <= day.rows);
            }
        }
    }
}
