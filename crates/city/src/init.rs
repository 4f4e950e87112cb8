//! Makes a city's file from an extract alone.

use std::path::{Component, Path};

use precinct_osm::Progress;

use crate::cache::write_whole;
use crate::check::check;
use crate::extract::Extract;
use crate::gather::{clip_of, introduction};
use crate::template::{Template, write};
use crate::{CityError, Clip, ClipWish, InitReport, OpenOptions, clip};

/// Writes a commented `city.toml` for `extract` into the folder `out`, made if need be, and tells what the city has.
///
/// The extract stays where it is and is named by its path, relative if both are on one disk. A `city.toml` that is there
/// already is an error and is left as it is.
pub fn init(
    extract: &Path,
    out: &Path,
    options: &OpenOptions,
    progress: &dyn Progress,
) -> Result<InitReport, CityError> {
    let written = out.join("city.toml");
    if written.exists() {
        return Err(CityError::Exists { path: written });
    }
    if !extract.is_file() {
        return Err(CityError::NotFound { place: extract.to_owned() });
    }
    if precinct_osm::Format::of(extract).is_none() {
        return Err(CityError::NotACity { place: extract.to_owned() });
    }
    let mut source = Extract::new(extract.to_owned());
    let found = source.places_with(&Clip::Everything, progress).map_err(CityError::of)?;
    let (name, zone) = introduction(Some(found), extract);
    let clip = match &options.clip {
        Some(ClipWish::Bounds(bounds)) => Clip::Bounds(*bounds),
        Some(ClipWish::File(file)) => clip_of(file).map_err(CityError::of)?,
        None => found.bounds.map_or(Clip::Everything, Clip::Bounds),
    };
    let outline = match &options.clip {
        Some(ClipWish::File(file)) => Some(path_from(out, file)?),
        _ => None,
    };
    let inside =
        |things: &[crate::extract::Thing]| things.iter().filter(|one| one.is_in(&clip)).count();
    let text = write(&Template {
        extract: &path_from(out, extract)?,
        name: &name,
        zone: &zone,
        bounds: if let Clip::Bounds(bounds) = clip { Some(bounds) } else { None },
        outline: outline.as_deref(),
        posts: inside(&found.posts),
        sites: inside(&found.sites),
        areas: found.areas.len(),
        homes: found.homes.iter().filter(|(at, _)| clip::holds(&clip, *at)).count(),
    });
    write_whole(&written, text.as_bytes())
        .map_err(|source| CityError::Write { path: written.clone(), source })?;
    let report = check(out, options, progress)?;
    match report.summary {
        Some(summary) => Ok(InitReport { written, summary, faults: report.faults }),
        None => {
            Err(CityError::refused(&report.faults)
                .unwrap_or(CityError::NotACity { place: written }))
        }
    }
}

/// `file` as seen from the folder `folder`: relative where the two share a root, with `/` between its parts.
fn path_from(folder: &Path, file: &Path) -> Result<String, CityError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| CityError::Write { path, source }
    };
    std::fs::create_dir_all(folder).map_err(failed(folder))?;
    let folder = folder.canonicalize().map_err(failed(folder))?;
    let file = file.canonicalize().map_err(failed(file))?;
    let (from, to): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (folder.components().collect(), file.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    // The root alone is nothing in common: such a path would break when the folder moves.
    if shared <= 1 {
        return Ok(file.to_string_lossy().into_owned());
    }
    let up = from[shared..].iter().map(|_| "..".to_owned());
    let down = to[shared..].iter().map(|part| part.as_os_str().to_string_lossy().into_owned());
    Ok(up.chain(down).collect::<Vec<_>>().join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_from_the_folder_to_the_file() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("data/x.osm");
        std::fs::create_dir_all(root.path().join("data")).unwrap();
        std::fs::write(&file, "").unwrap();
        assert_eq!(path_from(&root.path().join("cities/x"), &file).unwrap(), "../../data/x.osm");
        assert_eq!(path_from(&root.path().join("data"), &file).unwrap(), "x.osm");
    }
}
