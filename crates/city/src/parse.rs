//! The text of `city.toml` to a [`Description`], every fault with its line and the character in it.

use std::ops::Range;

use precinct_base::{Said, caps};
use toml::Spanned;

use crate::describe::{Description, describe};
use crate::schema::CityFile;
use crate::{Fault, Faults, Severity, says};

/// Reads the text of a `city.toml`; `label` is what faults call the file. Any fault in it refuses the city.
///
/// ```
/// let text = "time_zone = \"Asia/Macau\"\n[name]\nlocal = \"澳門\"\n[roads]\nosm = \"macau.osm.pbf\"\n";
/// assert!(precinct_city::parse_city(text, "city.toml").is_ok());
/// let faults = precinct_city::parse_city("time_zone = 3", "city.toml").unwrap_err();
/// assert_eq!((faults.listed[0].row, faults.listed[0].column.as_deref()), (Some(1), Some("13")));
/// ```
pub fn parse_city(text: &str, label: &str) -> Result<Description, Faults> {
    let mut place = Place::new(text, label);
    if text.len() as u64 > caps::CITY_FILE_BYTES {
        let what = says::file_bytes(text.len(), caps::CITY_FILE_BYTES);
        place.faults.push(Fault::new(Severity::Refusal, label, what, says::own_files()));
        return Err(place.faults);
    }
    match toml::from_str::<CityFile>(text) {
        Ok(file) => describe(file, place),
        Err(error) => {
            let (what, mend) = says::toml_fault(&error.message().trim_end().replace('\n', " "));
            place.refuse(&error.span().unwrap_or(0..0), what, mend);
            Err(place.faults)
        }
    }
}

/// The text a description is made from, and what was found wrong with it.
pub(crate) struct Place<'a> {
    text: &'a str,
    /// Where each line starts.
    lines: Vec<usize>,
    pub(crate) label: &'a str,
    pub(crate) faults: Faults,
}

impl<'a> Place<'a> {
    fn new(text: &'a str, label: &'a str) -> Self {
        let ends =
            text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(index, _)| index + 1);
        Self {
            text,
            lines: std::iter::once(0).chain(ends).collect(),
            label,
            faults: Faults::default(),
        }
    }

    /// Adds a refusal at those bytes of the text.
    pub(crate) fn refuse(&mut self, span: &Range<usize>, what: Said, mend: Said) {
        let fault = Fault::new(Severity::Refusal, self.label, what, mend);
        // Those beyond the cap are only counted, and need no place.
        let (row, column) = if self.faults.is_full() { (0, 0) } else { self.position(span.start) };
        self.faults.push(fault.row(row).column(column.to_string()));
    }

    /// The line in which the value stands.
    pub(crate) fn line<T>(&self, value: &Spanned<T>) -> u64 {
        self.lines.partition_point(|&start| start <= value.span().start) as u64
    }

    /// Line and character of a byte of the text, both from 1.
    fn position(&self, byte: usize) -> (u64, u64) {
        let row = self.lines.partition_point(|&start| start <= byte);
        let start = self.lines[row - 1];
        let line = self.text.as_bytes().get(start..byte.min(self.text.len())).unwrap_or_default();
        (row as u64, String::from_utf8_lossy(line).chars().count() as u64 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn characters_are_counted_not_bytes() {
        assert_eq!(Place::new("a\n名b", "c").position(5), (2, 2));
        assert_eq!(Place::new("a\n名b", "c").position(2), (2, 1));
        assert_eq!(Place::new("a\n名b", "c").position(1), (1, 2));
        assert_eq!(Place::new("", "c").position(9), (1, 1));
    }

    #[test]
    fn a_text_that_is_not_toml_is_refused_where_it_ends_to_be() {
        let faults =
            parse_city("time_zone = \"Asia/Macau\"\nattribution = [1,\n", "c").unwrap_err();
        assert!(faults.listed[0].row >= Some(2), "{faults:?}");
    }

    #[test]
    fn a_word_that_is_not_known_is_refused_with_those_that_are() {
        let text = "time_zone = \"Asia/Macau\"\n[name]\nlocal = \"x\"\nlocale = \"y\"\n[roads]\nosm = \"x.osm\"\n";
        let faults = parse_city(text, "c/city.toml").unwrap_err();
        let shown = faults.listed[0].to_string();
        assert!(
            shown.starts_with("c/city.toml:4:1: unknown field `locale`, expected one of `local`"),
            "{shown}"
        );
    }

    #[test]
    fn a_missing_part_is_named() {
        let faults =
            parse_city("time_zone = \"Asia/Macau\"\n[name]\nlocal = \"x\"\n", "c").unwrap_err();
        assert!(faults.listed[0].what.en().contains("missing field `roads`"), "{faults:?}");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "(time_zone|name|roads|osm|clip|[a-z]{1,5}|[\\[\\]={}\"\n.,0-9é ]){0,40}") {
            let faults = parse_city(&text, "c").map(|_| ()).unwrap_err();
            prop_assert!(faults.refusals > 0 && faults.listed.iter().all(|fault| fault.row >= Some(1)));
        }
    }
}
