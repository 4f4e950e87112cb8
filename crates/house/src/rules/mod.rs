//! The rules, a file each.

mod allowances;
mod arrows;
mod data;
mod duplicates;
mod exceptions;
mod length;
mod licences;
mod links;
mod machine_paths;
mod manners;
mod opening;
mod spdx;

use crate::fault::Fault;
use crate::manifest;
use crate::packages::Package;
use crate::tree::Tree;

/// The faults of the checkout itself.
pub(crate) fn of_tree(tree: &Tree) -> Vec<Fault> {
    let (manifests, shared, mut faults) = manifest::read(tree);
    faults.extend(arrows::check(&manifests, &shared));
    faults.extend(manners::check(&manifests));
    faults.extend(opening::check(tree));
    faults.extend(exceptions::check(tree));
    faults.extend(length::check(tree));
    faults.extend(data::check(tree));
    faults.extend(machine_paths::check(tree));
    faults.extend(links::check(tree));
    faults
}

/// The faults of the packages it is built with.
pub(crate) fn of_packages(tree: &Tree, packages: &[Package]) -> Vec<Fault> {
    let mut faults = licences::check(packages);
    faults.extend(duplicates::check(tree, packages));
    faults
}
