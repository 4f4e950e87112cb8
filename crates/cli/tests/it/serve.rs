//! `precinct serve` with a file of settings, and a backup of the city while it is served.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::world::World;

/// A served city; ended when dropped.
pub(crate) struct Served {
    child: Child,
    said: String,
}

impl Served {
    pub(crate) fn start(world: &World, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut child = world
            .command()
            .arg("serve")
            .args(arguments)
            .envs(environment.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
        Self { child, said }
    }

    /// Where it is served.
    pub(crate) fn url(&self) -> &str {
        let said = self.said.trim_start_matches("Precinct is at ");
        said.split_whitespace().next().unwrap_or_default()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn settings_come_from_flags_then_the_environment_then_the_file() {
    let world = World::line("serve-file");
    let file = "city = \"../line\"\ndata = \"data\"\nlisten = \"0.0.0.0:0\"\nlog = \"json\"\n";
    world.write("etc/serve.toml", file);
    let config = ["--config", "etc/serve.toml"];
    let served = Served::start(&world, &config, &[]);
    assert!(served.said.starts_with("Precinct is at http://0.0.0.0:"), "{}", served.said);
    // While it is served it is looked after.
    let said = world.run(&["doctor", "etc/data", "--city", "line"]);
    assert_eq!(said.code, 0, "{}", said.out);
    assert!(said.out.contains("the city is served at this moment"), "{}", said.out);
    let said = world.run(&["backup", "etc/data", "-o", "copy", "--with-keys"]);
    assert_eq!(said.code, 0, "{}", said.err);
    drop(served);
    assert_eq!(world.run(&["restore", "copy", "--data", "new"]).code, 0);
    let environment = [("PRECINCT_SERVE_LISTEN", "127.0.0.1:0"), ("PRECINCT_SERVE_DATA", "new")];
    let served = Served::start(&world, &config, &environment);
    assert!(served.said.starts_with("Precinct is at http://127.0.0.1:"), "{}", served.said);
    drop(served);
    // An address that no machine has: whoever listened to it would not come up.
    let environment = [("PRECINCT_SERVE_LISTEN", "203.0.113.1:1"), environment[1]];
    let flags = ["--config", "etc/serve.toml", "--listen", "127.0.0.1:0"];
    let served = Served::start(&world, &flags, &environment);
    assert!(served.said.starts_with("Precinct is at http://127.0.0.1:"), "{}", served.said);
}

#[test]
fn settings_that_cannot_be_are_refused_by_name() {
    let world = World::line("serve-refused");
    world.write("serve.toml", "city = \"line\"\nlisten_on = \"x\"\n");
    let said = world.run(&["serve", "--config", "serve.toml", "--data", "data"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("serve.toml") && said.err.contains("listen_on"), "{}", said.err);
    let said = world.run(&["serve", "line"]);
    assert_eq!(said.code, 2);
    assert!(said.err.contains("--data"), "{}", said.err);
    assert!(!world.path("data").exists());
}

/// The record that a key was made, once it is there. Its command is known by the key.
fn record_of(world: &World, key: &str) -> String {
    let id = key.trim().split('_').nth(1).unwrap();
    let command = format!("6b6579206d616465{id}");
    let until = Instant::now() + Duration::from_secs(30);
    loop {
        let said = world.run(&["journal", "show", "data", "--json", "--command", &command]);
        if said.code == 0 {
            return said.out;
        }
        assert!(Instant::now() < until, "{}", said.err);
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_key_that_is_made_here_comes_to_be_in_the_record() {
    let world = World::line("serve-key");
    std::fs::create_dir(world.path("data")).unwrap();
    let make = |name: &str| {
        let said =
            world.run(&["key", "create", "--data", "data", "--name", name, "--role", "gateway"]);
        assert_eq!(said.code, 0, "{}", said.err);
        said.out
    };
    let before = make("before");
    let _served =
        Served::start(&world, &["line", "--data", "data", "--listen", "127.0.0.1:0"], &[]);
    let meanwhile = make("meanwhile");
    for (key, name) in [(before, "key/before"), (meanwhile, "key/meanwhile")] {
        let record = record_of(&world, &key);
        assert!(record.contains(name) && record.contains("account_changed"), "{record}");
        assert!(
            !record.contains(key.trim().rsplit('_').next().unwrap()),
            "its secret is not in it"
        );
    }
}
