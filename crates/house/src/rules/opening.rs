//! Every Rust file opens by saying what it is.

use crate::fault::Fault;
use crate::tree::Tree;

/// Faults: a `.rs` file whose first line is not a `//!` with something to say.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    let silent = tree.texts("rs").filter(|(_, text)| {
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        first.strip_prefix("//!").is_none_or(|words| words.trim().is_empty())
    });
    silent
        .map(|(path, _)| {
            Fault::new(
                path,
                1,
                "does not say what it is",
                "open it with a `//!` line for a newcomer",
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tree::Tree;

    #[test]
    fn a_silent_file_is_caught() {
        let faults = |text: &str| check(&Tree::of(&[("crates/x/src/lib.rs", text)])).len();
        assert_eq!(faults("//! Streets.\nfn f() {}\n"), 0);
        assert_eq!(faults("\n//! Streets.\n"), 0);
        for silent in
            ["", "fn f() {}\n//! late\n", "//!\nfn f() {}", "/// f\nfn f() {}", "// note\n"]
        {
            assert_eq!(faults(silent), 1, "{silent:?}");
        }
    }
}
