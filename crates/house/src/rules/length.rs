//! No source file over 400 lines, no Rust function over 60: what is longer is two things.

use crate::fault::Fault;
use crate::rules::allowances::Allowances;
use crate::rust_text;
use crate::tree::Tree;

const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 60;
const EXCEPTIONS: &str = "crates/house/allow.txt";

/// Faults: what is too long and not excepted, and exceptions no longer needed. Tests are measured like the rest.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    let (mut allowed, mut faults) = Allowances::read(tree, EXCEPTIONS);
    for (path, text) in tree.texts("rs").chain(tree.texts("ts")).chain(tree.texts("tsx")) {
        let lines = text.lines().count();
        if lines > LONGEST_FILE && !allowed.permits("file", path, lines) {
            let what = format!("{lines} lines, at most {LONGEST_FILE}");
            faults.push(Fault::new(path, 0, what, "split it where its two reasons to exist part"));
        }
    }
    for (path, text) in tree.texts("rs") {
        for function in rust_text::functions(text) {
            let (name, lines) = (&function.name, function.lines);
            if lines > LONGEST_FUNCTION && !allowed.permits("fn", &format!("{path}::{name}"), lines)
            {
                let what = format!("`{name}` has {lines} lines, at most {LONGEST_FUNCTION}");
                faults.push(Fault::new(path, function.line, what, "name its steps and call them"));
            }
        }
    }
    faults.extend(allowed.idle());
    faults
}

#[cfg(test)]
mod tests {
    use super::{EXCEPTIONS, check};
    use crate::tree::Tree;

    fn faults(files: &[(&str, &str)]) -> Vec<String> {
        check(&Tree::of(files)).iter().map(ToString::to_string).collect()
    }

    fn function(lines: usize) -> String {
        format!("//! x\n\nfn long() {{\n{}}}\n", "    step();\n".repeat(lines - 2))
    }

    #[test]
    fn a_long_file_is_caught_and_one_at_the_limit_is_not() {
        assert!(faults(&[("a.rs", &"\n".repeat(400)), ("b.md", &"\n".repeat(900))]).is_empty());
        assert!(faults(&[("a.rs", &"\n".repeat(401))])[0].starts_with("a.rs: 401 lines"));
        assert!(faults(&[("web/a.ts", &"\n".repeat(401))])[0].starts_with("web/a.ts: 401 lines"));
    }

    #[test]
    fn a_long_function_is_caught_and_one_at_the_limit_is_not() {
        assert!(faults(&[("a.rs", &function(60))]).is_empty());
        assert!(faults(&[("a.rs", &function(61))])[0].starts_with("a.rs:3: `long` has 61 lines"));
    }

    #[test]
    fn exceptions_hold_and_lapse() {
        let long = function(61);
        assert!(faults(&[("a.rs", &long), (EXCEPTIONS, "fn a.rs::long 61 one table")]).is_empty());
        assert_eq!(faults(&[("a.rs", &long), (EXCEPTIONS, "fn a.rs::long 60 one table")]).len(), 2);
        assert_eq!(faults(&[("a.rs", ""), (EXCEPTIONS, "file a.rs 450 generated")]).len(), 1);
    }
}
