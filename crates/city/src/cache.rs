//! Where road files are kept, and how they are written so that a cut in power leaves the old file or the new one, whole.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::City;

/// The folder for road files: the one given, else `$PRECINCT_CACHE`, else `$XDG_CACHE_HOME/precinct`, else
/// `$HOME/.cache/precinct`. `variable` reads the environment, which is the command's to do.
///
/// ```
/// use std::path::PathBuf;
/// let home = |name: &str| (name == "HOME").then(|| "/h".into());
/// assert_eq!(precinct_city::cache_folder(None, home), Some(PathBuf::from("/h/.cache/precinct")));
/// assert_eq!(precinct_city::cache_folder(Some("x".into()), home), Some(PathBuf::from("x")));
/// ```
pub fn cache_folder(
    given: Option<PathBuf>,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Option<PathBuf> {
    let folder = |name: &str| variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    given
        .or_else(|| folder("PRECINCT_CACHE"))
        .or_else(|| folder("XDG_CACHE_HOME").map(|folder| folder.join("precinct")))
        .or_else(|| folder("HOME").map(|folder| folder.join(".cache/precinct")))
}

/// The road file of `city` in the folder `cache`: its name in letters a file system takes, and eight hexadecimal digits that
/// tell apart cities of one name.
pub fn road_file(city: &City, cache: &Path) -> PathBuf {
    let place = city.place.canonicalize().unwrap_or_else(|_| city.place.clone());
    let digest: [u8; 32] = Sha256::digest(place.as_os_str().as_encoded_bytes()).into();
    let [a, b, c, d, ..] = digest;
    let hex = format!("{:08x}", u32::from_be_bytes([a, b, c, d]));
    cache.join(format!("{}-{hex}.roads", slug(city)))
}

/// The city's name in English, else as signposted, in lower-case letters, digits and hyphens.
fn slug(city: &City) -> String {
    let of = |name: &str| {
        let words =
            name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        words
            .map(str::to_ascii_lowercase)
            .collect::<Vec<_>>()
            .join("-")
            .chars()
            .take(60)
            .collect::<String>()
    };
    let names = [&city.name.en, &city.name.local];
    names
        .into_iter()
        .map(|name| of(name))
        .find(|slug| !slug.is_empty())
        .unwrap_or_else(|| "city".to_owned())
}

/// Puts `bytes` at `path`, making its folder if need be. The file is complete and on the disk before it has its name.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder =
        path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let draft = folder.join(format!(".{name}.{}.part", std::process::id()));
    let written = write_synced(&draft, bytes).and_then(|()| std::fs::rename(&draft, path));
    if written.is_err() {
        // The draft is of no use; that it cannot be removed either adds nothing to the error.
        _ = std::fs::remove_file(&draft);
    }
    written?;
    // Not every system lets a folder be opened; where it does, the new name is made to last too.
    if let Ok(folder) = File::open(folder) {
        _ = folder.sync_all();
    }
    Ok(())
}

fn write_synced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_the_first_that_is_known() {
        let all = |name: &str| Some(OsString::from(format!("/{name}")));
        assert_eq!(cache_folder(None, all), Some("/PRECINCT_CACHE".into()));
        let two =
            |name: &str| (name != "PRECINCT_CACHE").then(|| OsString::from(format!("/{name}")));
        assert_eq!(cache_folder(None, two), Some("/XDG_CACHE_HOME/precinct".into()));
        assert_eq!(cache_folder(None, |_| Some(OsString::new())), None);
    }

    #[test]
    fn a_file_is_replaced_whole_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b.roads");
        write_whole(&path, b"one").unwrap();
        write_whole(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(folder.path().join("a")).unwrap().count(), 1);
        assert!(write_whole(&path.join("under-a-file"), b"x").is_err());
    }
}
