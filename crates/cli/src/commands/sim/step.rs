//! `precinct sim step`: a shift, turn by turn, with what was asked, what came of it, and the board.

use std::fmt::Write as _;
use std::io::{BufRead as _, IsTerminal as _};

use clap::Args;
use precinct_engine::Outcome;
use precinct_sim::shift::{Frame, run_watched};

use super::{Done, Made};
use crate::args::Shared;
use crate::board::board;
use crate::failure::Failure;
use crate::output::Out;
use crate::text::table::shorten;
use crate::text::words::Lang;

const EXAMPLE: &str = "\
Example:
  precinct sim step --seed 7
  precinct sim step --seed 7 --from 400 --steps 3

At a terminal, Enter shows the next turn, a number goes on by so many, and q ends.";

/// Arguments of `precinct sim step`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct Step {
    #[command(flatten)]
    made: Made,
    /// The first turn to show
    #[arg(long, default_value_t = 1, value_name = "TURN")]
    from: u64,
    /// How many turns to show [default: at a terminal as many as are asked for, else 10]
    #[arg(long, value_name = "COUNT")]
    steps: Option<u64>,
}

impl Step {
    pub(super) fn run(&self, shared: &Shared, out: &mut Out) -> Result<Done, Failure> {
        let lang = shared.lang();
        let asks = self.steps.is_none() && std::io::stdin().is_terminal();
        let until = self.from + self.steps.unwrap_or(if asks { u64::MAX / 2 } else { 10 });
        let (mut next, mut ended, mut failed) = (self.from, false, None);
        let report = run_watched(self.made.plan(), &mut |frame| {
            if ended || frame.turn < next || frame.turn >= until {
                return;
            }
            let shown = show(frame, lang, out).and_then(|()| out.flush());
            next = frame.turn + 1;
            match shown {
                Ok(()) if asks => match wish() {
                    Some(on) => next = frame.turn + on,
                    None => ended = true,
                },
                Ok(()) => {}
                Err(failure) => {
                    failed = Some(failure);
                    ended = true;
                }
            }
        });
        if let Some(failure) = failed {
            return Err(failure);
        }
        match report.broken {
            Some(broken) => {
                out.line(&format!("Broken: {broken}"))?;
                Ok(Done::No)
            }
            None => Ok(Done::Yes),
        }
    }
}

/// How many turns further whoever sits there wants to go; `None` ends.
fn wish() -> Option<u64> {
    let mut line = String::new();
    match std::io::stdin().lock().read_line(&mut line) {
        Ok(count) if count > 0 => match line.trim() {
            "q" => None,
            text => Some(text.parse().unwrap_or(1).max(1)),
        },
        _ => None,
    }
}

fn show(frame: &Frame<'_>, lang: Lang, out: &mut Out) -> Result<(), Failure> {
    let at = frame.at / 1_000;
    let time = format!("{}:{:02}:{:02}", at / 3_600, at / 60 % 60, at % 60);
    out.heading(&format!("Turn {}  {time}", frame.turn))?;
    for (request, outcome) in frame.requests.iter().zip(frame.outcomes) {
        let order = shorten(&format!("{:?}", request.order), 100);
        out.line(&format!("> {} {order}", request.by.staff))?;
        out.line(&format!("  {}", came_of(outcome)))?;
    }
    out.text(&board(frame.state, lang, out.bold()))?;
    out.line("")
}

fn came_of(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Done(done) => {
            let mut text = format!("record {}", done.seq);
            if done.repeated {
                text += ", as before";
            }
            for fact in &done.facts {
                let _ = write!(text, ", {}", fact.name());
            }
            text
        }
        Outcome::Nothing => "nothing to do".to_owned(),
        Outcome::Changed => "something else has changed meanwhile".to_owned(),
        Outcome::Refused(rejection) => format!("refused: {rejection}"),
        Outcome::Failed(trouble) => format!("failed: {trouble}"),
    }
}
