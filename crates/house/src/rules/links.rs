//! Links in Markdown lead somewhere, and so do the paths of the tree that it names in code marks.

use crate::fault::Fault;
use crate::tree::Tree;

/// Top folders by which a path is known as one of the tree.
const TOPS: &[&str] =
    &["crates/", "scripts/", "docs/", "bench/", "cities/", "fuzz/", "web/", ".config/"];
/// Tells of what was; the paths it names may be gone.
const HISTORY: &str = "CHANGELOG.md";

/// Faults: a relative link or picture whose file is not in the tree, and the same for a path in code marks.
pub(crate) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.texts("md") {
        for (n, line) in prose(text) {
            for target in
                links(&without_code(line)).into_iter().filter(|t| !resolves(tree, path, t))
            {
                let what = format!("the link `{target}` leads nowhere");
                faults.push(Fault::new(path, n, what, "correct the path, or add the file to git"));
            }
            for named in paths_in_code(line).filter(|named| path != HISTORY && !tree.holds(named)) {
                let what = format!("there is no `{named}` in the tree");
                faults.push(Fault::new(
                    path,
                    n,
                    what,
                    "describe what exists, or add the file to git",
                ));
            }
        }
    }
    faults
}

/// The lines outside code blocks, numbered from 1.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    text.lines().enumerate().filter_map(move |(n, line)| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        (!fence && !fenced).then_some((n + 1, line))
    })
}

fn paths_in_code(line: &str) -> impl Iterator<Item = &str> {
    let code = line.split('`').skip(1).step_by(2);
    code.filter(|word| {
        TOPS.iter().any(|top| word.starts_with(top))
            && !word.contains([' ', '*', '<', '{', '…', '$'])
    })
}

fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}

fn links(line: &str) -> Vec<String> {
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
        assert!(faults("`[a](b)`\n```\n[a](b)\n`docs/none`\n```\n").is_empty());
    }

    #[test]
    fn a_path_in_code_marks_is_held_against_the_tree() {
        assert!(faults("`docs/b/c.svg`, `docs/b/` and `other/x`, `docs/*.md`").is_empty());
        assert_eq!(faults("x\n`docs/b/d.svg`"), [2]);
        let history = Tree::of(&[("CHANGELOG.md", "`docs/b/d.svg` is gone")]);
        assert!(check(&history).is_empty());
    }
}
