//! Keys that a word means although it is mistyped.
//!
//! Distance as in optimal string alignment: a letter left out, added, changed, or two neighbours swapped counts one (Damerau 1964;
//! the recurrence in Boytsov 2011, *Indexing Methods for Approximate Dictionary Searching*, 2.1). Rows are kept for the letters shared
//! with the key before, and keys below a beginning that can no longer come near are passed over.

use precinct_base::caps;

use super::{Index, Keys};

/// How many mistakes are forgiven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Budget {
    /// In a whole word.
    pub(crate) whole: u8,
    /// In the beginning of a word.
    pub(crate) beginning: u8,
}

impl Budget {
    /// What is forgiven in a word: nothing below three letters or in a number, one mistake up to five letters, two from six on; in the
    /// beginning of a longer word one, from four letters on.
    pub(crate) fn of(word: &str) -> Self {
        let letters = word.chars().count();
        if letters < 3 || word.starts_with(|c: char| c.is_ascii_digit()) {
            return Self { whole: 0, beginning: 0 };
        }
        Self { whole: if letters < 6 { 1 } else { 2 }, beginning: u8::from(letters >= 4) }
    }
}

/// Keys as near to a word as each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    /// The mistakes.
    pub(crate) mistakes: u8,
    /// Which.
    pub(crate) keys: Keys,
    /// Whether the whole key is meant, not its beginning.
    pub(crate) whole: bool,
}

const WIDTH: usize = caps::TERM_LETTERS + 1;

/// More than any budget.
const FAR: u8 = u8::MAX / 2;

/// Rows of the distance, one for each letter of the key, and what is the least of each. Only cells that can be within the budget are
/// worked out: those no further from the diagonal (Ukkonen 1985).
struct Rows {
    row: Vec<[u8; WIDTH + 1]>,
    letters: Vec<char>,
    /// The least of each row: nothing below it comes nearer.
    least: Vec<u8>,
    /// The least distance of the word to this beginning or a shorter one.
    beginning: Vec<u8>,
    most: usize,
}

impl Rows {
    fn new(word: &[char], most: u8) -> Self {
        let mut first = [FAR; WIDTH + 1];
        for (i, cell) in first.iter_mut().enumerate().take(usize::from(most) + 1) {
            *cell = i as u8;
        }
        let beginning = word.len().min(usize::from(FAR)) as u8;
        Self {
            row: vec![first],
            letters: Vec::new(),
            least: vec![0],
            beginning: vec![beginning],
            most: usize::from(most),
        }
    }

    fn cut(&mut self, letters: usize) {
        self.row.truncate(letters + 1);
        self.letters.truncate(letters);
        self.least.truncate(letters + 1);
        self.beginning.truncate(letters + 1);
    }

    const fn depth(&self) -> usize {
        self.letters.len()
    }

    fn push(&mut self, word: &[char], letter: char) {
        let depth = self.depth() + 1;
        let above = &self.row[depth - 1];
        let mut row = [FAR; WIDTH + 1];
        let mut least = FAR;
        if depth <= self.most {
            row[0] = depth as u8;
            least = row[0];
        }
        for i in depth.saturating_sub(self.most).max(1)..=word.len().min(depth + self.most) {
            let change = above[i - 1] + u8::from(word[i - 1] != letter);
            let mut cell = change.min(above[i] + 1).min(row[i - 1] + 1);
            if depth > 1 && i > 1 && word[i - 1] == self.letters[depth - 2] && word[i - 2] == letter
            {
                cell = cell.min(self.row[depth - 2][i - 2] + 1);
            }
            row[i] = cell;
            least = least.min(cell);
        }
        // Two swapped letters reach over a row, so what is below may still come as near as the row above allows.
        self.beginning.push(self.beginning[depth - 1].min(row[word.len()]));
        self.least.push(least);
        self.letters.push(letter);
        self.row.push(row);
    }

    /// Nothing that begins so comes within `budget`.
    fn hopeless(&self, budget: u8) -> bool {
        let depth = self.depth();
        self.least[depth] > budget && (depth == 0 || self.least[depth - 1] >= budget)
    }
}

impl Index {
    /// The keys `word` may mean with at least one mistake and no more than `budget`; of several ways the one with fewest mistakes, of
    /// these the whole key.
    pub(crate) fn mistaken(&self, word: &str, budget: Budget) -> Vec<Found> {
        let word: Vec<char> = word.chars().take(caps::TERM_LETTERS).collect();
        let most = budget.whole.max(budget.beginning);
        let mut found = Vec::new();
        let mut rows = Rows::new(&word, most);
        let mut key = 0;
        while most > 0 && (key as usize) < self.len() {
            rows.cut(rows.depth().min(usize::from(self.shared[key as usize])));
            let text = self.key(key);
            let mut letters = text.chars().skip(rows.depth());
            let given_up = loop {
                if rows.hopeless(most) {
                    break true;
                }
                match letters.next() {
                    Some(letter) => rows.push(&word, letter),
                    None => break false,
                }
            };
            let next = if given_up { self.after(key, rows.depth()) } else { key + 1 };
            let keys = Keys { lo: key, hi: next };
            found.extend(judge(&rows, keys, given_up, word.len(), budget));
            key = next;
        }
        found
    }

    /// The first key after `key` that does not share its first `letters` letters.
    fn after(&self, key: u32, letters: usize) -> u32 {
        let rest = &self.shared[key as usize + 1..];
        let more = rest.iter().take_while(|&&shared| usize::from(shared) >= letters).count();
        key + 1 + more as u32
    }
}

fn judge(rows: &Rows, keys: Keys, given_up: bool, length: usize, budget: Budget) -> Option<Found> {
    let depth = rows.depth();
    let beginning = rows.beginning[depth];
    let whole = if given_up { u8::MAX } else { rows.row[depth][length] };
    if whole <= budget.whole && whole <= beginning {
        (whole > 0).then_some(Found { mistakes: whole, keys, whole: true })
    } else if beginning <= budget.beginning {
        (beginning > 0).then_some(Found { mistakes: beginning, keys, whole: false })
    } else {
        (whole <= budget.whole).then_some(Found { mistakes: whole, keys, whole: true })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::index::Builder;
    use crate::text::{Form, Key, KeyKind};

    fn index(words: &[String]) -> Index {
        let mut builder = Builder::default();
        for (i, text) in words.iter().enumerate() {
            let key = Key { text: text.clone(), covers: 1, first: true, kind: KeyKind::Written };
            builder.add(i as u32, Form { whole: 1, keys: vec![key] });
        }
        builder.build()
    }

    /// The whole table, as in the paper.
    fn distance(a: &[char], b: &[char]) -> u8 {
        let mut table = vec![vec![0u8; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = if i == 0 || j == 0 {
                    (i + j) as u8
                } else {
                    let change = table[i - 1][j - 1] + u8::from(a[i - 1] != b[j - 1]);
                    let mut cell = change.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                        cell = cell.min(table[i - 2][j - 2] + 1);
                    }
                    cell
                };
            }
        }
        table[a.len()][b.len()]
    }

    fn naive(word: &str, key: &str, budget: Budget) -> Option<(u8, bool)> {
        let (word, key): (Vec<char>, Vec<char>) = (word.chars().collect(), key.chars().collect());
        let whole = distance(&word, &key);
        let beginning = (0..=key.len()).map(|to| distance(&word, &key[..to])).min()?;
        let whole_fits = (whole <= budget.whole).then_some((whole, false));
        let beginning_fits = (beginning <= budget.beginning).then_some((beginning, true));
        let (mistakes, cut) = whole_fits.into_iter().chain(beginning_fits).min()?;
        (mistakes > 0).then_some((mistakes, !cut))
    }

    fn told(index: &Index, word: &str, budget: Budget) -> Vec<(String, u8, bool)> {
        let found = index.mistaken(word, budget);
        let each = |f: Found| (f.keys.lo..f.keys.hi).map(move |key| (key, f.mistakes, f.whole));
        found
            .into_iter()
            .flat_map(each)
            .map(|(key, m, whole)| (index.key(key).to_owned(), m, whole))
            .collect()
    }

    #[test]
    fn swapped_letters_are_one_mistake() {
        let index = index(&["market".into(), "mission".into(), "missouri".into()]);
        let budget = Budget::of("missoin");
        assert_eq!(told(&index, "missoin", budget), [("mission".into(), 1, true)]);
        assert_eq!(told(&index, "maket", Budget::of("maket")), [("market".into(), 1, true)]);
        assert!(told(&index, "market", Budget::of("market")).is_empty());
        assert_eq!(Budget::of("16th"), Budget { whole: 0, beginning: 0 });
        assert_eq!(Budget::of("abc"), Budget { whole: 1, beginning: 0 });
    }

    proptest! {
        #[test]
        fn the_walk_finds_what_the_table_finds(mut keys in prop::collection::vec("[abc中]{1,8}", 0..40), word in "[abc中]{1,9}",
                                               whole in 0u8..3, beginning in 0u8..3) {
            keys.sort();
            keys.dedup();
            let budget = Budget { whole, beginning };
            let expected: Vec<(String, u8, bool)> = keys.iter()
                .filter_map(|key| naive(&word, key, budget).map(|(m, whole)| (key.clone(), m, whole))).collect();
            prop_assert_eq!(told(&index(&keys), &word, budget), expected);
        }
    }
}
