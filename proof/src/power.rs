//! Power cuts at every moment of a run.

use std::path::Path;

use clap::Args;

use crate::Failure;
use crate::check::{Found, check};
use crate::disk::{Call, Chance, Disk, parse};
use crate::shim::{Plan, Shim};

/// Arguments of `precinct-proof power-cut`.
#[derive(Debug, Args)]
pub(crate) struct PowerCut {
    /// Images to rebuild, spread over the run
    #[arg(long, default_value_t = 600)]
    images: u64,
    /// Batches that the writer appends
    #[arg(long, default_value_t = 300)]
    batches: u32,
    /// The number chance comes from
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl PowerCut {
    /// Whether nothing was lost, and the control lost something.
    pub(crate) fn run(&self) -> Result<bool, Failure> {
        let folder = tempfile::tempdir()?;
        let shim = Shim::build(folder.path())?;
        println!(
            "{:<20} {:>7} {:>9} {:>7} {:>12}",
            "synchronous", "images", "told", "lost", "images with"
        );
        let full = self.cut(&shim, folder.path(), "FULL", &[])?;
        let control = ["--normal", "--records-only"];
        let normal = self.cut(&shim, folder.path(), "NORMAL (control)", &control)?;
        let whole = full == 0 && normal > 0;
        println!(
            "{}",
            match (full, normal) {
                (0, 0) => "THE CONTROL LOST NOTHING: this proof could not find a loss",
                (0, _) => "nothing acknowledged was lost; the control shows that a loss is found",
                _ => "SOMETHING WAS LOST",
            }
        );
        Ok(whole)
    }

    /// Images in which something was lost.
    fn cut(
        &self,
        shim: &Shim,
        folder: &Path,
        name: &str,
        arguments: &[&str],
    ) -> Result<u64, Failure> {
        let (data, log) = (folder.join("data"), folder.join("log"));
        let plan = Plan { log: Some(&log), arguments, ..Plan::default() };
        let done = shim.run(&data, self.batches, &plan)?;
        if !done.status.success() {
            return Err(String::from_utf8_lossy(&done.stderr).into_owned().into());
        }
        let calls = parse(&std::fs::read(&log)?)?;
        let (mut sum, mut with) = (Found::default(), 0);
        let mut chance = Chance(self.seed);
        let image = folder.join("image");
        let (mut disk, mut done) = (Disk::default(), 0);
        for n in 0..self.images {
            let at = ((n + 1) * calls.len() as u64 / self.images) as usize;
            calls[done..at].iter().for_each(|call: &Call| disk.call(call));
            done = at;
            std::fs::create_dir_all(&image)?;
            disk.image(&data, &image, &mut chance)?;
            let Found { told, lost } = check(&image, &disk.said)?;
            sum.told += told;
            sum.lost += lost;
            with += u64::from(lost > 0);
            std::fs::remove_dir_all(&image)?;
        }
        let (images, told, lost) = (self.images, sum.told, sum.lost);
        println!("{name:<20} {images:>7} {told:>9} {lost:>7} {with:>12}");
        std::fs::remove_dir_all(&data)?;
        Ok(with)
    }
}
