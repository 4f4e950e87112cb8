//! Where a city's files are looked for, and what is said when they are not there.

use std::path::{Path, PathBuf};

use precinct_base::Bounds;

/// What of the extract belongs to the city, asked for when it is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClipWish {
    /// A box.
    Bounds(Bounds),
    /// The polygons of a `GeoJSON` file, in WGS 84.
    File(PathBuf),
}

/// How to open a city. What the environment says, the command passes in here.
#[derive(Clone, Debug, Default)]
pub struct OpenOptions {
    /// The folder that the paths in a city's file are relative to (`--data-root`, else `PRECINCT_DATA`).
    pub data_root: Option<PathBuf>,
    /// Where road files are kept; see [`crate::cache_folder`].
    pub cache: Option<PathBuf>,
    /// The demand to use, by its name in the city's file; the file's own choice if not given.
    pub demand: Option<String>,
    /// What of the extract belongs to the city, in place of what the city's file says.
    pub clip: Option<ClipWish>,
    /// Leaves out the calibration that the city's file names, as for fitting one anew.
    pub as_imported: bool,
}

/// Folders in the order they are searched.
#[derive(Clone, Debug)]
pub(crate) struct Folders(Vec<PathBuf>);

impl Folders {
    /// Those for the city whose file lies in `folder`: its own folder, so that a city that brings its files is never given others
    /// of the same name; then the data folder that was asked for, or, if none was, `../shared/data` beside the checkout the city's
    /// file is in, and beside the working folder.
    pub(crate) fn of_city(folder: &Path, options: &OpenOptions) -> Self {
        let mut all = vec![folder.to_owned()];
        all.extend(options.data_root.clone());
        if options.data_root.is_none() {
            all.extend(checkout_of(folder).map(|root| root.join("../shared/data")));
            all.push(PathBuf::from("../shared/data"));
        }
        Self(all)
    }

    /// The file that `path` names, or every place it was looked for.
    pub(crate) fn find(&self, path: &str) -> Result<PathBuf, Vec<PathBuf>> {
        let named = Path::new(path);
        if named.is_absolute() {
            return if named.is_file() {
                Ok(named.to_owned())
            } else {
                Err(vec![named.to_owned()])
            };
        }
        let places: Vec<PathBuf> = self.0.iter().map(|folder| folder.join(named)).collect();
        places.iter().find(|place| place.is_file()).cloned().ok_or(places)
    }
}

/// The nearest folder above that is under version control.
fn checkout_of(folder: &Path) -> Option<PathBuf> {
    let folder = folder.canonicalize().ok()?;
    folder.ancestors().find(|above| above.join(".git").exists()).map(Path::to_owned)
}
