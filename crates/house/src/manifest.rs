//! The `Cargo.toml` files of the checkout.

use toml::{Table, Value};

use crate::fault::Fault;
use crate::tree::Tree;

const SECTIONS: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

/// One package's `Cargo.toml`.
#[derive(Debug)]
pub(crate) struct Manifest {
    /// Where it is.
    pub(crate) path: String,
    /// The crate's short name: that of its folder.
    pub(crate) folder: String,
    /// Its `package.name`.
    pub(crate) package: String,
    /// Everything in it.
    pub(crate) table: Table,
    text: String,
}

/// A line of a manifest that asks for another package.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Dependency {
    /// The package asked for, renames undone.
    pub(crate) package: String,
    /// Where the manifest names it, from 1.
    pub(crate) line: usize,
}

impl Manifest {
    /// The value at `keys`, each a table inside the one before.
    pub(crate) fn value(&self, keys: &[&str]) -> Option<&Value> {
        let (last, tables) = keys.split_last()?;
        let mut table = &self.table;
        for key in tables {
            table = table.get(*key)?.as_table()?;
        }
        table.get(*last)
    }

    /// Whether it is a workspace of its own, outside this one.
    pub(crate) fn stands_alone(&self) -> bool {
        self.table.contains_key("workspace")
    }

    /// Everything it depends on, for building, testing or running, on any target.
    pub(crate) fn dependencies(&self, shared: &Table) -> Vec<Dependency> {
        let targets =
            self.table.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
        let tables = std::iter::once(&self.table).chain(targets.filter_map(Value::as_table));
        let mut found: Vec<Dependency> = tables
            .flat_map(|table| SECTIONS.iter().filter_map(|section| table.get(*section)?.as_table()))
            .flatten()
            .map(|(key, spec)| Dependency {
                package: real_name(key, spec, shared),
                line: self.line(key),
            })
            .collect();
        found.sort();
        found.dedup();
        found
    }

    /// The line that sets `key`, or 0.
    fn line(&self, key: &str) -> usize {
        let sets_key = |line: &str| {
            let rest = line.trim_start().strip_prefix(key).unwrap_or("?");
            rest.trim_start().starts_with(['=', '.'])
                || line.contains(&format!("ependencies.{key}]"))
        };
        self.text.lines().position(sets_key).map_or(0, |n| n + 1)
    }
}

/// What `key = spec` really asks for: `package = "…"` here or in `[workspace.dependencies]` renames it.
fn real_name(key: &str, spec: &Value, shared: &Table) -> String {
    let inherited = spec.get("workspace").and_then(Value::as_bool).unwrap_or(false);
    let spec = if inherited { shared.get(key).unwrap_or(spec) } else { spec };
    spec.get("package").and_then(Value::as_str).unwrap_or(key).to_owned()
}

/// The packages of the checkout, the root's `[workspace.dependencies]`, and the manifests that do not parse.
pub(crate) fn read(tree: &Tree) -> (Vec<Manifest>, Table, Vec<Fault>) {
    let (mut manifests, mut shared, mut faults) = (Vec::new(), Table::new(), Vec::new());
    for (path, text) in
        tree.texts("toml").filter(|(path, _)| path.rsplit('/').next() == Some("Cargo.toml"))
    {
        let table = match text.parse::<Table>() {
            Ok(table) => table,
            Err(e) => {
                faults.push(Fault::new(
                    path,
                    0,
                    format!("is not TOML: {}", e.message()),
                    "correct it",
                ));
                continue;
            }
        };
        let workspace =
            table.get("workspace").and_then(|w| w.get("dependencies")).and_then(Value::as_table);
        if path == "Cargo.toml" {
            shared = workspace.cloned().unwrap_or_default();
        }
        let package = table.get("package").and_then(|p| p.get("name")).and_then(Value::as_str);
        if let Some(package) = package {
            let folder = path.rsplit('/').nth(1).unwrap_or_default().to_owned();
            let (path, package, text) = (path.to_owned(), package.to_owned(), text.to_owned());
            manifests.push(Manifest { path, folder, package, table, text });
        }
    }
    (manifests, shared, faults)
}

#[cfg(test)]
mod tests {
    use super::{Dependency, read};
    use crate::tree::Tree;

    #[test]
    fn every_kind_of_dependency_is_seen_with_its_line_and_true_name() {
        let root = "[workspace.dependencies]\nroads = { package = \"precinct-roads\", path = \"crates/roads\" }\n";
        let cli = "[package]\nname = \"precinct\"\n[dependencies]\nroads = { workspace = true }\nserde.workspace = true\n\
                   [dev-dependencies.osm]\npackage = \"precinct-osm\"\n[target.'cfg(unix)'.build-dependencies]\ncc = \"1\"\n";
        let tree = Tree::of(&[("Cargo.toml", root), ("crates/cli/Cargo.toml", cli)]);
        let (manifests, shared, faults) = read(&tree);
        assert!(faults.is_empty());
        assert_eq!((manifests.len(), manifests[0].folder.as_str()), (1, "cli"));
        let dependency = |package: &str, line| Dependency { package: package.to_owned(), line };
        assert_eq!(
            manifests[0].dependencies(&shared),
            [
                dependency("cc", 9),
                dependency("precinct-osm", 6),
                dependency("precinct-roads", 4),
                dependency("serde", 5)
            ]
        );
    }

    #[test]
    fn a_manifest_that_does_not_parse_is_a_fault() {
        let (_, _, faults) = read(&Tree::of(&[("Cargo.toml", "[workspace")]));
        assert_eq!(faults.len(), 1);
    }
}
