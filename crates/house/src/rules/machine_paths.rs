//! No text names a folder of somebody's machine: it would be false on every other.

use crate::fault::Fault;
use crate::tree::Tree;

/// Top folders that only one machine has. In two pieces, so that this file does not name them.
const ROOTS: &[(&str, &str)] =
    &[("/wo", "rk/"), ("/ro", "ot/"), ("/ho", "me/"), ("/Us", "ers/"), ("/tmp/tar", "get")];

/// Faults: a line that names such a folder.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    let texts =
        tree.files().iter().filter_map(|file| Some((file.path.as_str(), file.text.as_deref()?)));
    texts.flat_map(|(path, text)| of_file(path, text)).collect()
}

fn of_file(path: &str, text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (n, line) in text.lines().enumerate() {
        for root in ROOTS.iter().map(|(a, b)| format!("{a}{b}")).filter(|root| names(line, root)) {
            let mend = "name it from the root of the checkout, or by a variable";
            faults.push(Fault::new(path, n + 1, format!("names `{root}` of one machine"), mend));
        }
    }
    faults
}

/// Whether `root` begins a path in `line`, rather than continuing one such as `docs/home/`.
fn names(line: &str, root: &str) -> bool {
    line.match_indices(root).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '~' | '}' | ')'))
    })
}

#[cfg(test)]
mod tests {
    use super::{ROOTS, check};
    use crate::tree::Tree;

    #[test]
    fn every_folder_is_caught_where_it_begins_a_path() {
        for (a, b) in ROOTS {
            let text = format!("fine\nsee `{a}{b}/x`\n");
            let faults = check(&Tree::of(&[("docs/a.md", &text)]));
            assert_eq!(faults.len(), 1, "{text}");
            assert_eq!(faults[0].line, 2);
        }
    }

    #[test]
    fn a_folder_inside_the_checkout_is_not() {
        for (a, b) in ROOTS {
            assert!(
                check(&Tree::of(&[("a.md", &format!("docs{a}{b}, ..{a}{b}, $(R){a}{b}"))]))
                    .is_empty()
            );
        }
    }
}
