//! A bar for work that takes more than a second, on a terminal only.

use std::io::IsTerminal as _;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// Shows how far the reading of files has come.
pub(crate) struct Bar {
    terminal: bool,
    since: Instant,
    step: Mutex<Option<Step>>,
}

/// One step of work.
struct Step {
    bar: ProgressBar,
    shown: bool,
}

impl Bar {
    /// Nothing shown yet; the second begins now.
    pub(crate) fn new() -> Self {
        Self {
            terminal: std::io::stderr().is_terminal(),
            since: Instant::now(),
            step: Mutex::new(None),
        }
    }

    fn with_step(&self, change: impl FnOnce(&mut Option<Step>)) {
        // A poisoned lock means a reader panicked: the bar is the least of it.
        if let Ok(mut step) = self.step.lock() {
            change(&mut step);
        }
    }
}

impl precinct_osm::Progress for Bar {
    fn start(&self, what: &str, total_bytes: u64) {
        if !self.terminal {
            return;
        }
        let bar = ProgressBar::with_draw_target(Some(total_bytes), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{msg} {wide_bar} {bytes}/{total_bytes} {eta}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(what.to_owned());
        self.with_step(|step| *step = Some(Step { bar, shown: false }));
    }

    fn advance(&self, bytes: u64) {
        self.with_step(|step| {
            let Some(step) = step else { return };
            if !step.shown && self.since.elapsed() >= PATIENCE {
                step.bar.set_draw_target(ProgressDrawTarget::stderr());
                step.shown = true;
            }
            step.bar.inc(bytes);
        });
    }

    fn done(&self) {
        self.with_step(|step| {
            if let Some(step) = step.take() {
                step.bar.finish_and_clear();
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use precinct_osm::Progress as _;

    use super::*;

    #[test]
    fn steps_come_and_go() {
        let bar = Bar { terminal: true, ..Bar::new() };
        bar.advance(5);
        bar.start("roads", 10);
        bar.advance(4);
        bar.with_step(|step| {
            let step = step.as_ref().unwrap();
            assert_eq!((step.bar.position(), step.shown), (4, false));
        });
        bar.done();
        bar.done();
        bar.with_step(|step| assert!(step.is_none()));
    }

    #[test]
    fn nothing_is_kept_where_nobody_sees_it() {
        let bar = Bar { terminal: false, ..Bar::new() };
        bar.start("roads", 10);
        bar.with_step(|step| assert!(step.is_none()));
    }
}
