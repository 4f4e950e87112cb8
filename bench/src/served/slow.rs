//! A disk whose flushes take long: commands are held up and say so, and whoever looks is not.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::client::{Answer, Client};
use super::load::{Life, gateway, times};
use super::process::Process;

/// How long each flush takes longer, and how long that is tried.
const DELAYS: [(u64, Duration); 4] = [
    (0, Duration::from_secs(5)),
    (50, Duration::from_secs(10)),
    (500, Duration::from_secs(10)),
    (5_000, Duration::from_secs(20)),
];
/// What a command rides out: none may be held up by so little.
const FAST: u64 = 50;
/// What none rides out: every one is held up by so much.
const HOPELESS: u64 = 5_000;
/// Clients that give commands, and those that look.
const GIVE: usize = 8;
const LOOK: usize = 2;
/// No look may take so long, however long a flush takes: far less than the longest of them, and far more than a busy machine needs.
const LOOK_LIMIT: Duration = Duration::from_secs(2);
/// The same command is given again for so long.
const PATIENCE: Duration = Duration::from_mins(2);

/// What stands between the server and its storage calls, and the file that says how slow they are.
pub(super) struct Slow {
    library: PathBuf,
    wish: PathBuf,
}

impl Slow {
    /// Builds it in a folder.
    pub(super) fn build(folder: &Path) -> Self {
        std::fs::create_dir_all(folder).expect("a folder");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../proof/shim/faults.c");
        let (library, wish) = (folder.join("faults.so"), folder.join("slow"));
        let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
        let mut build = Command::new(compiler);
        build.args(["-O1", "-shared", "-fPIC", "-o"]).arg(&library).arg(source).arg("-ldl");
        assert!(build.status().expect("a compiler").success(), "the shim cannot be built");
        let slow = Self { library, wish };
        slow.set(0);
        slow
    }

    /// What the server is started with.
    pub(super) fn environment(&self, data: &Path) -> Vec<(&'static str, PathBuf)> {
        let (library, wish) = (self.library.clone(), self.wish.clone());
        vec![("LD_PRELOAD", library), ("FAULTS_DIR", data.to_owned()), ("FAULTS_SLOW", wish)]
    }

    fn set(&self, ms: u64) {
        std::fs::write(&self.wish, ms.to_string()).expect("a file");
    }
}

/// What came of one delay.
#[derive(Default)]
struct Found {
    /// How long commands took that were done at once.
    done: Vec<Duration>,
    /// How many were answered 503 first, and done when they were given again.
    held_up: usize,
    looks: Vec<Duration>,
    fixes: Vec<Duration>,
}

/// Measures every delay; each command is done once, and nothing that was acknowledged is missing.
pub(super) fn report(process: &Process, slow: &Slow, key: &str) -> String {
    let mut text = String::from(
        "A disk whose every flush takes longer (the server runs behind `proof/shim/faults.c`): 8 clients take incidents in, each waiting for \
         its answer and giving the same command again when it is 503; 2 look at an incident and at the list of units, and a gateway sends 2,000 positions \
         a second in four frames. Every 503 had a `Retry-After`; every command was done once, however often it was given.\n\n\
         | a flush takes longer by | done at once | p50 ms | p99 ms | 503 first | looks | p50 ms | p99 ms | longest ms | frames p99 ms |\n\
         |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n",
    );
    let control = Client::new(process.address(), key);
    // The one that is looked at.
    control.done("post", "/api/v1/incidents", &Life::intake(0));
    for (ms, lasts) in DELAYS {
        slow.set(ms);
        let before = count(&control);
        let found = put(process, key, lasts);
        slow.set(0);
        let (done, looks, fixes) = (times(&found.done), times(&found.looks), times(&found.fixes));
        assert!(
            looks.count > 0 && looks.longest < LOOK_LIMIT.as_secs_f64() * 1e3,
            "a look took {} ms",
            looks.longest
        );
        assert!(
            fixes.longest < LOOK_LIMIT.as_secs_f64() * 1e3,
            "a frame took {} ms",
            fixes.longest
        );
        assert_eq!(count(&control), before + done.count + found.held_up, "each command once");
        // In between it depends on how many flushes a command waits for.
        let held_up = found.held_up;
        assert!(ms > FAST || held_up == 0, "{held_up} were answered 503 at {ms} ms");
        assert!(ms < HOPELESS || held_up > 0, "none was answered 503 at {ms} ms");
        let row = format!(
            "| {ms} ms | {} | {:.0} | {:.0} | {} | {} | {:.1} | {:.1} | {:.0} | {:.1} |",
            done.count,
            done.p50,
            done.p99,
            found.held_up,
            looks.count,
            looks.p50,
            looks.p99,
            looks.longest,
            fixes.p99,
        );
        eprintln!("{row}");
        let _ = writeln!(text, "{row}");
    }
    text
}

/// How many incidents there are.
fn count(control: &Client) -> usize {
    let (mut all, mut cursor) = (0, String::new());
    loop {
        let path = format!("/api/v1/incidents?limit=1000{cursor}");
        let text = control.get(&path).body_mut().read_to_string().expect("a page");
        let page: Value = serde_json::from_str(&text).expect("a page");
        all += page["items"].as_array().expect("items").len();
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return all,
        }
    }
}

fn put(process: &Process, key: &str, lasts: Duration) -> Found {
    let (ends, began) = (AtomicBool::new(false), Instant::now());
    let client = || Client::new(process.address(), key);
    let mut found = Found::default();
    std::thread::scope(|scope| {
        let ends = &ends;
        let sender = client();
        let sends = scope.spawn(move || gateway(&sender, ends));
        let lookers: Vec<_> = (0..LOOK)
            .map(|_| client())
            .map(|client| scope.spawn(move || look(&client, ends)))
            .collect();
        let givers: Vec<_> = (0..GIVE)
            .map(|n| (n, client()))
            .map(|(n, client)| scope.spawn(move || give(&client, n as u64, (began, lasts))))
            .collect();
        for giver in givers {
            let (done, held_up) = giver.join().expect("a client");
            found.done.extend(done);
            found.held_up += held_up;
        }
        ends.store(true, Ordering::Relaxed);
        for looker in lookers {
            found.looks.extend(looker.join().expect("who looks"));
        }
        found.fixes = sends.join().expect("a gateway");
    });
    found
}

fn look(client: &Client, ends: &AtomicBool) -> Vec<Duration> {
    let mut looks = Vec::new();
    while !ends.load(Ordering::Relaxed) {
        for path in ["/api/v1/incidents/1", "/api/v1/units?limit=50"] {
            let began = Instant::now();
            let mut said = client.get(path);
            assert_eq!(said.status(), 200, "{path}");
            let _ = said.body_mut().read_to_string().expect("a body");
            looks.push(began.elapsed());
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    looks
}

/// Takes incidents in until time is over. How long those took that were done at once, and how many had to be given again.
fn give(client: &Client, n: u64, (began, lasts): (Instant, Duration)) -> (Vec<Duration>, usize) {
    let (mut done, mut held_up) = (Vec::new(), 0);
    for k in 0.. {
        if began.elapsed() > lasts {
            break;
        }
        let (body, key, asked) = (Life::intake(n << 32 | k), super::client::key(), Instant::now());
        let mut again = false;
        loop {
            let Answer { status, said, retry_after } =
                client.answer("post", "/api/v1/incidents", &body, &key).expect("an answer");
            if status == 200 {
                break;
            }
            assert_eq!(status, 503, "{said}");
            let wait = retry_after.expect("a 503 says when to come again");
            assert!((1..=60).contains(&wait), "come again after {wait} s");
            assert!(asked.elapsed() < PATIENCE, "it is never done: {said}");
            again = true;
            std::thread::sleep(Duration::from_secs(wait));
        }
        if again {
            held_up += 1;
        } else {
            done.push(asked.elapsed());
        }
    }
    (done, held_up)
}
