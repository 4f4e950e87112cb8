//! Long computations: what becomes of them, how many run, and what is kept.

use std::sync::mpsc::{Receiver, Sender, channel};

use precinct_wire::RunDoc;

use super::*;

const WHAT: Code = Code::literal("siting");

fn begin(runs: &Runs, job: Job) -> Result<Arc<Run>, Failure> {
    let ask = serde_json::json!({"more": 2});
    runs.begin((WHAT, AreaId(0)), (Code::literal("A1"), Timestamp(0)), ask, job)
}

fn start() -> (tempfile::TempDir, Runs) {
    let folder = tempfile::tempdir().unwrap();
    let runs = Runs::start(folder.path()).unwrap();
    (folder, runs)
}

fn came(number: u32) -> Outcome {
    Outcome::new(Arc::new(number), &number).unwrap()
}

fn over(run: &Run) -> RunDoc {
    while !run.is_over() {
        std::thread::yield_now();
    }
    run.document()
}

/// A job that says it runs, and goes on until it is cancelled or told to end.
fn held(told: Sender<()>, ends: Receiver<()>) -> Job {
    Box::new(move |run| {
        let _ = told.send(());
        while !run.is_cancelled() && ends.try_recv().is_err() {
            std::thread::yield_now();
        }
        Ok(Some(came(7)))
    })
}

#[test]
fn what_is_computed_is_there_when_it_is_over() {
    let (_folder, runs) = start();
    let job: Job = Box::new(|run| {
        run.tell(|seen| (seen.objective, seen.bound) = (Some(90), Some(100)));
        Ok(Some(came(5)))
    });
    let run = begin(&runs, job).unwrap();
    let told = over(&run);
    assert_eq!((told.status, told.gap_ppm, told.result), (RunStatus::Done, Some(100_000), true));
    assert_eq!(run.outcome::<u32>().as_deref(), Some(&5));
    assert_eq!(run.outcome::<u64>(), None);
    let failed = begin(&runs, Box::new(|_| Err("no roads".to_owned()))).unwrap();
    let told = over(&failed);
    assert_eq!((told.status, told.detail.as_deref()), (RunStatus::Failed, Some("no roads")));
    let broken = begin(&runs, Box::new(|_| panic!("broken on purpose"))).unwrap();
    assert_eq!(over(&broken).status, RunStatus::Failed);
    assert_eq!(runs.all(WHAT).iter().map(|run| run.id).collect::<Vec<_>>(), [3, 2, 1]);
    assert!(runs.get(WHAT, 1).is_ok() && runs.get(WHAT, 9).is_err());
    assert!(runs.get(Code::literal("trial"), 1).is_err());
    runs.close();
}

#[test]
fn a_few_run_at_once_the_others_wait_and_a_cancelled_one_keeps_its_best() {
    let (_folder, runs) = start();
    let (told, heard) = channel();
    let mut ends = Vec::new();
    let mut hold = || {
        let (end, ended) = channel();
        ends.push(end);
        begin(&runs, held(told.clone(), ended))
    };
    let running: Vec<_> = (0..caps::RUNS_AT_ONCE).map(|_| hold().unwrap()).collect();
    for _ in &running {
        heard.recv().unwrap();
    }
    let waiting: Vec<_> = (0..caps::RUNS_WAITING).map(|_| hold().unwrap()).collect();
    assert!(hold().is_err(), "no more can wait");
    assert!(running.iter().all(|run| run.document().status == RunStatus::Running));
    assert!(waiting.iter().all(|run| run.document().status == RunStatus::Waiting));
    runs.cancel(&waiting[0]);
    let told = waiting[0].document();
    assert_eq!((told.status, told.result), (RunStatus::Cancelled, false));
    runs.cancel(&running[0]);
    let told = over(&running[0]);
    assert_eq!((told.status, told.result), (RunStatus::Cancelled, true));
    heard.recv().unwrap();
    assert_eq!(waiting[1].document().status, RunStatus::Running, "the next in line");
    runs.close();
    assert_eq!(running[1].document().status, RunStatus::CutOff);
}

#[test]
fn what_came_of_runs_is_there_after_a_restart_and_what_was_cut_off_says_so() {
    let (folder, runs) = start();
    over(&begin(&runs, Box::new(|_| Ok(Some(came(5))))).unwrap());
    over(&begin(&runs, Box::new(|_| Err("no roads".to_owned()))).unwrap());
    let (told, heard) = channel();
    let mut ends = Vec::new();
    for _ in 0..=caps::RUNS_AT_ONCE {
        let (end, ended) = channel();
        ends.push(end);
        begin(&runs, held(told.clone(), ended)).unwrap();
    }
    for _ in 0..caps::RUNS_AT_ONCE {
        heard.recv().unwrap();
    }
    let last = 3 + caps::RUNS_AT_ONCE as u64;
    runs.close();
    // As if the machine had gone off while it was written: left where it is, and no other takes its place.
    let torn = folder.path().join(format!("runs/{}.json", last + 1));
    std::fs::write(&torn, "{").unwrap();
    let runs = Runs::start(folder.path()).unwrap();
    let of = |id| runs.get(WHAT, id).unwrap();
    assert_eq!((of(1).document().status, of(1).told::<u32>()), (RunStatus::Done, Some(5)));
    assert_eq!(of(1).outcome::<u32>(), None, "what it was computed from is gone");
    assert_eq!(of(2).document().detail.as_deref(), Some("no roads"));
    // One that ran had a best by then; one that waited had nothing.
    assert_eq!((of(3).document().status, of(3).told::<u32>()), (RunStatus::CutOff, Some(7)));
    assert_eq!((of(last).document().status, of(last).told::<u32>()), (RunStatus::CutOff, None));
    assert_eq!(of(last).ask::<Value>().unwrap(), serde_json::json!({"more": 2}));
    assert_eq!(over(&begin(&runs, Box::new(|_| Ok(None))).unwrap()).run, last + 2);
    assert_eq!(std::fs::read_to_string(&torn).unwrap(), "{");
    // Thirty days on they are gone, on the disk too.
    runs.sweep(Timestamp((caps::RUNS_KEPT_DAYS + 1) * DAY_MS));
    assert!(runs.all(WHAT).is_empty());
    assert_eq!(std::fs::read_dir(folder.path().join("runs")).unwrap().count(), 1);
    runs.close();
}

#[test]
fn those_that_are_over_are_forgotten_in_time() {
    let (_folder, runs) = start();
    for _ in 0..caps::RUNS_KEPT + 3 {
        over(&begin(&runs, Box::new(|_| Ok(None))).unwrap());
    }
    assert!(runs.all(WHAT).len() <= caps::RUNS_KEPT + 1);
    assert!(runs.get(WHAT, 1).is_err());
    runs.close();
}
