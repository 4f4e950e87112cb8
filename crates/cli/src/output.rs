//! Where answers go: standard output for what was asked, standard error for what went wrong.

use std::fs;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::Path;

use serde::Serialize;

use crate::failure::Failure;

/// The answer being written.
pub(crate) struct Out {
    writer: Box<dyn Write>,
    bold: bool,
}

impl Out {
    /// Standard output; bold only where a terminal shows it and the reader has not set `NO_COLOR`.
    pub(crate) fn stdout() -> Self {
        let stdout = io::stdout();
        let bold = stdout.is_terminal()
            && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Self { writer: Box::new(BufWriter::new(stdout.lock())), bold }
    }

    /// Whether headings may be bold.
    pub(crate) const fn bold(&self) -> bool {
        self.bold
    }

    /// A line of text; may hold several.
    pub(crate) fn line(&mut self, text: &str) -> Result<(), Failure> {
        self.writer.write_all(text.as_bytes())?;
        self.writer.write_all(b"\n")?;
        Ok(())
    }

    /// A heading.
    pub(crate) fn heading(&mut self, text: &str) -> Result<(), Failure> {
        if self.bold { self.line(&format!("\x1b[1m{text}\x1b[0m")) } else { self.line(text) }
    }

    /// Text that ends its own lines.
    pub(crate) fn text(&mut self, text: &str) -> Result<(), Failure> {
        Ok(self.writer.write_all(text.as_bytes())?)
    }

    /// A value as one line of JSON.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        serde_json::to_writer(&mut self.writer, value).map_err(io::Error::from)?;
        self.line("")
    }

    /// Hands over what is still held back.
    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        Ok(self.writer.flush()?)
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Writes a file whole: under another name first, so that a reader never sees half of it.
pub(crate) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failure = |source| Failure::Write { path: path.to_owned(), source };
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let written = fs::write(&part, bytes).and_then(|()| fs::rename(&part, path));
    written.map_err(|source| {
        // The first fault is the one to tell.
        let _ = fs::remove_file(&part);
        failure(source)
    })
}

/// Says what went wrong.
pub(crate) fn complain(failure: &Failure) {
    // Where not even standard error can be written, the exit code must do.
    let _ = writeln!(io::stderr(), "precinct: {failure}");
}

/// A remark beside the answer, on standard error so that programs reading the answer do not stumble over it.
pub(crate) fn remark(text: &str) {
    let _ = writeln!(io::stderr(), "precinct: {text}");
}
