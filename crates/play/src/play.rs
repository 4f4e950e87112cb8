//! The play over the wire: one loop that keeps the time, hands questions to a few carriers, and tells the script what they bring.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use precinct_base::Timestamp;
use precinct_roads::Network;
use serde_json::Value;

use crate::ask::Key;
use crate::carriers::{Heard, Job, carry, hear_stream, send_fixes};
use crate::cast::cast;
use crate::http::{Clock, Record};
use crate::pace::Pace;
use crate::report::{Latency, Report};
use crate::script::{Action, Glance, Input, Script, Whims};
use crate::{Call, Client, ClientError, Fix, Habits, Window};

/// Questions that are carried side by side.
const CARRIERS: usize = 8;
/// Frames of positions are at least so far apart.
const FRAME_EVERY: Duration = Duration::from_millis(250);
/// How often the city's clock is read again.
const CLOCK_EVERY: Duration = Duration::from_secs(30);
/// How often whoever watches is told.
const GLANCE_EVERY: Duration = Duration::from_millis(500);
/// So long after the last call the play ends, whatever is open.
const LONGEST_MS: i64 = 10 * 3_600_000;
/// A call whose time the city's clock has passed by less than this is taken at once; further back, the day is played later.
const LATE_MS: i64 = 3_600_000;
/// The city's clock may be so far before the first call; earlier, the day is played earlier.
const EARLY_MS: i64 = 12 * 3_600_000;
/// From the city's time to the first instant of a day that is played at another time.
const SOON_MS: i64 = 120_000;
/// Incidents closed for so long may have left the city's board.
const ARCHIVED_MS: i64 = 23 * 3_600_000;

/// How a day is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The number that chance follows from.
    pub seed: u64,
    /// Units in all; none is as many as is usual for the posts.
    pub units: Option<usize>,
    /// How often crews do what nobody planned.
    pub whims: Whims,
    /// When the day begins and ends in the record.
    pub window: Window,
}

/// Why a play could not begin, or broke off.
#[derive(Debug, thiserror::Error)]
pub enum PlayError {
    /// The city cannot be asked.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// It has no posts, so nobody can be cast.
    #[error("the served city has no posts to send units from: give it posts in its city.toml")]
    NoPosts,
    /// There is nothing to play.
    #[error("there are no calls between the two times: choose others with --from and --to")]
    NoCalls,
}

/// Plays `calls` in the city behind `client`, where crews have these `habits`; `watch` is told twice a second how the board looks.
///
/// # Errors
/// When the play cannot begin, or the city is away for longer than the client is patient.
pub fn play(
    client: &Client,
    (network, habits): (&Network, &dyn Habits),
    calls: Vec<Call>,
    settings: &Settings,
    watch: &mut dyn FnMut(Glance),
) -> Result<Report, PlayError> {
    if calls.is_empty() {
        return Err(PlayError::NoCalls);
    }
    let clock = client.clock()?;
    let (posts, seq) = (client.posts()?, client.seq()?);
    if posts.is_empty() {
        return Err(PlayError::NoPosts);
    }
    let roles = cast(&posts, &client.units()?, settings.units);
    let shift = shift(settings.window.from, clock.now);
    let chance = (settings.seed, settings.whims);
    let script = Script::new(network, (calls, shift), roles, chance, clock.now);
    let script = script.with_habits(habits);
    let (heard, ears) = channel();
    hear_stream(client, seq, heard.clone());
    std::thread::scope(|scope| {
        let (jobs, to_carry) = channel();
        let to_carry = Arc::new(Mutex::new(to_carry));
        for _ in 0..CARRIERS {
            let (client, to_carry, heard) = (client.clone(), to_carry.clone(), heard.clone());
            scope.spawn(move || carry(&client, &to_carry, &heard));
        }
        let (frames, to_send) = sync_channel(1);
        let (sender, heard) = (client.clone(), heard);
        scope.spawn(move || send_fixes(&sender, &to_send, &heard));
        let stage = Stage::new(client, script, &clock, (jobs, frames));
        stage.run(&ears, watch)
    })
}

/// How much later than in the record a day is played: not at all if the city's clock is about there.
fn shift(from: Timestamp, now: Timestamp) -> i64 {
    let late = now.0.saturating_sub(from.0);
    if (-EARLY_MS..=LATE_MS).contains(&late) { 0 } else { late.saturating_add(SOON_MS) }
}

/// A play under way.
struct Stage<'a> {
    client: &'a Client,
    script: Script<'a>,
    pace: Pace,
    jobs: Sender<Job>,
    frames: SyncSender<Vec<Fix>>,
    run: [u8; 6],
    began: Instant,
    last_frame: Instant,
    last_glance: Instant,
    out: usize,
    micros: Vec<u64>,
    report: Report,
}

impl<'a> Stage<'a> {
    fn new(
        client: &'a Client,
        script: Script<'a>,
        clock: &Clock,
        (jobs, frames): (Sender<Job>, SyncSender<Vec<Fix>>),
    ) -> Self {
        let now = Instant::now();
        Self {
            client,
            script,
            pace: Pace::new(clock),
            jobs,
            frames,
            run: run_id(),
            began: now,
            last_frame: now,
            last_glance: now,
            out: 0,
            micros: Vec::new(),
            report: Report::default(),
        }
    }

    fn run(
        mut self,
        ears: &Receiver<Heard>,
        watch: &mut dyn FnMut(Glance),
    ) -> Result<Report, PlayError> {
        let last = self.script.last_call().unwrap_or_default();
        let latest = Timestamp(last.0.saturating_add(LONGEST_MS));
        self.act(Input::Time);
        loop {
            match ears.recv_timeout(self.patience()) {
                Ok(heard) => self.hear(heard)?,
                Err(RecvTimeoutError::Timeout) => self.act(Input::Time),
                // The stream's ear is only dropped when nobody hears: never before this loop ends.
                Err(RecvTimeoutError::Disconnected) => break,
            }
            self.tell_positions();
            if self.last_glance.elapsed() >= GLANCE_EVERY {
                self.last_glance = Instant::now();
                watch(self.script.glance());
            }
            if self.pace.read.elapsed() >= CLOCK_EVERY {
                self.read_clock()?;
            }
            if (self.script.is_over() && self.out == 0) || self.pace.now() > latest {
                break;
            }
        }
        self.end()
    }

    /// Until the next deed or the next frame, whichever is first.
    fn patience(&self) -> Duration {
        let frame = FRAME_EVERY.saturating_sub(self.last_frame.elapsed());
        let deed = self.script.next().map_or(frame, |at| self.pace.until(at));
        frame.min(deed).max(Duration::from_millis(1))
    }

    fn read_clock(&mut self) -> Result<(), PlayError> {
        self.pace = Pace::new(&self.client.clock()?);
        Ok(())
    }

    fn hear(&mut self, heard: Heard) -> Result<(), PlayError> {
        match heard {
            Heard::Failed(error) => return Err(error.into()),
            Heard::Told(Record { seq, at, facts }) => self.act(Input::Told { seq, at, facts }),
            Heard::Fixes(count, outcome) => self.fixes_sent(count, outcome),
            Heard::Answered { ticket, ask, outcome, carried } => {
                self.out -= 1;
                self.report.commands += 1;
                self.micros.push(carried.took.as_micros() as u64);
                if let Err(refused) = &outcome {
                    let of = self
                        .report
                        .refusals
                        .entry(format!("{ask} {}", refused.status))
                        .or_default();
                    of.count += 1;
                    if of.count == 1 {
                        of.first.clone_from(&refused.detail);
                    }
                }
                if carried.tries > 1 {
                    self.report.repeated += 1;
                    // The city was away, and so may its clock have been.
                    self.read_clock()?;
                }
                self.act(Input::Answered { ticket, outcome });
            }
        }
        Ok(())
    }

    fn act(&mut self, input: Input) {
        for Action { ticket, ask } in self.script.turn(self.pace.now(), input) {
            let key = Key::new(our_ms(), self.run, ticket);
            self.out += 1;
            // The carriers live as long as this loop.
            let _ = self.jobs.send(Job { ticket, key, ask });
        }
    }

    fn tell_positions(&mut self) {
        if self.last_frame.elapsed() < FRAME_EVERY {
            return;
        }
        self.last_frame = Instant::now();
        let fixes = self.script.fixes(self.pace.now());
        if !fixes.is_empty() && self.frames.try_send(fixes).is_err() {
            // The one before is still under way; the next says where everybody is then.
            self.report.frames_failed += 1;
        }
    }

    fn fixes_sent(&mut self, count: usize, outcome: Result<Value, String>) {
        self.report.fixes += count as u64;
        match outcome {
            Ok(body) => {
                for (why, number) in
                    body.get("left_out").and_then(Value::as_object).into_iter().flatten()
                {
                    let number = number.as_u64().unwrap_or(0);
                    if number > 0 {
                        *self.report.fixes_left_out.entry(why.clone()).or_default() += number;
                    }
                }
            }
            Err(why) => {
                self.report.frames_failed += 1;
                let of = self.report.refusals.entry("positions".to_owned()).or_default();
                of.count += 1;
                if of.count == 1 {
                    of.first = why;
                }
            }
        }
    }

    /// Asks the city once more for every incident, and sums up.
    fn end(mut self) -> Result<Report, PlayError> {
        let outcomes = self.script.outcomes();
        let now = self.pace.now();
        self.report.real_ms = self.began.elapsed().as_millis() as u64;
        for one in &outcomes {
            let Some(incident) = one.incident else { continue };
            let gone =
                one.closed.is_some_and(|closed| now.0.saturating_sub(closed.0) > ARCHIVED_MS);
            if !gone && !self.client.knows(incident)? {
                self.report.forgotten.push(incident);
            }
        }
        self.report.count(&outcomes);
        self.report.latency = Latency::of(std::mem::take(&mut self.micros));
        let per = self.report.commands.saturating_mul(1_000_000).checked_div(self.report.real_ms);
        self.report.commands_per_1000_s = per.unwrap_or(0);
        Ok(self.report)
    }
}

fn our_ms() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64)
}

/// What tells the commands of this run from those of any other.
fn run_id() -> [u8; 6] {
    let nanos =
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.subsec_nanos());
    let [a, b, c, d] = nanos.to_be_bytes();
    let [.., e, f] = std::process::id().to_be_bytes();
    [a, b, c, d, e, f]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Origin, Patience, Usual, town, town_hall};

    /// Calls so many minutes after the start, some found by patrols.
    fn calls(start: Timestamp, count: i64) -> Vec<Call> {
        let call = |n: i64| Call {
            id: n.to_string(),
            origin: if n % 4 == 0 { Origin::Patrol } else { Origin::Call },
            received: Timestamp(start.0 + (10 + n * 4) * 60_000),
            entered: None,
            kind: precinct_core::Code::literal("other"),
            priority: precinct_core::Priority::new(1 + (n % 4) as u8),
            at: town::at(n * 137 % 900, n * 311 % 900),
            address: None,
            responses: Vec::new(),
        };
        (0..count).map(call).collect()
    }

    #[test]
    fn a_city_that_goes_away_in_the_middle_loses_nothing_and_does_nothing_twice() {
        let start = Timestamp(1_704_700_800_000);
        let (address, hall) = town_hall::serve(start, 150);
        let pause = Duration::from_millis(1);
        let patience =
            Patience { answer: Duration::from_mins(1), away: Duration::from_mins(1), pause };
        let client = Client::new(&format!("http://{address}"), "key", patience);
        let window = Window { from: start, to: Timestamp(start.0 + 86_400_000) };
        let settings = Settings { seed: 1, units: Some(12), whims: Whims::default(), window };
        let mut glances = 0;
        let network = town::network();
        let report =
            play(&client, (&network, &Usual), calls(start, 24), &settings, &mut |_| glances += 1)
                .unwrap();
        assert!(report.is_whole(), "{report:?}");
        assert_eq!(
            (report.calls, report.taken, report.arrived, report.closed),
            (24, 24, 24, 24),
            "{report:?}"
        );
        assert!(report.repeated >= 1 && report.fixes > 0 && report.commands > 200, "{report:?}");
        assert!(hall.frames.load(std::sync::atomic::Ordering::SeqCst) > 0);
        let room = hall.room.lock().unwrap();
        assert_eq!(room.state.next_incident().0, 25);
    }

    #[test]
    fn a_day_is_played_when_it_was_or_soon() {
        let from = Timestamp(1_000_000_000_000);
        let shifted = |ms: i64| shift(from, Timestamp(from.0 + ms));
        assert_eq!([0, -EARLY_MS, LATE_MS].map(shifted), [0, 0, 0]);
        assert_eq!(shifted(LATE_MS + 1), LATE_MS + 1 + SOON_MS);
        assert_eq!(shifted(-EARLY_MS - 1), SOON_MS - EARLY_MS - 1);
    }
}
