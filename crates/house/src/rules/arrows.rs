//! Which crate may use which. The table is the architecture; a new arrow is a decision, made here.

use toml::Table;

use crate::fault::Fault;
use crate::manifest::Manifest;

/// For each crate, by folder, the crates of ours it may use. Tests and build scripts are held to the same.
const MAY_USE: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("journal", &[]),
    ("pages", &[]),
    ("core", &["base"]),
    ("roads", &["base"]),
    ("positions", &["base"]),
    ("planner", &["base"]),
    ("containment", &["base", "roads"]),
    ("calibration", &["base", "roads"]),
    ("whatif", &["base", "core", "roads", "calibration", "advice", "engine", "statistics"]),
    ("tiles", &["base"]),
    ("osm", &["base", "roads"]),
    ("gazetteer", &["base", "roads"]),
    ("advice", &["base", "core", "roads"]),
    ("statistics", &["base", "core"]),
    ("access", &["base", "core"]),
    ("accounts", &["base", "core"]),
    ("contacts", &["base", "core", "journal"]),
    ("siting", &["base", "roads", "city", "planner"]),
    ("city", &["base", "roads", "osm", "calibration"]),
    ("wire", &["base", "core"]),
    ("engine", &["base", "core", "roads", "positions", "planner", "advice", "journal"]),
    ("sim", &["base", "core", "roads", "osm", "city", "journal", "engine"]),
    ("play", &["base", "core", "roads", "city"]),
    (
        "server",
        &[
            "base",
            "core",
            "roads",
            "osm",
            "city",
            "positions",
            "advice",
            "gazetteer",
            "tiles",
            "statistics",
            "access",
            "accounts",
            "contacts",
            "wire",
            "pages",
            "journal",
            "engine",
            "planner",
            "siting",
            "containment",
            "calibration",
            "whatif",
            "play",
        ],
    ),
    (
        "cli",
        &[
            "base",
            "core",
            "roads",
            "positions",
            "planner",
            "siting",
            "advice",
            "journal",
            "osm",
            "city",
            "wire",
            "engine",
            "sim",
            "play",
            "server",
            "access",
            "accounts",
            "contacts",
            "gazetteer",
            "tiles",
            "statistics",
            "containment",
            "calibration",
            "whatif",
        ],
    ),
    (
        "bench",
        &[
            "base",
            "core",
            "roads",
            "positions",
            "planner",
            "siting",
            "advice",
            "gazetteer",
            "tiles",
            "journal",
            "osm",
            "city",
            "wire",
            "engine",
            "sim",
            "containment",
            "calibration",
            "whatif",
        ],
    ),
    ("proof", &["base", "core", "journal", "engine", "sim"]),
    ("fuzz", &["base", "roads", "osm", "city", "wire", "positions", "gazetteer", "tiles"]),
    ("house", &[]),
];

/// Faults: an arrow the table does not allow, and a crate the table does not know.
pub(crate) fn check(manifests: &[Manifest], shared: &Table) -> Vec<Fault> {
    let folder_of =
        |package: &str| manifests.iter().find(|m| m.package == package).map(|m| m.folder.as_str());
    let mut faults = Vec::new();
    for manifest in manifests {
        let folder = manifest.folder.as_str();
        let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == folder) else {
            let what = format!("crate `{folder}` is not in the table of arrows");
            let mend =
                "give it a row in crates/house/src/rules/arrows.rs and say so in ARCHITECTURE.md";
            faults.push(Fault::new(&manifest.path, 0, what, mend));
            continue;
        };
        for dependency in manifest.dependencies(shared) {
            let Some(used) = folder_of(&dependency.package) else { continue };
            if used != folder && !allowed.contains(&used) {
                let what = format!("`{folder}` may not use `{used}`");
                let mend = "pass plain data from a crate above both, or argue the arrow in \
                            crates/house/src/rules/arrows.rs";
                faults.push(Fault::new(&manifest.path, dependency.line, what, mend));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{MAY_USE, check};
    use crate::manifest;
    use crate::tree::Tree;

    fn faults(section: &str) -> Vec<String> {
        let roads =
            format!("[package]\nname = \"precinct-roads\"\n[{section}]\nprecinct-osm = \"1\"\n");
        let tree = Tree::of(&[
            (
                "crates/osm/Cargo.toml",
                "[package]\nname = \"precinct-osm\"\n[dependencies]\nprecinct-roads.workspace = true",
            ),
            ("crates/roads/Cargo.toml", &roads),
        ]);
        let (manifests, shared, _) = manifest::read(&tree);
        check(&manifests, &shared).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_forbidden_arrow_is_caught_in_every_kind_of_dependency() {
        for section in
            ["dependencies", "dev-dependencies", "build-dependencies", "target.x.dependencies"]
        {
            let found = faults(section);
            assert_eq!(found.len(), 1, "{section}: {found:?}");
            assert!(found[0].starts_with("crates/roads/Cargo.toml:4: `roads` may not use `osm`"));
        }
    }

    #[test]
    fn an_unknown_crate_is_caught() {
        let tree = Tree::of(&[("crates/helpers/Cargo.toml", "[package]\nname = \"x\"")]);
        let (manifests, shared, _) = manifest::read(&tree);
        assert_eq!(check(&manifests, &shared).len(), 1);
    }

    #[test]
    fn the_table_names_only_rows_of_its_own_and_has_no_cycle() {
        let mut placed = BTreeSet::new();
        while placed.len() < MAY_USE.len() {
            let ready = MAY_USE.iter().filter(|(_, uses)| uses.iter().all(|u| placed.contains(u)));
            let before = placed.len();
            placed = placed.iter().copied().chain(ready.map(|(name, _)| *name)).collect();
            assert!(placed.len() > before, "cycle or unknown name beyond {placed:?}");
        }
    }
}
