//! Lints are not silenced where they speak: the root `Cargo.toml` argues the general exceptions, and a particular one is an
//! `expect` with its reason, which the compiler reports once it is no longer needed.

use crate::fault::Fault;
use crate::rust_text;
use crate::tree::Tree;

/// Faults: an `allow` attribute, and an `expect` attribute without a reason.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    tree.texts("rs").flat_map(|(path, text)| of_file(path, text)).collect()
}

fn of_file(path: &str, text: &str) -> Vec<Fault> {
    let code = rust_text::code_only(text);
    let mut faults = Vec::new();
    for (line, attribute) in rust_text::attributes(&code) {
        let mend = "mend what the lint says, or write `#[expect(…, reason = \"…\")]`";
        if attribute.starts_with("allow(") {
            faults.push(Fault::new(path, line, "silences a lint with `allow`", mend));
        } else if attribute.starts_with("expect(") && !attribute.contains("reason=") {
            faults.push(Fault::new(path, line, "expects a lint without a reason", mend));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::of_file;

    #[test]
    fn a_silenced_lint_is_caught() {
        for bad in [
            "#[allow(dead_code)]",
            "#![allow(clippy::all)]",
            "#[expect(dead_code)]",
            "#[allow(\n    x\n)]",
        ] {
            let faults = of_file("a.rs", &format!("//! a\n{bad}\nfn f() {{}}\n"));
            assert_eq!(faults.len(), 1, "{bad}");
            assert_eq!(faults[0].line, 2);
        }
    }

    #[test]
    fn a_reasoned_one_and_plain_text_are_not() {
        for good in [
            "#[expect(\n    dead_code,\n    reason = \"read by C\"\n)]",
            "// #[allow(x)]",
            "#[derive(Debug)]",
            "\"#[allow(x)]\"",
        ] {
            assert!(of_file("a.rs", good).is_empty(), "{good}");
        }
    }
}
