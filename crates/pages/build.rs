//! Lists the files of `web/dist`, as `npm run build` left them there, so that the program holds them. None is a program without pages.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn files(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files(&path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

fn main() -> io::Result<()> {
    let crate_folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let dist = crate_folder.join("../../web/dist");
    println!("cargo::rerun-if-changed={}", dist.display());
    let mut found = Vec::new();
    if dist.is_dir() {
        files(&dist, &mut found)?;
    }
    found.sort();
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let mut table = String::from("&[\n");
    for (number, file) in found.iter().enumerate() {
        let name = file.strip_prefix(&dist).unwrap_or(file).to_string_lossy().replace('\\', "/");
        // A copy: the pages may be built anew while this is being compiled.
        let copy = out.join(format!("{number}.file"));
        fs::copy(file, &copy)?;
        _ = writeln!(table, "    ({name:?}, include_bytes!({:?})),", copy.to_string_lossy());
    }
    table.push_str("]\n");
    fs::write(out.join("files.rs"), table)
}
