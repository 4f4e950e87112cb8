//! Reads the rows of an input, counts what became of them, and gathers what is wrong.

use std::path::PathBuf;

use precinct_base::LonLat;

use crate::clip;
use crate::extract::Extract;
use crate::options::Folders;
use crate::row::Row;
use crate::schema::Role;
use crate::source::{Origin, Section, Source};
use crate::table::{Record, Wanted, read_file};
use crate::{Clip, Fault, Faults, InputSummary, Severity, says};

/// What became of a row that is not at fault.
pub(crate) enum Verdict {
    Used,
    /// Nobody is there: its weight is 0.
    Weightless,
    /// It says nothing that is wanted; the fault is a note.
    LeftOut(Fault),
}

/// Everything inputs are read with, and what reading them told.
pub(crate) struct Inputs {
    /// The city's file, for faults.
    pub(crate) label: String,
    pub(crate) folders: Folders,
    pub(crate) clip: Clip,
    /// The extract of the roads, if they come from one.
    pub(crate) extract: Option<Extract>,
    pub(crate) faults: Faults,
    pub(crate) summaries: Vec<InputSummary>,
}

/// Shown each wanted row.
pub(crate) type EachRow<'a> = &'a mut dyn FnMut(&Row<'_>) -> Result<Verdict, Fault>;

impl Inputs {
    /// Nothing read yet, and no clip.
    pub(crate) fn new(label: String, folders: Folders) -> Self {
        let (faults, summaries) = (Faults::default(), Vec::new());
        Self { label, folders, clip: Clip::Everything, extract: None, faults, summaries }
    }

    /// Shows every row of `source` that its `where` lets through.
    pub(crate) fn rows(&mut self, source: &Source, each: EachRow<'_>) {
        let mut tally = Tally::new(source);
        let outcome = match &source.origin {
            Origin::Extract => self.extract_rows(source, each, &mut tally),
            Origin::File { path, .. } => match self.find(path, source.line) {
                Some(file) => file_rows(&file, source, each, &mut tally, &mut self.faults),
                None => return,
            },
        };
        match outcome {
            Err(fault) => self.faults.push(fault),
            Ok(()) => tally.judge(source, &mut self.faults),
        }
        self.summaries.push(tally.summary);
    }

    /// The file that `path` names; if it is not there, a refusal says where it was looked for.
    pub(crate) fn find(&mut self, path: &str, line: u64) -> Option<PathBuf> {
        let looked = match self.folders.find(path) {
            Ok(file) => return Some(file),
            Err(looked) => looked,
        };
        let places: Vec<String> = looked.iter().map(|place| place.display().to_string()).collect();
        let what = says::not_there(path, places.join(", "));
        let mend = says::put_it_there();
        self.faults.push(Fault::new(Severity::Refusal, &self.label, what, mend).row(line));
        None
    }

    /// Where people live, as the extract tells; nothing if the roads come from none.
    pub(crate) fn homes(&mut self) -> Result<&[(LonLat, u32)], Fault> {
        match &mut self.extract {
            Some(extract) => extract.places(&self.clip).map(|found| found.homes.as_slice()),
            None => Ok(&[]),
        }
    }

    fn extract_rows(
        &mut self,
        source: &Source,
        each: EachRow<'_>,
        tally: &mut Tally,
    ) -> Result<(), Fault> {
        let Some(extract) = &mut self.extract else { return Ok(()) };
        let found = extract.places(&self.clip)?;
        let table = found.table(source.section);
        if source.section == Section::Areas && found.broken_areas > 0 {
            let (what, mend) = (says::cut_areas(found.broken_areas), says::larger_extract());
            self.faults.push(Fault::new(Severity::Note, source.file(), what, mend));
        }
        let source = &with_own_columns(source, table.columns);
        for column in
            source.filters.iter().map(|filter| &filter.column).chain(source.columns.values())
        {
            if !table.columns.contains(&column.as_str()) {
                let what = says::extract_no_column(says::shown(column));
                let mend = says::it_has(table.columns.join(", "));
                return Err(Fault::new(Severity::Refusal, &self.label, what, mend).row(source.line));
            }
        }
        let columns: Vec<String> = table.columns.iter().map(|&name| name.to_owned()).collect();
        for record in table.records {
            tally.show(&Row { source, columns: &columns, record: &record }, each, &mut self.faults);
        }
        Ok(())
    }
}

/// A fault for a place outside the city.
pub(crate) fn check_inside(clip: &Clip, row: &Row<'_>, place: LonLat) -> Result<(), Fault> {
    if clip::holds(clip, place) {
        return Ok(());
    }
    Err(row.fault(Role::Lon, says::outside_clip(place), says::correct_or_widen()))
}

/// What is taken from the extract has columns of fixed names, which need no mapping.
fn with_own_columns(source: &Source, columns: &[&str]) -> Source {
    let mut source = source.clone();
    for role in Role::ALL {
        if columns.contains(&role.name()) && !source.constants.contains_key(&role) {
            source.columns.entry(role).or_insert_with(|| role.name().to_owned());
        }
    }
    source
}

fn file_rows(
    file: &std::path::Path,
    source: &Source,
    each: EachRow<'_>,
    tally: &mut Tally,
    faults: &mut Faults,
) -> Result<(), Fault> {
    let Origin::File { path, format, delimiter } = &source.origin else { return Ok(()) };
    let mut columns: Vec<String> = source.columns.values().cloned().collect();
    columns.extend(source.filters.iter().map(|filter| filter.column.clone()));
    columns.sort_unstable();
    columns.dedup();
    let wanted = Wanted {
        label: path,
        format: *format,
        delimiter: *delimiter,
        datum: source.datum,
        columns: &columns,
    };
    read_file(file, &wanted, &mut |record: Result<Record, Fault>| match record {
        Ok(record) => tally.show(&Row { source, columns: &columns, record: &record }, each, faults),
        Err(fault) => {
            tally.summary.rows += 1;
            tally.refuse(fault, faults);
        }
    })
}

/// Counts the rows of one input.
struct Tally {
    summary: InputSummary,
    /// The first row with spaces round a value, its column, and how many there are.
    trimmed: Option<(u64, String, u64)>,
    /// The first row without weight, and how many there are.
    weightless: Option<(u64, u64)>,
}

impl Tally {
    fn new(source: &Source) -> Self {
        let summary = InputSummary {
            gives: source.section.name().to_owned(),
            name: source.name.clone(),
            file: source.file().to_owned(),
            ..InputSummary::default()
        };
        Self { summary, trimmed: None, weightless: None }
    }

    fn show(&mut self, row: &Row<'_>, each: EachRow<'_>, faults: &mut Faults) {
        self.summary.rows += 1;
        if let Some(index) = row.record.trimmed {
            let first = (row.record.row, row.columns[index].clone(), 0);
            self.trimmed.get_or_insert(first).2 += 1;
        }
        if !row.source.filters.iter().all(|filter| filter.passes(row.value(&filter.column))) {
            self.summary.left_out += 1;
            return;
        }
        match each(row) {
            Ok(Verdict::Used) => self.summary.used += 1,
            Ok(Verdict::Weightless) => {
                self.summary.left_out += 1;
                self.weightless.get_or_insert((row.record.row, 0)).1 += 1;
            }
            Ok(Verdict::LeftOut(note)) => {
                self.summary.left_out += 1;
                faults.push(Fault { severity: Severity::Note, ..note });
            }
            Err(fault) => self.refuse(fault, faults),
        }
    }

    fn refuse(&mut self, fault: Fault, faults: &mut Faults) {
        self.summary.refused += 1;
        faults.push(fault);
    }

    /// What can only be said once all rows are read.
    fn judge(&self, source: &Source, faults: &mut Faults) {
        let summary = &self.summary;
        let tell = |severity, what, mend| Fault::new(severity, source.file(), what, mend);
        if let Some((row, column, count)) = &self.trimmed {
            let what = if *count == 1 { says::trimmed_one() } else { says::trimmed(count) };
            let note = tell(Severity::Note, what, says::nothing_to_do());
            faults.push(note.row(*row).column(column));
        }
        if let Some((row, count)) = self.weightless {
            let what = if count == 1 { says::weightless_one() } else { says::weightless(count) };
            faults.push(tell(Severity::Note, what, says::nothing_to_do()).row(row));
        }
        if summary.used > 0 || source.origin == Origin::Extract {
            return;
        }
        if summary.rows == 0 {
            faults.push(tell(Severity::Refusal, says::no_rows(), says::export_again()));
        } else if summary.refused > 0 {
            let what = says::none_usable(summary.rows);
            let mend = match source.section {
                Section::Areas => says::mend_area_rows(),
                _ => says::mend_rows(),
            };
            faults.push(tell(Severity::Refusal, what, mend));
        } else {
            let what = says::all_left_out(summary.rows);
            faults.push(tell(Severity::Refusal, what, says::correct_conditions()));
        }
    }
}
