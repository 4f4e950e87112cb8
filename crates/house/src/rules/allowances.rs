//! Lists of exceptions. Each has a reason, and one that is no longer needed is itself a fault, so they only shrink.

use crate::fault::Fault;
use crate::tree::Tree;

/// The exceptions of one file, one a line: `KIND NAME NUMBER REASON…`. Blank lines and `#` comments are skipped.
#[derive(Debug)]
pub(crate) struct Allowances<'a> {
    path: &'a str,
    entries: Vec<Entry<'a>>,
}

#[derive(Debug)]
struct Entry<'a> {
    line: usize,
    kind: &'a str,
    name: &'a str,
    number: usize,
    used: bool,
}

impl<'a> Allowances<'a> {
    /// Reads the list at `path`; a missing file is an empty list.
    pub(crate) fn read(tree: &'a Tree, path: &'a str) -> (Self, Vec<Fault>) {
        let (mut entries, mut faults) = (Vec::new(), Vec::new());
        for (n, line) in tree.text(path).lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut words = line.splitn(4, char::is_whitespace);
            let entry =
                (words.next(), words.next(), words.next().map(str::parse::<usize>), words.next());
            if let (Some(kind), Some(name), Some(Ok(number)), Some(_reason)) = entry {
                entries.push(Entry { line: n + 1, kind, name, number, used: false });
            } else {
                let mend = "write `KIND NAME NUMBER REASON`";
                faults.push(Fault::new(path, n + 1, format!("`{line}` is not an exception"), mend));
            }
        }
        (Self { path, entries }, faults)
    }

    /// Whether `kind name` may reach `number`; if it may, the exception counts as used.
    pub(crate) fn permits(&mut self, kind: &str, name: &str, number: usize) -> bool {
        let entry = self
            .entries
            .iter_mut()
            .find(|e| e.kind == kind && e.name == name && number <= e.number);
        entry.map(|entry| entry.used = true).is_some()
    }

    /// The exceptions nothing needed.
    pub(crate) fn idle(self) -> Vec<Fault> {
        let idle = self.entries.iter().filter(|entry| !entry.used);
        idle.map(|Entry { line, kind, name, .. }| {
            Fault::new(
                self.path,
                *line,
                format!("`{kind} {name}` needs no exception"),
                "delete the line",
            )
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Allowances;
    use crate::tree::Tree;

    #[test]
    fn an_exception_reaches_as_far_as_it_says_and_must_be_used() {
        let tree =
            Tree::of(&[("allow", "# why\n\nfile a.rs 500 a table\nfn b.rs::c 70 one match\n")]);
        let (mut list, faults) = Allowances::read(&tree, "allow");
        assert!(faults.is_empty());
        assert!(list.permits("file", "a.rs", 500));
        assert!(!list.permits("file", "a.rs", 501) && !list.permits("file", "b.rs", 1));
        let idle: Vec<String> = list.idle().iter().map(ToString::to_string).collect();
        assert_eq!(idle, ["allow:4: `fn b.rs::c` needs no exception; delete the line"]);
    }

    #[test]
    fn an_exception_without_number_or_reason_is_a_fault() {
        for line in ["file a.rs", "file a.rs 500", "file a.rs many because"] {
            let tree = Tree::of(&[("allow", line)]);
            assert_eq!(Allowances::read(&tree, "allow").1.len(), 1, "{line}");
        }
    }
}
