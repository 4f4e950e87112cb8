//! Tables for a terminal: columns aligned by the width the letters take, Chinese ones two places each.

use unicode_width::UnicodeWidthStr;

/// Where the text of a column stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    /// Names.
    Left,
    /// Numbers.
    Right,
}

/// A table being filled; its text comes by [`Table::render`].
#[derive(Clone, Debug)]
pub(crate) struct Table {
    columns: Vec<(String, Align)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these headings.
    pub(crate) fn new(columns: &[(&str, Align)]) -> Self {
        let columns = columns.iter().map(|&(heading, align)| (heading.to_owned(), align)).collect();
        Self { columns, rows: Vec::new() }
    }

    /// Adds a row; cells that are missing are empty.
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Whether it has no row.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// What stands above each column.
    pub(crate) fn headings(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.0.as_str())
    }

    /// The cells of each row.
    pub(crate) fn rows(&self) -> &[Vec<String>] {
        &self.rows
    }

    /// The lines of the table, indented by two; headings bold where the terminal can show it.
    pub(crate) fn render(&self, bold: bool) -> String {
        let widths: Vec<usize> = (0..self.columns.len()).map(|i| self.width(i)).collect();
        let mut text = String::new();
        let headings: Vec<String> = self.columns.iter().map(|column| column.0.clone()).collect();
        if headings.iter().any(|heading| !heading.is_empty()) {
            let line = self.line(&headings, &widths);
            let (on, off) = if bold { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
            text.extend([on, &line, off, "\n"]);
        }
        for row in &self.rows {
            text += &self.line(row, &widths);
            text.push('\n');
        }
        text
    }

    fn width(&self, column: usize) -> usize {
        let cells = self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width());
        cells.chain([self.columns[column].0.width()]).max().unwrap_or(0)
    }

    fn line(&self, cells: &[String], widths: &[usize]) -> String {
        let mut line = String::new();
        for (i, (&width, (_, align))) in widths.iter().zip(&self.columns).enumerate() {
            let cell = cells.get(i).map_or("", String::as_str);
            let gap = " ".repeat(width - cell.width());
            line.extend(match align {
                Align::Left => ["  ", cell, &gap],
                Align::Right => ["  ", &gap, cell],
            });
        }
        line.truncate(line.trim_end().len());
        line
    }
}

/// The text, cut to a width with an ellipsis where it is longer.
pub(crate) fn shorten(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut short = String::new();
    for letter in text.chars() {
        short.push(letter);
        if short.width() >= width {
            short.pop();
            break;
        }
    }
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_letters_take_two_places() {
        let mut table = Table::new(&[("Area", Align::Left), ("Demand", Align::Right)]);
        table.row(["花地玛堂区".to_owned(), "1,234".to_owned()]);
        table.row(["Sé".to_owned(), "7".to_owned()]);
        assert_eq!(
            table.render(false),
            "  Area        Demand\n  花地玛堂区   1,234\n  Sé               7\n"
        );
    }

    #[test]
    fn headings_are_bold_only_where_asked_and_left_out_when_empty() {
        let mut table = Table::new(&[("a", Align::Left)]);
        assert!(table.is_empty());
        table.row(["b".to_owned()]);
        assert_eq!(table.render(true), "\x1b[1m  a\x1b[0m\n  b\n");
        let mut plain = Table::new(&[("", Align::Left), ("", Align::Left)]);
        plain.row(["b".to_owned()]);
        assert_eq!(plain.render(true), "  b\n");
    }

    #[test]
    fn long_names_are_cut_by_width() {
        assert_eq!(shorten("Avenida", 7), "Avenida");
        assert_eq!(shorten("Avenida da Praia", 9), "Avenida…");
        assert_eq!(shorten("花地玛堂区", 6), "花地…");
    }
}
