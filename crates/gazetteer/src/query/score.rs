//! Which entries have all words of a query, and how well.

use precinct_base::caps;

use super::plan::Term;
use crate::How;
use crate::index::{Budget, FormOf, Found, Index, Keys, Posting};
use crate::text::{self, KeyKind, is_type, usual_sound};

/// An entry that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fit {
    pub(crate) entry: u32,
    pub(crate) mistakes: u8,
    /// But for the mistakes.
    pub(crate) forgiven: How,
}

impl Fit {
    /// How it fits, mistakes and all.
    pub(crate) const fn how(self) -> How {
        if self.mistakes > 0 { How::Mistaken } else { self.forgiven }
    }
}

/// Of more words than these, mistakes are looked for in each, not in all run together.
const JOINED_MISTYPED: usize = 4;

/// Keys that a word may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    keys: Keys,
    mistakes: u8,
    /// Whether the word is the whole key.
    whole: bool,
    /// Which keys among these; `None` is all.
    only: Option<KeyKind>,
}

/// Looks words up, each once.
pub(crate) struct Scorer<'a> {
    index: &'a Index,
    forgiving: bool,
    known: Vec<(Term, Vec<Span>)>,
}

impl<'a> Scorer<'a> {
    /// One that forgives mistakes, or does not.
    pub(crate) const fn new(index: &'a Index, forgiving: bool) -> Self {
        Self { index, forgiving, known: Vec::new() }
    }

    /// Entries with all of `terms` in one form of their names, in order, each once with its best fit.
    pub(crate) fn fits(&mut self, terms: &[Term]) -> Vec<Fit> {
        let mut all = self.fits_of(terms, 0);
        if let Some(joined) =
            joined(terms).filter(|_| !self.forgiving || terms.len() <= JOINED_MISTYPED)
        {
            all.extend(self.fits_of(&[joined], 0));
        }
        if self.forgiving {
            let rest: Vec<Term> =
                terms.iter().filter(|term| !is_type(term.text())).cloned().collect();
            if !rest.is_empty() && rest.len() < terms.len() {
                all.extend(self.fits_of(&rest, 1));
            }
        }
        all.sort_unstable();
        all.dedup_by_key(|fit| fit.entry);
        all
    }

    fn fits_of(&mut self, terms: &[Term], mistakes: u8) -> Vec<Fit> {
        let mut board = Board::new(self.index.forms().len());
        for (nth, term) in terms.iter().enumerate() {
            board.begin(nth);
            let index = self.index;
            for span in self.spans(term) {
                for &posting in index.postings(span.keys) {
                    board.see(posting, *span);
                }
            }
            if board.touched.is_empty() {
                return Vec::new();
            }
        }
        let forms = self.index.forms();
        let fit = |&form: &u32| board.cells[form as usize].fit(forms[form as usize], mistakes);
        board.touched.iter().map(fit).collect()
    }

    fn spans(&mut self, term: &Term) -> &[Span] {
        let at = self.known.iter().position(|(known, _)| known == term).unwrap_or_else(|| {
            let spans = spans(self.index, term, self.forgiving);
            self.known.push((term.clone(), spans));
            self.known.len() - 1
        });
        &self.known[at].1
    }
}

/// The words as one: `zhong shan lu`, `van ness`.
fn joined(terms: &[Term]) -> Option<Term> {
    let words = terms.iter().all(|term| matches!(term, Term::Word(_)));
    let text: String = terms.iter().map(Term::text).collect();
    let fits = terms.len() > 1 && words && text.chars().count() <= caps::TERM_LETTERS;
    fits.then_some(Term::Word(text))
}

fn spans(index: &Index, term: &Term, forgiving: bool) -> Vec<Span> {
    let text: String = term.text().chars().take(caps::TERM_LETTERS).collect();
    let mut spans = exactly(index, &text, 0, None);
    if let Term::Word(word) = term {
        for meaning in text::meanings(word) {
            spans.extend(exactly(index, &meaning, 0, None).into_iter().filter(|span| span.whole));
        }
    }
    if forgiving {
        for found in index.mistaken(&text, Budget::of(&text)) {
            let Found { mistakes, keys, whole } = found;
            let kinds = [KeyKind::Written, KeyKind::Sound].map(Some);
            spans.extend(kinds.map(|only| Span { keys, mistakes, whole, only }));
        }
        if matches!(term, Term::Han(_)) && text.chars().count() > 1 {
            spans.extend(exactly(index, &usual_sound(&text), 1, Some(KeyKind::Sound)));
        }
    }
    spans
}

/// The key `text`, and the keys that begin with it.
fn exactly(index: &Index, text: &str, mistakes: u8, only: Option<KeyKind>) -> Vec<Span> {
    let Keys { lo, hi } = index.beginning(text);
    let whole = u32::from(lo < hi && index.key(lo) == text);
    let spans = [(lo, lo + whole, true), (lo + whole, hi, false)];
    let span = |(lo, hi, whole)| Span { keys: Keys { lo, hi }, mistakes, whole, only };
    spans.into_iter().filter(|(lo, hi, _)| lo < hi && !text.is_empty()).map(span).collect()
}

/// What is known of each form while the words of a query are gone through.
struct Board {
    cells: Vec<Cell>,
    /// Forms that have all words so far.
    touched: Vec<u32>,
    nth: u8,
}

impl Board {
    fn new(forms: usize) -> Self {
        Self { cells: vec![Cell::default(); forms], touched: Vec::new(), nth: 0 }
    }

    /// Goes on to the `nth` word.
    fn begin(&mut self, nth: usize) {
        self.nth = nth as u8;
        self.touched.clear();
    }

    fn see(&mut self, posting: Posting, span: Span) {
        if span.only.is_some_and(|kind| kind != posting.kind) {
            return;
        }
        let cell = &mut self.cells[posting.form as usize];
        let now = Touch::of(posting, span);
        if cell.words == self.nth {
            cell.settle();
            cell.words += 1;
            cell.now = now;
            self.touched.push(posting.form);
        } else if cell.words == self.nth + 1 {
            cell.now = cell.now.better(now);
        }
    }
}

/// How one word touches a form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Touch {
    /// Mistakes, then initials, then only the beginning, then not the first word: the less, the better.
    worse: u8,
    covers: u16,
}

const BEGINNING: u8 = 2;
const INITIALS: u8 = 4;
const LATER: u8 = 1;
const MISTAKE: u8 = 8;

impl Touch {
    fn of(posting: Posting, span: Span) -> Self {
        let initials = u8::from(posting.kind == KeyKind::Initials) * INITIALS;
        let beginning = u8::from(!span.whole) * BEGINNING;
        let later = u8::from(!posting.first) * LATER;
        let covers = if span.whole { posting.covers } else { 0 };
        Self { worse: span.mistakes * MISTAKE + initials + beginning + later, covers }
    }

    fn better(self, other: Self) -> Self {
        match self.worse.cmp(&other.worse) {
            std::cmp::Ordering::Less => self,
            std::cmp::Ordering::Equal => Self { covers: self.covers | other.covers, ..self },
            std::cmp::Ordering::Greater => other,
        }
    }
}

/// A form, and the words it has so far.
#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    words: u8,
    now: Touch,
    /// Of the words before the present one.
    mistakes: u8,
    flags: u8,
    first: bool,
    covers: u16,
}

impl Cell {
    /// Counts the present word to those before.
    fn settle(&mut self) {
        if self.words > 0 {
            self.mistakes = self.mistakes.saturating_add(self.now.worse / MISTAKE);
            self.flags |= self.now.worse & (INITIALS | BEGINNING);
            self.first |= self.now.worse & LATER == 0;
            self.covers |= self.now.covers;
        }
    }

    fn fit(mut self, form: FormOf, more: u8) -> Fit {
        self.settle();
        let mistakes = self.mistakes.saturating_add(more);
        let forgiven = if self.flags & INITIALS != 0 {
            How::Initials
        } else if self.flags == 0 && self.covers == form.whole {
            How::Exact
        } else if self.first {
            How::Prefix
        } else {
            How::WordPrefix
        };
        Fit { entry: form.entry, mistakes, forgiven }
    }
}
