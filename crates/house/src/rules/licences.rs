//! Every package we build with may be given on under our own terms, and comes from the registry.

use crate::fault::Fault;
use crate::packages::Package;
use crate::rules::spdx;

/// Permissive licences only: nothing that would bind those who build on Precinct.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Faults: a package whose licence is missing, not understood or not allowed, or that is not from the registry.
pub(crate) fn check(packages: &[Package]) -> Vec<Fault> {
    packages
        .iter()
        .filter_map(|package| {
            let what = wrong(package)?;
            let Package { name, version, .. } = package;
            let mend =
                "choose another package, or argue for it in crates/house/src/rules/licences.rs";
            Some(Fault::new("Cargo.lock", 0, format!("{name} {version}: {what}"), mend))
        })
        .collect()
}

fn wrong(package: &Package) -> Option<String> {
    let source = package.source.as_deref()?;
    if !source.starts_with("registry+") {
        return Some(format!("comes from {source}, not from the registry"));
    }
    let Some(licence) = package.license.as_deref() else {
        return Some("names no licence".to_owned());
    };
    match spdx::met(licence, ALLOWED) {
        Some(true) => None,
        Some(false) => Some(format!("the licence {licence} is not allowed")),
        None => Some(format!("the licence {licence} is not understood")),
    }
}

#[cfg(test)]
mod tests {
    use super::wrong;
    use crate::packages::Package;

    fn caught(license: Option<&str>, source: Option<&str>) -> bool {
        let (license, source) = (license.map(str::to_owned), source.map(str::to_owned));
        wrong(&Package { name: "a".to_owned(), version: "1.0.0".to_owned(), license, source })
            .is_some()
    }

    #[test]
    fn a_licence_that_binds_and_a_stray_source_are_caught() {
        let registry = Some("registry+https://example.org");
        assert!(!caught(Some("MIT OR Apache-2.0"), registry));
        assert!(caught(Some("GPL-3.0-only"), registry));
        assert!(caught(Some("MIT or so"), registry));
        assert!(caught(None, registry));
        assert!(caught(Some("MIT"), Some("git+https://example.org/a")));
        assert!(!caught(None, None), "our own packages are held to `manners`");
    }
}
