//! Building what stands between the writer and its storage calls, and running the writer behind it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::{Failure, this_program};

const SOURCE: &str = include_str!("../shim/faults.c");

/// What stands between.
pub(crate) struct Shim {
    library: PathBuf,
}

/// What is to happen at a run.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan<'a> {
    /// The call and what happens at it.
    pub(crate) fault: Option<(u64, &'a str)>,
    /// Where every call is written down.
    pub(crate) log: Option<&'a Path>,
    /// Where the number of calls is left.
    pub(crate) count: Option<&'a Path>,
    /// More arguments of the writer.
    pub(crate) arguments: &'a [&'a str],
}

impl Shim {
    /// Builds it in `folder`.
    pub(crate) fn build(folder: &Path) -> Result<Self, Failure> {
        let (source, library) = (folder.join("faults.c"), folder.join("faults.so"));
        std::fs::write(&source, SOURCE)?;
        let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
        let mut build = Command::new(compiler);
        build.args(["-O1", "-shared", "-fPIC", "-o"]).arg(&library).arg(&source).arg("-ldl");
        let built = build.output()?;
        if !built.status.success() {
            return Err(String::from_utf8_lossy(&built.stderr).into_owned().into());
        }
        Ok(Self { library })
    }

    /// Runs the writer on `data`.
    pub(crate) fn run(
        &self,
        data: &Path,
        batches: u32,
        plan: &Plan<'_>,
    ) -> Result<Output, Failure> {
        let mut writer = Command::new(this_program()?);
        writer.arg("writer").arg(data).arg(batches.to_string()).args(plan.arguments);
        writer.env("LD_PRELOAD", &self.library).env("FAULTS_DIR", data);
        if let Some((at, kind)) = plan.fault {
            writer.env("FAULTS_AT", at.to_string()).env("FAULTS_KIND", kind);
        }
        if let Some(log) = plan.log {
            writer.env("FAULTS_LOG", log);
        }
        if let Some(count) = plan.count {
            writer.env("FAULTS_COUNT", count);
        }
        Ok(writer.output()?)
    }
}
