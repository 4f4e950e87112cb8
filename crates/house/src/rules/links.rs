//! Links in Markdown lead somewhere.

use crate::fault::Fault;
use crate::tree::Tree;

/// Faults: a relative link or picture whose file is not in the tree.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.texts("md") {
        for (line, target) in targets(text) {
            if !resolves(tree, path, &target) {
                let what = format!("the link `{target}` leads nowhere");
                faults.push(Fault::new(
                    path,
                    line,
                    what,
                    "correct the path, or add the file to git",
                ));
            }
        }
    }
    faults
}

/// Every link of `text` outside code, with its line.
fn targets(text: &str) -> Vec<(usize, String)> {
    let (mut found, mut fenced) = (Vec::new(), false);
    for (n, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            found.extend(of_line(&without_code(line)).into_iter().map(|target| (n + 1, target)));
        }
    }
    found
}

fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}

fn of_line(line: &str) -> Vec<String> {
    let inline = after_each(line, "](", &[')', ' ']);
    let quoted = ["src=\"", "href=\"", "srcset=\""]
        .into_iter()
        .flat_map(|key| after_each(line, key, &['"', ' ']));
    let definition = if line.trim_start().starts_with('[') { line } else { "" };
    let defined = after_each(definition, "]: ", &[' ']);
    inline.into_iter().chain(quoted).chain(defined).collect()
}

fn after_each(line: &str, key: &str, ends: &[char]) -> Vec<String> {
    let pieces = line.split(key).skip(1);
    pieces.map(|rest| rest.split(ends).next().unwrap_or_default().to_owned()).collect()
}

fn resolves(tree: &Tree, from: &str, target: &str) -> bool {
    let target = target.trim_matches(['<', '>']);
    let file = target.split(['#', '?']).next().unwrap_or_default();
    if file.is_empty() {
        return target.starts_with('#');
    }
    let outside = target.contains("://") || target.starts_with("mailto:");
    outside || joined(from, file).is_some_and(|path| tree.holds(&path))
}

/// Where `target` leads from the file `from`; nothing when it climbs out of the tree.
fn joined(from: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    if target.starts_with('/') {
        parts.clear();
    }
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::tree::Tree;

    fn faults(text: &str) -> Vec<usize> {
        let tree = Tree::of(&[("docs/a.md", text), ("README.md", ""), ("docs/b/c.svg", "")]);
        check(&tree).iter().map(|fault| fault.line).collect()
    }

    #[test]
    fn links_that_lead_somewhere_pass() {
        let good = "[a](../README.md#what) ![p](b/c.svg \"title\") [f](b/) [h](#here) [w](https://x.org/y)\n\
                    <img src=\"b/c.svg\"> <a href=\"mailto:a@b.c\">\n[r]: ../README.md\n[/](/README.md)";
        assert!(faults(good).is_empty());
    }

    #[test]
    fn links_that_lead_nowhere_are_caught() {
        assert_eq!(faults("x\n[a](README.md)"), [2]);
        assert_eq!(faults("[a](../../README.md)"), [1]);
        assert_eq!(faults("<img src=\"c.svg\">\n[r]: nothing.md\n[e]()"), [1, 2, 3]);
    }

    #[test]
    fn code_is_not_read_for_links() {
        assert!(faults("`[a](b)`\n```\n[a](b)\n```\n").is_empty());
    }
}
