//! Checks the rules of this repository that no other tool checks. `make check` runs it.
//!
//! `precinct-house [ROOT]` reads the checkout at ROOT (the current folder by default), prints one line per
//! fault with its place and its mend, and exits with 1 if there was any, with 2 if it could not look.

mod fault;
mod manifest;
mod packages;
mod rules;
mod rust_text;
mod tree;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use fault::Fault;
use tree::Tree;

fn main() -> ExitCode {
    let root = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("."), PathBuf::from);
    let outcome = inspect(&root).and_then(|(files, faults)| {
        report(files, &faults).map(|()| faults.is_empty()).map_err(|e| {
            Fault::new(
                "-",
                0,
                format!("cannot print: {e}"),
                "give the program an open standard output",
            )
        })
    });
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(fault) => {
            // Standard error is the last resort: if it is closed too, the exit code still tells.
            let _ = writeln!(io::stderr(), "house: {fault}");
            ExitCode::from(2)
        }
    }
}

/// Reads the checkout and its dependencies once and puts every rule to them. Says how many files there were.
fn inspect(root: &std::path::Path) -> Result<(usize, Vec<Fault>), Fault> {
    let tree = Tree::read(root)?;
    let mut faults = rules::of_tree(&tree);
    match packages::resolved(root) {
        Ok(packages) => faults.extend(rules::of_packages(&tree, &packages)),
        Err(fault) => faults.push(fault),
    }
    faults.sort();
    Ok((tree.files().len(), faults))
}

fn report(files: usize, faults: &[Fault]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for fault in faults {
        writeln!(out, "{fault}")?;
    }
    match faults.len() {
        0 => writeln!(out, "house: {files} files, no fault"),
        1 => writeln!(out, "house: {files} files, 1 fault"),
        n => writeln!(out, "house: {files} files, {n} faults"),
    }
}
