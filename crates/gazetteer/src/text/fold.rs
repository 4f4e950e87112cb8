//! Text in pieces: words in plain small letters, runs of Chinese characters, and the marks between that mean something.
//!
//! Compatibility forms are resolved and accents dropped by Unicode's NFKD (so `１６` is 16 and `ç` is c); traditional characters
//! become simplified ones by the table of characters of `OpenCC` (Apache-2.0), as the `hanconv` crate carries it. Both sides of a
//! comparison are folded, so nothing has to be converted well, only alike.

use std::sync::LazyLock;

use hanconv::RawDictionary;
use precinct_base::caps;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Traditional characters and what each is folded to, sorted.
static SIMPLIFIED: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let pairs = RawDictionary::TSCharacters.iter();
    let mut table: Vec<(char, char)> =
        pairs.filter_map(|(from, to)| Some((from.chars().next()?, to.chars().next()?))).collect();
    table.sort_unstable();
    table.dedup_by_key(|pair| pair.0);
    table
});

/// A Chinese character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Han {
    /// Simplified, for comparing.
    pub(crate) plain: char,
    /// As written, for its readings.
    pub(crate) written: char,
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A word or number.
    Word(String),
    /// Chinese characters that follow on each other.
    Han(Vec<Han>),
    /// One of `& @ / + × ( )`.
    Mark(char),
}

/// The pieces of `text`, as far as [`caps::QUERY_LETTERS`].
pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    let mut parts = Parts::default();
    for c in text.nfkd().take(caps::QUERY_LETTERS).filter(|&c| !is_combining_mark(c)) {
        parts.push(c);
    }
    parts.end();
    parts.done
}

#[derive(Default)]
struct Parts {
    done: Vec<Piece>,
    word: String,
    han: Vec<Han>,
}

impl Parts {
    fn push(&mut self, c: char) {
        if is_han(c) {
            self.end_word();
            self.han.push(Han { plain: simplified(c), written: c });
        } else if c.is_alphanumeric() {
            self.end_han();
            push_letter(&mut self.word, c);
        } else if matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`') {
            // O'Farrell is one word, d'Assumpção two.
            if matches!(self.word.as_str(), "d" | "l") {
                self.end_word();
            }
        } else {
            self.end();
            if "&@/+×()".contains(c) {
                self.done.push(Piece::Mark(c));
            }
        }
    }

    fn end(&mut self) {
        self.end_word();
        self.end_han();
    }

    fn end_word(&mut self) {
        if !self.word.is_empty() {
            self.done.push(Piece::Word(without_zeros(std::mem::take(&mut self.word))));
        }
    }

    fn end_han(&mut self) {
        if !self.han.is_empty() {
            self.done.push(Piece::Han(std::mem::take(&mut self.han)));
        }
    }
}

fn push_letter(word: &mut String, c: char) {
    match c {
        'ß' => word.push_str("ss"),
        'Æ' | 'æ' => word.push_str("ae"),
        'Œ' | 'œ' => word.push_str("oe"),
        'Ø' | 'ø' => word.push('o'),
        'Đ' | 'đ' | 'Ð' | 'ð' => word.push('d'),
        'Ł' | 'ł' => word.push('l'),
        'ı' => word.push('i'),
        _ => word.extend(c.to_lowercase().filter(|&c| !is_combining_mark(c))),
    }
}

/// `01st` is `1st`, `007` is `7`.
fn without_zeros(word: String) -> String {
    let rest = word.trim_start_matches('0');
    if rest.starts_with(|c: char| c.is_ascii_digit()) { rest.to_owned() } else { word }
}

fn simplified(c: char) -> char {
    SIMPLIFIED.binary_search_by_key(&c, |pair| pair.0).map_or(c, |i| SIMPLIFIED[i].1)
}

const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' | '々' | '〇')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(text: &str) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Word(word) => word.clone(),
            Piece::Han(han) => han.iter().map(|c| c.plain).collect(),
            Piece::Mark(mark) => mark.to_string(),
        };
        pieces(text).iter().map(piece).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_written_differently_is_folded_alike() {
        assert_eq!(told("Praça de Luís de Camões"), "praca de luis de camoes");
        assert_eq!(told("01ST ST @ O’Farrell"), "1st st @ ofarrell");
        assert_eq!(told("Carlos d'Assumpção"), "carlos d assumpcao");
        assert_eq!(told("ＭＡＲＫＥＴ　１０１"), "market 101");
        assert_eq!(told("荷蘭園大馬路"), told("荷兰园大马路"));
        assert_eq!(told("中山路8號"), "中山路 8 号");
        assert_eq!(told("Yat-Sen (A/B)"), "yat sen ( a / b )");
        assert_eq!(told("Straße 0 00"), "strasse 0 00");
    }

    proptest! {
        #[test]
        fn any_text_has_pieces(text in ".{0,300}") {
            for piece in pieces(&text) {
                match piece {
                    Piece::Word(word) => prop_assert!(!word.is_empty()),
                    Piece::Han(han) => prop_assert!(!han.is_empty()),
                    Piece::Mark(mark) => prop_assert!(!mark.is_alphanumeric()),
                }
            }
        }
    }
}
