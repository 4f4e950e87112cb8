//! Export as JSON lines: one record a line, to read with any program.

use std::io::{self, Write};
use std::ops::{ControlFlow, RangeInclusive};

use crate::{ReadError, Reader, Row};

/// Why an export ended early.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub enum ExportError {
    /// The journal cannot be read.
    Read(#[from] ReadError),
    /// What was read cannot be written.
    Write(#[from] io::Error),
}

/// Writes the records numbered `range`, one JSON object a line; returns how many.
///
/// ```json
/// {"seq":1,"instant":1790000000000,"command":"…","actor":"A101","body":{…},"previous":"…","hash":"…"}
/// ```
pub fn json_lines(
    reader: &Reader,
    range: RangeInclusive<u64>,
    out: &mut dyn Write,
) -> Result<u64, ExportError> {
    let (mut written, mut failed) = (0, None);
    reader.read(*range.start(), &mut |row| {
        if row.seq > *range.end() {
            return ControlFlow::Break(());
        }
        if let Err(error) = line(row, out) {
            failed = Some(error);
            return ControlFlow::Break(());
        }
        written += 1;
        ControlFlow::Continue(())
    })?;
    match failed {
        Some(error) => Err(error.into()),
        None => Ok(written),
    }
}

/// The body is put in as it is: it is JSON on one line, or it would be no record.
fn line(row: &Row<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Row { seq, instant, command, actor, body, previous, hash } = row;
    let actor = serde_json::to_string(actor)?;
    writeln!(
        out,
        "{{\"seq\":{seq},\"instant\":{instant},\"command\":\"{command}\",\"actor\":{actor},\
         \"body\":{body},\"previous\":\"{previous}\",\"hash\":\"{hash}\"}}"
    )
}
