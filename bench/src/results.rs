//! Tables for people, and their place in `bench/RESULTS.md`.

use std::path::Path;

/// A table in Markdown: the first column to the left, the others to the right.
#[derive(Clone, Debug)]
pub struct Markdown {
    columns: usize,
    text: String,
}

impl Markdown {
    /// An empty table with these headings.
    pub fn new(headings: &[&str]) -> Self {
        let mut table = Self { columns: headings.len(), text: String::new() };
        table.row(headings);
        table.text.push_str("|---|");
        table.text.push_str(&"---:|".repeat(headings.len().saturating_sub(1)));
        table.text.push('\n');
        table
    }

    /// Adds a row.
    ///
    /// # Panics
    /// If it has not one cell a heading.
    pub fn row<S: AsRef<str>>(&mut self, cells: &[S]) {
        assert_eq!(cells.len(), self.columns, "one cell a heading");
        for cell in cells {
            self.text.push_str("| ");
            self.text.push_str(cell.as_ref());
            self.text.push(' ');
        }
        self.text.push_str("|\n");
    }

    /// The table.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// A whole number with commas, as people read it.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A figure with three digits that count.
pub fn figure(value: f64) -> String {
    let digits = match value {
        v if v >= 1_000.0 => return grouped(v.round() as u64),
        v if v >= 100.0 => 0,
        v if v >= 10.0 => 1,
        _ => 2,
    };
    format!("{value:.digits$}")
}

/// How many processors the figures were made with.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Puts a section between its markers in the results, at the end of the file when it has none yet.
pub fn write(section: &str, text: &str) -> std::io::Result<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("RESULTS.md");
    let whole = match std::fs::read_to_string(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => "# Results\n".to_owned(),
        read => read?,
    };
    std::fs::write(path, placed(&whole, section, text))
}

fn placed(whole: &str, section: &str, text: &str) -> String {
    let (begin, end) = (format!("<!-- {section}:begin -->"), format!("<!-- {section}:end -->"));
    let text = format!("{begin}\n{}\n{end}", text.trim());
    let start = whole.find(&begin);
    let old = start.and_then(|start| Some(start..whole[start..].find(&end)? + start + end.len()));
    match old {
        Some(old) => format!("{}{text}{}", &whole[..old.start], &whole[old.end..]),
        None => format!("{}\n\n{text}\n", whole.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_replaced_where_it_stands() {
        let first = placed("# Results\n", "a", "one\n");
        assert_eq!(first, "# Results\n\n<!-- a:begin -->\none\n<!-- a:end -->\n");
        let both = placed(&first, "b", "two");
        let again = placed(&both, "a", "three");
        assert_eq!(again, both.replace("one", "three"));
    }

    #[test]
    fn figures_have_three_digits_that_count() {
        let texts = [0.123, 1.0, 45.67, 130.4, 264_346.2].map(figure);
        assert_eq!(texts, ["0.12", "1.00", "45.7", "130", "264,346"]);
        assert_eq!(grouped(999), "999");
    }
}
