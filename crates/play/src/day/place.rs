//! Places of a record: degrees in two columns, or a point in one.

use precinct_base::LonLat;

use super::Mapping;
use super::read::{Out, Row};

/// Where a row is; none if it does not say.
pub(super) fn place(row: &Row<'_>, mapping: &Mapping) -> Result<Option<LonLat>, Out> {
    let columns = &mapping.columns;
    let (column, text) = if let Some(point) = &columns.point {
        let text = row.get(Some(point));
        let inner =
            text.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == ' ' || c == '(');
        (point, inner.trim_end_matches(')').split_whitespace().collect::<Vec<_>>().join(","))
    } else {
        return degrees(row, (columns.lon.as_ref(), columns.lat.as_ref()));
    };
    if text.is_empty() {
        return Ok(None);
    }
    located(column, &text)
}

/// The place in two columns of degrees; none if they are empty.
pub(super) fn degrees(
    row: &Row<'_>,
    columns: (Option<&String>, Option<&String>),
) -> Result<Option<LonLat>, Out> {
    let (Some(name), _) = columns else { return Ok(None) };
    let (lon, lat) = (row.get(columns.0), row.get(columns.1));
    if lon.is_empty() && lat.is_empty() {
        return Ok(None);
    }
    located(name, &format!("{lon},{lat}"))
}

fn located(column: &str, text: &str) -> Result<Option<LonLat>, Out> {
    let mend = "write longitude and latitude in degrees, longitude first";
    let wrong = |fault| Out::Fault(column.to_owned(), format!("{fault}"), mend);
    text.parse().map(Some).map_err(wrong)
}
