//! Writing SVG: whole tenths of a pixel, escaped text, nothing else.

use std::fmt::Write as _;

/// A length or place in the picture, in tenths of a pixel.
pub(crate) type Tenths = i32;

/// `12.3`, `12`, `-0.4`.
pub(crate) fn px(tenths: Tenths) -> String {
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, tenth) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
    if tenth == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{tenth}") }
}

/// Text as it may stand between tags and in attributes; what XML forbids is left out.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\t' | '\n' | '\r' => safe.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => safe.push(letter),
        }
    }
    safe
}

/// Lines of a path, each from place to place in tenths, as data for `d`: absolute starts, then steps.
pub(crate) fn path_data<'a>(lines: impl IntoIterator<Item = &'a [(Tenths, Tenths)]>) -> String {
    let mut data = String::new();
    let mut pen = (0, 0);
    for line in lines {
        let Some((&first, rest)) = line.split_first() else { continue };
        if data.is_empty() {
            push_pair(&mut data, 'M', first);
        } else {
            push_pair(&mut data, 'm', (first.0 - pen.0, first.1 - pen.1));
        }
        pen = first;
        let mut letter = 'l';
        for &place in rest {
            push_pair(&mut data, letter, (place.0 - pen.0, place.1 - pen.1));
            letter = ' ';
            pen = place;
        }
    }
    data
}

/// A command letter (a space repeats the last) and two numbers, with no more separators than needed.
fn push_pair(data: &mut String, letter: char, (x, y): (Tenths, Tenths)) {
    if letter != ' ' || x >= 0 {
        data.push(letter);
    }
    let gap = if y < 0 { "" } else { " " };
    // Writing into a string cannot fail.
    let _ = write!(data, "{x}{gap}{y}");
}

/// A document being written, one element a line.
#[derive(Debug, Default)]
pub(crate) struct Svg {
    text: String,
}

impl Svg {
    /// A line as it is; the caller has escaped what needs it.
    pub(crate) fn raw(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// An element without content: `open("rect", &[("x", "1")])`.
    pub(crate) fn element(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let line = format!("<{name}{}/>", written(attributes));
        self.raw(&line);
    }

    /// An element with escaped text in it.
    pub(crate) fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        let line = format!("<{name}{}>{}</{name}>", written(attributes), escape(text));
        self.raw(&line);
    }

    /// Opens an element; close it by [`Svg::close`].
    pub(crate) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let line = format!("<{name}{}>", written(attributes));
        self.raw(&line);
    }

    /// Closes an element.
    pub(crate) fn close(&mut self, name: &str) {
        let line = format!("</{name}>");
        self.raw(&line);
    }

    /// A text with its baseline at a place.
    pub(crate) fn label(&mut self, class: &str, x: Tenths, y: Tenths, text: &str) {
        self.text("text", &[("class", class), ("x", &px(x)), ("y", &px(y))], text);
    }

    /// A rectangle with rounded corners.
    pub(crate) fn rect(
        &mut self,
        class: &str,
        at: (Tenths, Tenths),
        size: (Tenths, Tenths),
        round: Tenths,
    ) {
        let (x, y, width, height, round) = (px(at.0), px(at.1), px(size.0), px(size.1), px(round));
        let mut attributes = vec![
            ("class", class),
            ("x", &*x),
            ("y", &*y),
            ("width", &*width),
            ("height", &*height),
        ];
        if round != "0" {
            attributes.push(("rx", &*round));
        }
        self.element("rect", &attributes);
    }

    /// The document.
    pub(crate) fn finish(self) -> String {
        self.text
    }
}

fn written(attributes: &[(&str, &str)]) -> String {
    attributes.iter().fold(String::new(), |mut text, (key, value)| {
        let _ = write!(text, " {key}=\"{}\"", escape(value));
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenths_are_written_without_noise() {
        let written: Vec<String> = [0, 5, 10, 123, -4, -10].into_iter().map(px).collect();
        assert_eq!(written, ["0", "0.5", "1", "12.3", "-0.4", "-1"]);
    }

    #[test]
    fn text_cannot_leave_its_element() {
        let mut svg = Svg::default();
        svg.text("text", &[("id", "a\"b")], "</text><script>&\u{0}\n");
        assert_eq!(
            svg.finish(),
            "<text id=\"a&quot;b\">&lt;/text&gt;&lt;script&gt;&amp; </text>\n"
        );
    }

    #[test]
    fn paths_are_relative_and_tight() {
        let lines: [&[(i32, i32)]; 3] =
            [&[(10, 20), (13, 18), (12, 18)], &[], &[(12, 30), (15, 30)]];
        assert_eq!(path_data(lines), "M10 20l3-2-1 0m0 12l3 0");
    }
}
