//! The program that serves.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A served city; it is killed when it is dropped.
pub(super) struct Process {
    program: PathBuf,
    city: PathBuf,
    folder: PathBuf,
    environment: Environment,
    child: Child,
    address: String,
}

/// What a server is started with besides.
pub(super) type Environment = Vec<(&'static str, PathBuf)>;

fn start(program: &Path, city: &Path, folder: &Path, environment: &Environment) -> (Child, String) {
    let mut child = Command::new(program)
        .arg("serve")
        .arg(city)
        .arg("--data")
        .arg(folder)
        .args(["--listen", "127.0.0.1:0"])
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("{}: {error}: build it first", program.display()));
    let out = child.stdout.take().expect("its output");
    let mut lines = BufReader::new(out).lines();
    let first = lines.next().expect("a line with the address").expect("a line");
    let address = first.rsplit(' ').next().expect("an address").to_owned();
    // What else it says is read and left, so that it never waits for a reader.
    std::thread::spawn(move || lines.for_each(drop));
    (child, address)
}

impl Process {
    pub(super) fn start(
        program: &Path,
        city: &Path,
        folder: &Path,
        environment: Environment,
    ) -> Self {
        let (child, address) = start(program, city, folder, &environment);
        let (program, city, folder) = (program.to_owned(), city.to_owned(), folder.to_owned());
        Self { program, city, folder, environment, child, address }
    }

    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Makes a key for a control room and a gateway.
    pub(super) fn key(&self) -> String {
        let roles = ["call_taker", "dispatcher", "duty_officer", "planner", "gateway"];
        let made = Command::new(&self.program)
            .args(["key", "create", "--name", "bench", "--data"])
            .arg(&self.folder)
            .args(roles.iter().flat_map(|role| ["--role", role]))
            .output()
            .expect("a key");
        String::from_utf8(made.stdout).expect("a key").trim().to_owned()
    }

    /// Resident memory.
    pub(super) fn memory_mb(&self) -> u64 {
        let path = format!("/proc/{}/statm", self.child.id());
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let pages = text.split_whitespace().nth(1).and_then(|pages| pages.parse::<u64>().ok());
        pages.unwrap_or(0) * 4_096 / 1_000_000
    }

    pub(super) fn kill(&mut self) {
        self.child.kill().expect("a process to kill");
        self.child.wait().expect("its end");
    }

    /// Starts it again; returns when it answers.
    pub(super) fn restart(&mut self) {
        (self.child, self.address) =
            start(&self.program, &self.city, &self.folder, &self.environment);
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have been killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
