//! Every crate takes its lints, edition, compiler version and licence from the workspace.

use toml::Value;

use crate::fault::Fault;
use crate::manifest::Manifest;

const INHERITED: &[&[&str]] = &[
    &["lints", "workspace"],
    &["package", "edition", "workspace"],
    &["package", "rust-version", "workspace"],
    &["package", "license", "workspace"],
];

/// Faults: a key that is not inherited. A crate that is a workspace of its own has nothing to inherit from.
pub(crate) fn check(manifests: &[Manifest]) -> Vec<Fault> {
    let members = manifests.iter().filter(|manifest| !manifest.stands_alone());
    members
        .flat_map(|manifest| {
            let missing =
                INHERITED.iter().filter(|keys| manifest.value(keys) != Some(&Value::Boolean(true)));
            missing.map(|keys| {
                let key = keys.join(".");
                let mend = format!("set `{key} = true`");
                Fault::new(&manifest.path, 0, format!("`{key}` is not true"), mend)
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::manifest;
    use crate::tree::Tree;

    const GOOD: &str = "[package]\nname = \"x\"\nedition.workspace = true\nrust-version = { workspace = true }\n\
                        license.workspace = true\n[lints]\nworkspace = true\n";

    fn faults(text: &str) -> usize {
        check(&manifest::read(&Tree::of(&[("crates/x/Cargo.toml", text)])).0).len()
    }

    #[test]
    fn a_key_of_its_own_is_caught() {
        assert_eq!(faults(GOOD), 0);
        assert_eq!(faults(&GOOD.replace("[lints]\nworkspace = true\n", "")), 1);
        assert_eq!(faults(&GOOD.replace("edition.workspace = true", "edition = \"2021\"")), 1);
        assert_eq!(faults("[package]\nname = \"x\""), 4);
        assert_eq!(faults("[package]\nname = \"x\"\n[workspace]"), 0);
    }
}
