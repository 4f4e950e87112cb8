//! A folder that is filled whole or left as it was.

use std::fs;
use std::path::{Path, PathBuf};

use super::KeepError;

/// A folder being filled. Unless it is kept, what was put into it is removed again.
#[derive(Debug)]
pub(crate) struct Fresh {
    folder: PathBuf,
    made: bool,
    kept: bool,
}

impl Fresh {
    /// Takes a folder that is empty, or makes it, for its owner only.
    pub(crate) fn take(folder: &Path) -> Result<Self, KeepError> {
        let failed = |source| KeepError::File { path: folder.to_owned(), source };
        let made = !folder.exists();
        if made {
            fs::create_dir_all(folder).map_err(failed)?;
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).map_err(failed)?;
            }
        } else if fs::read_dir(folder).map_err(failed)?.next().is_some() {
            return Err(KeepError::NotEmpty { folder: folder.to_owned() });
        }
        Ok(Self { folder: folder.to_owned(), made, kept: false })
    }

    /// The folder.
    pub(crate) fn path(&self) -> &Path {
        &self.folder
    }

    /// It is whole: what is in it stays.
    pub(crate) fn keep(mut self) -> Result<(), KeepError> {
        self.kept = true;
        super::sync(&self.folder)
    }
}

impl Drop for Fresh {
    fn drop(&mut self) {
        if self.kept {
            return;
        }
        // The fault that led here is the one to tell.
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        }
        if self.made {
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_filled_whole_or_left_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let (old, new) = (folder.path().join("old"), folder.path().join("new/er"));
        fs::create_dir(&old).unwrap();
        for path in [&old, &new] {
            let fresh = Fresh::take(path).unwrap();
            fs::create_dir(fresh.path().join("tracks")).unwrap();
            fs::write(fresh.path().join("tracks/a"), "x").unwrap();
            fs::write(fresh.path().join("b"), "x").unwrap();
            assert!(matches!(Fresh::take(path), Err(KeepError::NotEmpty { .. })));
        }
        assert!(old.is_dir() && fs::read_dir(&old).unwrap().next().is_none());
        assert!(!new.exists());
        let fresh = Fresh::take(&new).unwrap();
        fs::write(new.join("b"), "x").unwrap();
        fresh.keep().unwrap();
        assert!(new.join("b").exists());
    }
}
