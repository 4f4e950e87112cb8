//! The pages of the console and of the crew, as they were built: held within the program, or read from a folder while they are being
//! written. Files that are also there compressed (`.br`, `.gz`) are handed out so to those who can read it.

use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};

/// Files within the program: name and bytes, by name.
const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// How the bytes of a page are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packed {
    /// Not at all.
    Plain,
    /// gzip (RFC 1952).
    Gzip,
    /// Brotli (RFC 7932).
    Brotli,
}

impl Packed {
    /// Its name in `Content-Encoding`; none if it is plain.
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Gzip => ".gz",
            Self::Brotli => ".br",
        }
    }
}

/// A file of the pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its bytes.
    pub bytes: Cow<'static, [u8]>,
    /// How they are packed.
    pub packed: Packed,
    /// What it is, for `Content-Type`.
    pub form: &'static str,
    /// Whether its name changes with what is in it, so that a browser may keep it for good.
    pub lasting: bool,
}

/// Where the pages are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pages {
    /// Within the program.
    Within,
    /// In a folder, read anew each time.
    Folder(PathBuf),
}

fn form(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

/// Whether a name is one of a file of ours: relative, and going nowhere but down.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
        && !Path::new(name).extension().is_some_and(|end| end == "br" || end == "gz")
}

impl Pages {
    fn bytes(&self, name: &str) -> Option<Cow<'static, [u8]>> {
        match self {
            Self::Within => {
                let found = FILES.binary_search_by(|(each, _)| (*each).cmp(name)).ok()?;
                Some(Cow::Borrowed(FILES[found].1))
            }
            Self::Folder(folder) => std::fs::read(folder.join(name)).ok().map(Cow::Owned),
        }
    }

    /// Whether there are any: a program may be built without them.
    pub fn are_there(&self) -> bool {
        self.bytes("console.html").is_some()
    }

    /// A file by its name, such as `assets/console-ABC.js`, packed in the first way of `accepts` that is there. None is not there.
    pub fn file(&self, name: &str, accepts: &[Packed]) -> Option<File> {
        if !is_plain(name) {
            return None;
        }
        let ways = accepts.iter().copied().chain([Packed::Plain]);
        let found = ways.filter_map(|packed| {
            let bytes = self.bytes(&format!("{name}{}", packed.ending()))?;
            Some((packed, bytes))
        });
        let (packed, bytes) = found.into_iter().next()?;
        Some(File { bytes, packed, form: form(name), lasting: name.starts_with("assets/") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (PathBuf, Pages) {
        let name = format!("precinct-pages-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(folder.join("assets")).unwrap();
        std::fs::write(folder.join("console.html"), "<!doctype html>").unwrap();
        std::fs::write(folder.join("assets/a-1.js"), "plain").unwrap();
        std::fs::write(folder.join("assets/a-1.js.br"), "packed").unwrap();
        (folder.clone(), Pages::Folder(folder))
    }

    #[test]
    fn a_file_comes_packed_for_who_can_read_it_and_none_from_outside_the_folder() {
        let (folder, pages) = folder();
        assert!(pages.are_there());
        let script = pages.file("assets/a-1.js", &[Packed::Brotli, Packed::Gzip]).unwrap();
        assert_eq!((&*script.bytes, script.packed), (&b"packed"[..], Packed::Brotli));
        assert_eq!((script.form, script.lasting), ("text/javascript; charset=utf-8", true));
        let plain = pages.file("assets/a-1.js", &[Packed::Gzip]).unwrap();
        assert_eq!((&*plain.bytes, plain.packed), (&b"plain"[..], Packed::Plain));
        assert!(!pages.file("console.html", &[]).unwrap().lasting);
        for name in ["../Cargo.toml", "/etc/passwd", "assets/../../x", "", "assets/a-1.js.br", "x"]
        {
            assert_eq!(pages.file(name, &[]), None, "{name}");
        }
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn files_within_the_program_are_found_by_name() {
        assert!(FILES.is_sorted_by_key(|(name, _)| *name));
        for (name, bytes) in FILES.iter().filter(|(name, _)| is_plain(name)) {
            assert_eq!(
                Pages::Within.file(name, &[]).map(|file| file.bytes.len()),
                Some(bytes.len())
            );
        }
        assert_eq!(Pages::Within.file("no-such-file", &[]), None);
    }
}
