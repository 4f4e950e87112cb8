//! The files of the checkout: those git tracks, and new ones it does not ignore.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::fault::Fault;

/// Larger files are never text that a rule reads; only their size is looked at.
const LARGEST_TEXT: u64 = 4 << 20;

/// One file.
#[derive(Debug)]
pub(crate) struct File {
    /// Path from the root, with forward slashes.
    pub(crate) path: String,
    /// Size in bytes.
    pub(crate) size: u64,
    /// Its content, when it is UTF-8 text of reasonable size.
    pub(crate) text: Option<String>,
}

impl File {
    /// What follows the last dot of the file's name, or nothing.
    pub(crate) fn extension(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// Whether the file's extension is `extension`.
    pub(crate) fn is(&self, extension: &str) -> bool {
        self.extension() == extension
    }
}

/// All files, sorted by path.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    files: Vec<File>,
}

impl Tree {
    /// Reads the checkout at `root`; fails when git cannot list it or a file cannot be read.
    pub(crate) fn read(root: &Path) -> Result<Self, Fault> {
        let mut paths = listed(root)?;
        paths.sort();
        paths.dedup();
        let mut files = Vec::with_capacity(paths.len());
        for path in paths {
            files.extend(load(root, path)?);
        }
        Ok(Self { files })
    }

    /// A tree made of `(path, text)` pairs, for the tests of the rules.
    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        let mut files: Vec<File> = files
            .iter()
            .map(|(path, text)| File {
                path: (*path).to_owned(),
                size: text.len() as u64,
                text: Some((*text).to_owned()),
            })
            .collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { files }
    }

    /// All files, sorted by path.
    pub(crate) fn files(&self) -> &[File] {
        &self.files
    }

    /// The file at `path`.
    pub(crate) fn get(&self, path: &str) -> Option<&File> {
        let at = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        self.files.get(at)
    }

    /// The text at `path`, or nothing.
    pub(crate) fn text(&self, path: &str) -> &str {
        self.get(path).and_then(|file| file.text.as_deref()).unwrap_or_default()
    }

    /// Files with `extension` and their text.
    pub(crate) fn texts<'a>(
        &'a self,
        extension: &'a str,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .iter()
            .filter(move |file| file.is(extension))
            .filter_map(|file| Some((file.path.as_str(), file.text.as_deref()?)))
    }

    /// Whether `path` is a file, or a folder that holds one.
    pub(crate) fn holds(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        path.is_empty()
            || self.files.iter().any(|file| {
                file.path
                    .strip_prefix(path)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
    }
}

fn listed(root: &Path) -> Result<Vec<String>, Fault> {
    let mend = "run it from a git checkout, with git installed";
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .map_err(|e| Fault::new(".", 0, format!("cannot run git: {e}"), mend))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(Fault::new(
            ".",
            0,
            format!("git cannot list the files: {}", said.trim()),
            mend,
        ));
    }
    let names = String::from_utf8(output.stdout)
        .map_err(|_| Fault::new(".", 0, "a file's name is not UTF-8", "rename it"))?;
    Ok(names.split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect())
}

/// Nothing for a file that git still lists but that was deleted, and for a folder (a nested repository).
fn load(root: &Path, path: String) -> Result<Option<File>, Fault> {
    let full = root.join(&path);
    let Ok(facts) = fs::symlink_metadata(&full) else { return Ok(None) };
    if !facts.is_file() {
        return Ok(None);
    }
    let text = if facts.len() <= LARGEST_TEXT {
        let bytes = fs::read(&full).map_err(|e| {
            Fault::new(&path, 0, format!("cannot be read: {e}"), "make it readable")
        })?;
        String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
    } else {
        None
    };
    Ok(Some(File { path, size: facts.len(), text }))
}

#[cfg(test)]
mod tests {
    use super::{File, Tree};

    #[test]
    fn files_and_folders_are_found() {
        let tree = Tree::of(&[("docs/a.md", "x"), ("README.md", "y")]);
        assert_eq!(tree.text("README.md"), "y");
        assert!(tree.get("docs").is_none());
        assert!(
            tree.holds("docs") && tree.holds("docs/") && tree.holds("docs/a.md") && tree.holds("")
        );
        assert!(!tree.holds("doc") && !tree.holds("docs/b.md"));
    }

    #[test]
    fn an_extension_is_that_of_the_name_alone() {
        let file = |path: &str| File { path: path.to_owned(), size: 0, text: None };
        assert_eq!(file("a.b/c").extension(), "");
        assert_eq!(file("a/b.osm.pbf").extension(), "pbf");
        assert!(file("x.rs").is("rs"));
    }
}
