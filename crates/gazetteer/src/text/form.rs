//! The forms of a name, and the keys by which each is found.
//!
//! A name such as `荷蘭園大馬路 Avenida do Conselheiro` has three forms: the Chinese, the Portuguese, and all of it together. Each key is what a
//! person may begin to type: every word; the name from each word or character on without spaces; the same in pinyin; and initials.

use std::collections::BTreeSet;

use precinct_base::caps;

use super::sound::{readings, spellings};
use super::words::{han_own, in_full, own, plainest};
use super::{Han, Piece, pieces};

/// How a key is made of the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum KeyKind {
    /// As it is written.
    Written,
    /// As it sounds, in pinyin.
    Sound,
    /// Of the first letter of each word or syllable.
    Initials,
}

/// A text by which a form is found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    /// In plain small letters, at most [`caps::TERM_LETTERS`].
    pub(crate) text: String,
    /// The words of the name's own that a query with exactly this text says, one bit each.
    pub(crate) covers: u16,
    /// Whether the first of them is among them.
    pub(crate) first: bool,
    /// How it is made.
    pub(crate) kind: KeyKind,
}

/// One way in which a name is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Form {
    /// Bits of all words of its own.
    pub(crate) whole: u16,
    /// Its keys, sorted, each once.
    pub(crate) keys: Vec<Key>,
}

/// The forms of the names of one place, each once.
pub(crate) fn forms<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<Form> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for name in names {
        let runs: Vec<Run> = parts(name).into_iter().flatten().collect();
        let mut choices: Vec<Vec<Run>> = runs.iter().map(|run| vec![run.clone()]).collect();
        if runs.len() > 1 {
            choices.push(runs);
        }
        for runs in choices {
            if seen.insert(runs.clone()) {
                all.push(form(&runs));
            }
        }
    }
    all
}

/// What two spellings of one street's name have in common: `16TH ST` and `16th Street`.
pub(crate) fn street_key(name: &str) -> String {
    let words: Vec<String> = pieces(name)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Word(word) => Some(word),
            Piece::Han(han) => Some(plain(&han)),
            Piece::Mark(_) => None,
        })
        .collect();
    let full = words.iter().enumerate().map(|(i, word)| plainest(word, i + 1 == words.len()));
    full.collect::<Vec<_>>().join(" ")
}

/// The keys of a name and of each of its parts: an address list may have only the Chinese or the Portuguese of a street.
pub(crate) fn street_keys(name: &str) -> Vec<String> {
    let part = |run: &Run| match run {
        Run::Words(words) => words.join(" "),
        Run::Han(han) => plain(han),
    };
    let parts = parts(name);
    let parts = parts.iter().flatten().map(|run| street_key(&part(run)));
    let mut all: Vec<String> = std::iter::once(street_key(name)).chain(parts).collect();
    all.sort_unstable();
    all.dedup();
    all.retain(|key| !key.is_empty());
    all
}

/// Words or characters of one script that follow on each other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Run {
    Words(Vec<String>),
    Han(Vec<Han>),
}

/// The runs of each part of a name; brackets and strokes part it.
fn parts(name: &str) -> Vec<Vec<Run>> {
    let mut parts: Vec<Vec<Run>> = vec![Vec::new()];
    for piece in pieces(name) {
        let Some(part) = parts.last_mut() else { break };
        match (piece, part.last_mut()) {
            (Piece::Mark('(' | ')' | '/'), _) => parts.push(Vec::new()),
            (Piece::Mark(_), _) => {}
            (Piece::Word(word), Some(Run::Words(words))) => words.push(word),
            (Piece::Word(word), _) => part.push(Run::Words(vec![word])),
            (Piece::Han(more), Some(Run::Han(han))) => han.extend(more),
            (Piece::Han(han), _) => part.push(Run::Han(han)),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn form(runs: &[Run]) -> Form {
    let mut maker = Maker::default();
    for run in runs {
        match run {
            Run::Words(words) => maker.words(words),
            Run::Han(han) => maker.han(han),
        }
    }
    let mut keys = maker.keys;
    keys.sort_unstable();
    keys.dedup();
    Form { whole: maker.whole, keys }
}

fn plain(han: &[Han]) -> String {
    han.iter().map(|c| c.plain).collect()
}

#[derive(Default)]
struct Maker {
    keys: Vec<Key>,
    whole: u16,
    /// Words of the name's own before the present run.
    before: usize,
}

impl Maker {
    fn add(&mut self, text: &str, covers: u16, first: bool, kind: KeyKind) {
        let text: String = text.chars().take(caps::TERM_LETTERS).collect();
        if !text.is_empty() {
            self.keys.push(Key { text, covers, first, kind });
        }
    }

    /// Bits of the words from `from` to before `to`; all beyond the sixteenth share a bit.
    fn bits(&self, from: usize, to: usize) -> u16 {
        (from..to).fold(0, |bits, i| bits | 1 << (self.before + i).min(15))
    }

    fn words(&mut self, words: &[String]) {
        let own = own(words);
        let count = own.iter().filter(|own| **own).count();
        let mut nth = 0;
        for (i, word) in words.iter().enumerate() {
            let covers = if own[i] { self.bits(nth, nth + 1) } else { 0 };
            for full in in_full(word, i + 1 == words.len()) {
                self.add(&full, covers, own[i] && nth == 0, KeyKind::Written);
            }
            nth += usize::from(own[i]);
        }
        let mine: Vec<&str> = words
            .iter()
            .zip(&own)
            .filter(|(_, own)| **own)
            .map(|(word, _)| word.as_str())
            .collect();
        for from in 0..count.saturating_sub(1) {
            self.add(&mine[from..].concat(), self.bits(from, count), from == 0, KeyKind::Written);
        }
        self.together(words, &mine);
        self.whole |= self.bits(0, count);
        self.before += count;
    }

    /// The whole name without spaces, and initials.
    fn together(&mut self, words: &[String], mine: &[&str]) {
        let all = self.bits(0, mine.len());
        if words.len() > 1 {
            let last = words.len() - 1;
            let full = words
                .iter()
                .enumerate()
                .map(|(i, word)| if i == last { plainest(word, true) } else { word.clone() });
            self.add(&full.collect::<String>(), all, true, KeyKind::Written);
            self.add(&words.concat(), all, true, KeyKind::Written);
        }
        let initials = |words: &mut dyn Iterator<Item = &str>| -> String {
            words.filter_map(|word| word.chars().next()).collect()
        };
        if mine.len() > 1 {
            let text = initials(&mut mine.iter().copied());
            self.add(&text, all, true, KeyKind::Initials);
            let text = initials(&mut words.iter().map(String::as_str));
            self.add(&text, all, true, KeyKind::Initials);
        }
    }

    fn han(&mut self, han: &[Han]) {
        let text = plain(han);
        let own = han_own(&text);
        let sounds: Vec<Vec<String>> = han.iter().map(|&c| readings(c)).collect();
        for from in 0..han.len() {
            self.tail(han, &sounds, from, han.len(), own);
        }
        if own < han.len() {
            self.tail(han, &sounds, 0, own, own);
        }
        self.whole |= self.bits(0, own);
        self.before += own;
    }

    /// The characters from `from` to before `to`: written, as they sound, and their initials.
    fn tail(&mut self, han: &[Han], sounds: &[Vec<String>], from: usize, to: usize, own: usize) {
        let (covers, first) = (self.bits(from.min(own), own), from == 0);
        self.add(&plain(&han[from..to]), covers, first, KeyKind::Written);
        // No syllable is shorter than a letter.
        let end = to.min(from + caps::TERM_LETTERS);
        for text in spellings(&sounds[from..end]) {
            self.add(&text, covers, first, KeyKind::Sound);
        }
        if end - from > 1 {
            let initials: Vec<Vec<String>> =
                sounds[from..end].iter().map(|list| initials(list)).collect();
            for text in spellings(&initials) {
                self.add(&text, covers, first, KeyKind::Initials);
            }
        }
    }
}

fn initials(readings: &[String]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for reading in readings {
        let initial: String = reading.chars().take(1).collect();
        if !all.contains(&initial) {
            all.push(initial);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(name: &str, kind: KeyKind) -> Vec<String> {
        let all = forms([name]).into_iter().flat_map(|form| form.keys);
        let mut texts: Vec<String> =
            all.filter(|key| key.kind == kind).map(|key| key.text).collect();
        texts.sort();
        texts.dedup();
        texts
    }

    #[test]
    fn a_chinese_name_has_its_tails_sounds_and_initials() {
        assert_eq!(keys("中山路", KeyKind::Written), ["中山", "中山路", "山路", "路"]);
        let sounds = keys("中山路", KeyKind::Sound);
        for text in ["zhongshanlu", "shanlu", "zhongshan", "lu"] {
            assert!(sounds.contains(&text.to_owned()), "{text} in {sounds:?}");
        }
        assert!(keys("中山路", KeyKind::Initials).contains(&"zsl".to_owned()));
    }

    #[test]
    fn words_are_found_whole_joined_and_by_initials() {
        let written = keys("Van Ness Ave", KeyKind::Written);
        assert_eq!(written, ["avenue", "ness", "van", "vanness", "vannessave", "vannessavenue"]);
        assert_eq!(keys("Van Ness Ave", KeyKind::Initials), ["vn", "vna"]);
    }

    #[test]
    fn scripts_and_brackets_part_a_name() {
        assert_eq!(forms(["俾利喇街 Rua de Francisco (A/B)"]).len(), 5);
        let together = forms(["Pista (Norte)"]).pop().unwrap();
        assert_eq!(together.whole, 0b11);
        assert_eq!(forms(["Mission Street", "MISSION  street", ""]).len(), 1);
    }

    #[test]
    fn one_street_written_twice_has_one_key() {
        assert_eq!(street_key("01ST ST"), street_key("1st Street"));
        assert_eq!(street_key("First Street"), street_key("1ST ST"));
        assert_eq!(street_key("St Marys Ave"), street_key("ST MARYS AVENUE"));
        assert_ne!(street_key("16th Ave"), street_key("16th St"));
    }
}
