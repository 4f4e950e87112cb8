//! The packages that Cargo would build, as `cargo metadata` tells them.

use std::path::Path;
use std::process::Command;

use serde::Deserialize;

use crate::fault::Fault;

/// Precinct is built for this platform; what others alone would pull in is not looked at.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";

/// One package of the dependency graph.
#[derive(Debug, Deserialize)]
pub(crate) struct Package {
    /// Its name in the registry.
    pub(crate) name: String,
    /// Its version.
    pub(crate) version: String,
    /// Its SPDX licence expression.
    pub(crate) license: Option<String>,
    /// Where it comes from; nothing for the workspace's own.
    pub(crate) source: Option<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

/// Asks Cargo for all packages, our own included; fails when the lock file is out of date.
pub(crate) fn resolved(root: &Path) -> Result<Vec<Package>, Fault> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--filter-platform", PLATFORM])
        .current_dir(root)
        .output()
        .map_err(|e| {
            Fault::new("Cargo.toml", 0, format!("cannot run cargo: {e}"), "install cargo")
        })?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let what = format!("cargo metadata failed: {}", said.trim());
        return Err(Fault::new(
            "Cargo.lock",
            0,
            what,
            "run `cargo metadata --locked` and mend what it names",
        ));
    }
    parse(&output.stdout)
}

fn parse(json: &[u8]) -> Result<Vec<Package>, Fault> {
    serde_json::from_slice::<Metadata>(json).map(|metadata| metadata.packages).map_err(|e| {
        let what = format!("cargo metadata cannot be understood: {e}");
        Fault::new("Cargo.lock", 0, what, "use the toolchain that rust-version names")
    })
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn metadata_is_read_and_nonsense_refused() {
        let json = br#"{"packages":[{"name":"a","version":"1.0.0","license":null,"source":null,"id":"x"}]}"#;
        assert!(
            parse(json).is_ok_and(|p| p.len() == 1 && p[0].name == "a" && p[0].license.is_none())
        );
        assert!(parse(b"[]").is_err());
    }
}
