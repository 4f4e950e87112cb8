//! One broken rule: where, what, and how to mend it.

use std::fmt;

/// A broken rule at a place. Faults sort by place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fault {
    /// Path from the root of the checkout.
    pub(crate) path: String,
    /// Line from 1; 0 when the whole file is meant.
    pub(crate) line: usize,
    /// What is wrong.
    pub(crate) what: String,
    /// What to do about it.
    pub(crate) mend: String,
}

impl Fault {
    /// A fault at `path:line`, or of the whole file when `line` is 0.
    pub(crate) fn new(
        path: &str,
        line: usize,
        what: impl Into<String>,
        mend: impl Into<String>,
    ) -> Self {
        Self { path: path.to_owned(), line, what: what.into(), mend: mend.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, line, what, mend } = self;
        match line {
            0 => write!(f, "{path}: {what}; {mend}"),
            _ => write!(f, "{path}:{line}: {what}; {mend}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Fault;

    #[test]
    fn a_fault_names_its_place_and_its_mend() {
        assert_eq!(
            Fault::new("a.rs", 3, "too long", "split it").to_string(),
            "a.rs:3: too long; split it"
        );
        assert_eq!(
            Fault::new("a.rs", 0, "too long", "split it").to_string(),
            "a.rs: too long; split it"
        );
    }
}
