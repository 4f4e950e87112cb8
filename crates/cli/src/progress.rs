//! Tells whoever waits at a terminal what is being done, once it has taken more than a second.

use std::io::IsTerminal as _;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work shorter than this shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often what is shown moves.
const TICK: Duration = Duration::from_millis(120);

/// Shows the step at work: a bar where it is known how much there is to do, else a sign of life. Gone when dropped.
pub(crate) struct Bar {
    bar: ProgressBar,
    /// Shows the bar when patience has run out; woken by the sender being dropped.
    watcher: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Bar {
    /// Nothing shown yet; the second begins now. Where nobody watches nothing will be.
    pub(crate) fn new() -> Self {
        let watched = std::io::stderr().is_terminal();
        Self::on(ProgressDrawTarget::stderr(), watched)
    }

    fn on(target: ProgressDrawTarget, watched: bool) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        bar.set_style(style("{spinner} {msg}"));
        let watcher = watched.then(|| {
            let (sender, receiver) = channel();
            let shown = bar.clone();
            let wait = move || {
                if receiver.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                    shown.set_draw_target(target);
                    shown.enable_steady_tick(TICK);
                }
            };
            (sender, std::thread::spawn(wait))
        });
        Self { bar, watcher }
    }

    /// A step begins that nobody measures.
    pub(crate) fn step(&self, what: &'static str) {
        self.bar.set_style(style("{spinner} {msg}"));
        self.bar.set_message(what);
    }

    /// Says how the step at work stands.
    pub(crate) fn say(&self, what: String) {
        self.bar.set_message(what);
    }

    /// A step begins that takes so many turns.
    pub(crate) fn turns(&self, what: &'static str, count: u64) {
        self.bar.set_style(style("{msg} {wide_bar} {pos}/{len} {eta}"));
        self.bar.set_message(what);
        self.bar.set_length(count);
        self.bar.set_position(0);
    }

    /// One turn is done.
    pub(crate) fn turn(&self) {
        self.bar.inc(1);
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}

impl precinct_osm::Progress for Bar {
    fn start(&self, what: &str, total_bytes: u64) {
        self.bar.set_style(style("{msg} {wide_bar} {bytes}/{total_bytes} {eta}"));
        self.bar.set_message(what.to_owned());
        self.bar.set_length(total_bytes);
        self.bar.set_position(0);
    }

    fn advance(&self, bytes: u64) {
        self.bar.inc(bytes);
    }

    fn done(&self) {
        self.step("working");
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some((sender, watcher)) = self.watcher.take() {
            drop(sender);
            // It only waits and shows; if it failed there is nothing to clear.
            let _ = watcher.join();
        }
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::{Arc, Mutex};

    use indicatif::TermLike;
    use precinct_osm::Progress as _;

    use super::*;

    /// A terminal that keeps what is written on it.
    #[derive(Clone, Debug, Default)]
    struct Paper(Arc<Mutex<String>>);

    impl Paper {
        fn text(&self) -> String {
            self.0.lock().unwrap().clone()
        }
    }

    impl TermLike for Paper {
        fn width(&self) -> u16 {
            80
        }
        fn move_cursor_up(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn move_cursor_down(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn move_cursor_right(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn move_cursor_left(&self, _: usize) -> io::Result<()> {
            Ok(())
        }
        fn write_line(&self, text: &str) -> io::Result<()> {
            self.write_str(text)
        }
        fn write_str(&self, text: &str) -> io::Result<()> {
            self.0.lock().unwrap().push_str(text);
            Ok(())
        }
        fn clear_line(&self) -> io::Result<()> {
            self.0.lock().unwrap().clear();
            Ok(())
        }
        fn flush(&self) -> io::Result<()> {
            Ok(())
        }
    }

    fn on_terminal(watched: bool) -> (Paper, Bar) {
        let paper = Paper::default();
        let bar = Bar::on(ProgressDrawTarget::term_like(Box::new(paper.clone())), watched);
        (paper, bar)
    }

    #[test]
    fn short_work_shows_nothing() {
        let (terminal, bar) = on_terminal(true);
        bar.start("roads", 10);
        bar.advance(4);
        assert_eq!((bar.bar.position(), bar.bar.length()), (4, Some(10)));
        bar.done();
        drop(bar);
        assert_eq!(terminal.text(), "");
    }

    #[test]
    fn long_work_is_shown_and_leaves_nothing_behind() {
        let (terminal, mut bar) = on_terminal(true);
        bar.turns("cities", 3);
        bar.turn();
        // Waits for the watcher as a second of work would.
        let (sender, watcher) = bar.watcher.take().unwrap();
        watcher.join().unwrap();
        drop(sender);
        bar.bar.disable_steady_tick();
        bar.bar.force_draw();
        let text = terminal.text();
        assert!(text.contains("cities") && text.contains("1/3"), "{text}");
        drop(bar);
        assert!(!terminal.text().contains("cities"), "{}", terminal.text());
    }

    #[test]
    fn where_nobody_watches_there_is_no_watcher() {
        let (terminal, bar) = on_terminal(false);
        assert!(bar.watcher.is_none());
        bar.step("measuring");
        drop(bar);
        assert_eq!(terminal.text(), "");
    }
}
