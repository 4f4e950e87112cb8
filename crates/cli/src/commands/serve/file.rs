//! The file of settings for `precinct serve`.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{Log, oidc};
use crate::failure::Failure;

/// What a file may say; the names are those of the flags.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    pub(super) city: Option<PathBuf>,
    pub(super) data: Option<PathBuf>,
    pub(super) listen: Option<String>,
    pub(super) tls_certificate: Option<PathBuf>,
    pub(super) tls_key: Option<PathBuf>,
    pub(super) drill_from: Option<String>,
    pub(super) drill_speed: Option<u32>,
    pub(super) pages: Option<PathBuf>,
    pub(super) log: Option<Log>,
    #[serde(default)]
    pub(super) oidc: oidc::Table,
}

impl Settings {
    /// Reads a file. Paths in it are relative to the folder it is in.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let wrong = |why: &dyn std::fmt::Display| {
            Failure::Usage(format!("{}: {why}", path.display()).trim_end().to_owned())
        };
        let text = fs::read_to_string(path).map_err(|error| wrong(&error))?;
        let mut read: Self = toml::from_str(&text).map_err(|error| wrong(&error))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let Self { city, data, tls_certificate, tls_key, pages, .. } = &mut read;
        for path in [city, data, tls_certificate, tls_key, pages] {
            *path = path.take().map(|path| folder.join(path));
        }
        read.oidc = read.oidc.within(folder);
        Ok(read)
    }
}
