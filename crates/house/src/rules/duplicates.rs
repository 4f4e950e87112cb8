//! One version of each package: a second one is built, shipped and patched for nothing.

use std::collections::BTreeMap;

use crate::fault::Fault;
use crate::packages::Package;
use crate::rules::allowances::Allowances;
use crate::tree::Tree;

const EXCEPTIONS: &str = "crates/house/duplicates.txt";

/// Faults: a package in several versions that is not excepted, and exceptions no longer needed.
pub(crate) fn check(tree: &Tree, packages: &[Package]) -> Vec<Fault> {
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in packages {
        versions.entry(&package.name).or_default().push(&package.version);
    }
    let (mut allowed, mut faults) = Allowances::read(tree, EXCEPTIONS);
    for (name, versions) in versions.iter().filter(|(_, versions)| versions.len() > 1) {
        if !allowed.permits("crate", name, versions.len()) {
            let what = format!("{name} is there in versions {}", versions.join(" and "));
            let mend = format!(
                "align who asks for it (`cargo tree -i {name}@…`), or argue it in {EXCEPTIONS}"
            );
            faults.push(Fault::new("Cargo.lock", 0, what, mend));
        }
    }
    faults.extend(allowed.idle());
    faults
}

#[cfg(test)]
mod tests {
    use super::{EXCEPTIONS, check};
    use crate::packages::Package;
    use crate::tree::Tree;

    fn faults(list: &str, packages: &[(&str, &str)]) -> usize {
        let package = |(name, version): &(&str, &str)| Package {
            name: (*name).to_owned(),
            version: (*version).to_owned(),
            license: None,
            source: None,
        };
        let packages: Vec<Package> = packages.iter().map(package).collect();
        check(&Tree::of(&[(EXCEPTIONS, list)]), &packages).len()
    }

    #[test]
    fn a_second_version_is_caught_unless_argued() {
        let twice = [("a", "1.0.0"), ("a", "2.0.0"), ("b", "1.0.0")];
        assert_eq!(faults("", &twice), 1);
        assert_eq!(faults("crate a 2 b still asks for 1.0", &twice), 0);
        assert_eq!(faults("crate a 2 b still asks for 1.0", &twice[1..]), 1);
        assert_eq!(faults("", &twice[1..]), 0);
    }
}
