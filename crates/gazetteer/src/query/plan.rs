//! How a query may be meant: as a name, as a house, as a crossing.

use precinct_base::caps;

use crate::houses::Number;
use crate::text::{HAN_JOINERS, Piece, ends_street, leads_to_crossing, pieces};

/// A word to be found in names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Term {
    /// A word in Latin letters or the like, or a number.
    Word(String),
    /// Chinese characters, simplified.
    Han(String),
}

impl Term {
    /// Its text.
    pub(crate) fn text(&self) -> &str {
        let (Self::Word(text) | Self::Han(text)) = self;
        text
    }
}

/// One way in which a query may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// The name of a street or place.
    Name {
        /// Its words.
        terms: Vec<Term>,
        /// Not if a mark says that a crossing is meant.
        said: bool,
    },
    /// A house in a street.
    House(Number, Vec<Term>),
    /// Where two streets meet.
    Crossing {
        /// One of them.
        a: Vec<Term>,
        /// The other; none, while it is not typed yet.
        b: Vec<Term>,
        /// Whether the query says that a crossing is meant.
        said: bool,
    },
}

/// A word or mark of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Term(Term),
    Mark,
}

/// All ways in which `text` may be meant.
pub(crate) fn meanings(text: &str) -> Vec<Meaning> {
    let tokens = tokens(text);
    let words = terms(&tokens);
    if words.is_empty() {
        return Vec::new();
    }
    let mut all = vec![Meaning::Name { terms: words.clone(), said: true }];
    all.extend(houses(&words));
    let tokens = without_lead(&tokens);
    let crossings = said(tokens);
    if tokens.contains(&Token::Mark) && !crossings.is_empty() {
        all.splice(..1, crossings);
        all.push(Meaning::Name { terms: words, said: false });
    } else if crossings.is_empty() {
        all.extend(guessed(&terms(tokens)));
    } else {
        all.extend(crossings);
    }
    all
}

fn tokens(text: &str) -> Vec<Token> {
    let token = |piece: Piece| match piece {
        Piece::Word(word) => Some(Token::Term(Term::Word(word))),
        Piece::Han(han) => Some(Token::Term(Term::Han(han.iter().map(|c| c.plain).collect()))),
        Piece::Mark('(' | ')') => None,
        Piece::Mark(_) => Some(Token::Mark),
    };
    pieces(text).into_iter().filter_map(token).take(caps::QUERY_WORDS).collect()
}

fn terms(tokens: &[Token]) -> Vec<Term> {
    let term = |token: &Token| match token {
        Token::Term(term) => Some(term.clone()),
        Token::Mark => None,
    };
    tokens.iter().filter_map(term).collect()
}

/// Without `corner of` before it, or `intersection` after it.
fn without_lead(mut tokens: &[Token]) -> &[Token] {
    let word = |token: &Token, test: &dyn Fn(&str) -> bool| match token {
        Token::Term(Term::Word(word)) => test(word),
        _ => false,
    };
    if let [lead, rest @ ..] = tokens
        && word(lead, &leads_to_crossing)
    {
        tokens = rest;
        if let [of, rest @ ..] = tokens
            && word(of, &|word| matches!(word, "of" | "de" | "da" | "do"))
        {
            tokens = rest;
        }
    }
    match tokens {
        [rest @ .., lead] if word(lead, &leads_to_crossing) => rest,
        _ => tokens,
    }
}

/// Each number in it may be a house number.
fn houses(words: &[Term]) -> Vec<Meaning> {
    let house = |(i, term): (usize, &Term)| {
        let number = house_number(term.text())?;
        let rest = street_of(words, i);
        (!rest.is_empty()).then_some(Meaning::House(number, rest))
    };
    words.iter().enumerate().filter_map(house).collect()
}

fn house_number(word: &str) -> Option<Number> {
    let figures = word.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &word[figures..];
    let ordinal = matches!(rest, "st" | "nd" | "rd" | "th");
    let fits = (1..=6).contains(&figures) && rest.len() <= 2 && !ordinal;
    fits.then(|| Number::of(word))
}

/// The words without the number at `at` and what belongs to it: `no` before it, `号` and all that follows that, and the unit.
fn street_of(words: &[Term], at: usize) -> Vec<Term> {
    let before = match &words[..at] {
        [rest @ .., Term::Word(no)]
            if matches!(no.as_str(), "no" | "n" | "num" | "numero" | "number") =>
        {
            rest
        }
        all => all,
    };
    let after = match &words[at + 1..] {
        [Term::Han(han), ..] if han.starts_with('号') => &[],
        all => all,
    };
    let unit = |term: &Term| {
        matches!(
            term.text(),
            "apt"
                | "apartment"
                | "unit"
                | "suite"
                | "ste"
                | "room"
                | "rm"
                | "flat"
                | "floor"
                | "fl"
        )
    };
    let whole = before.iter().chain(after);
    whole.take_while(|term| !unit(term)).cloned().collect()
}

/// Crossings the query says are meant.
fn said(tokens: &[Token]) -> Vec<Meaning> {
    let mut all = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        let (before, after) = (&tokens[..i], &tokens[i + 1..]);
        match token {
            Token::Mark => {
                let (a, b) = (terms(before), without_mouth(terms(after)).0);
                if !a.is_empty() {
                    all.push(Meaning::Crossing { a, b, said: true });
                }
            }
            Token::Term(Term::Word(word)) if joins(word) => {
                let (a, b) = (terms(before), without_mouth(terms(after)).0);
                if !a.is_empty() && !b.is_empty() {
                    all.push(Meaning::Crossing { a, b, said: true });
                }
            }
            Token::Term(Term::Word(_)) => {}
            Token::Term(Term::Han(han)) => all.extend(said_in(han, before, after)),
        }
    }
    all
}

fn joins(word: &str) -> bool {
    matches!(word, "and" | "at" | "with" | "x" | "e" | "y" | "und" | "n")
}

/// Crossings in Chinese characters: `A与B`, and `AB口`.
fn said_in(han: &str, before: &[Token], after: &[Token]) -> Vec<Meaning> {
    let mut all = Vec::new();
    for (at, c) in han.char_indices() {
        let (left, right) = (&han[..at], &han[at..]);
        if HAN_JOINERS.contains(&c) {
            let (a, b) = sides(before, left, &right[c.len_utf8()..], after);
            let b = without_mouth(b).0;
            if !a.is_empty() && !b.is_empty() {
                all.push(Meaning::Crossing { a, b, said: true });
            }
        }
        if ends_street(left) {
            let (a, b) = sides(before, left, right, after);
            if let (b, true) = without_mouth(b)
                && !b.is_empty()
            {
                all.push(Meaning::Crossing { a, b, said: true });
            }
        }
    }
    all
}

fn sides(before: &[Token], left: &str, right: &str, after: &[Token]) -> (Vec<Term>, Vec<Term>) {
    let han = |text: &str| (!text.is_empty()).then(|| Term::Han(text.to_owned()));
    let a = terms(before).into_iter().chain(han(left)).collect();
    let b = han(right).into_iter().chain(terms(after)).collect();
    (a, b)
}

/// Without what says in Chinese that this is a crossing (`口`, `路口`, `交叉口`), and whether that was there.
fn without_mouth(mut terms: Vec<Term>) -> (Vec<Term>, bool) {
    const MOUTHS: &[&str] =
        &["交叉路口", "交叉口", "十字路口", "丁字路口", "交汇处", "交界处", "交界", "口"];
    let Some(Term::Han(last)) = terms.last_mut() else { return (terms, false) };
    let Some(rest) = MOUTHS.iter().find_map(|mouth| last.strip_suffix(mouth)) else {
        return (terms, false);
    };
    // 人民路路口 as well as 人民路口.
    let rest = if rest.ends_with("路路") { &rest[..rest.len() - "路".len()] } else { rest };
    *last = rest.to_owned();
    if last.is_empty() {
        terms.pop();
    }
    (terms, true)
}

/// Crossings that may be meant although nothing says so.
fn guessed(words: &[Term]) -> Vec<Meaning> {
    if let [Term::Han(han)] = words {
        let cut = |(at, _)| {
            let (left, right) = han.split_at(at);
            let (a, b) = (vec![Term::Han(left.to_owned())], vec![Term::Han(right.to_owned())]);
            ends_street(left).then_some(Meaning::Crossing { a, b, said: false })
        };
        return han.char_indices().filter_map(cut).collect();
    }
    let cut = |at| {
        let (a, b) = words.split_at(at);
        Meaning::Crossing { a: a.to_vec(), b: b.to_vec(), said: false }
    };
    (1..words.len()).map(cut).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let join = |terms: &[Term]| terms.iter().map(Term::text).collect::<Vec<_>>().join(" ");
        let one = |meaning: &Meaning| match meaning {
            Meaning::Name { terms, .. } => join(terms),
            Meaning::House(number, terms) => {
                format!("{}{} in {}", number.figures, number.rest, join(terms))
            }
            Meaning::Crossing { a, b, said } => {
                format!("{} {} {}", join(a), if *said { "x" } else { "?" }, join(b))
                    .trim_end()
                    .to_owned()
            }
        };
        meanings(text).iter().map(one).collect()
    }

    #[test]
    fn a_crossing_can_be_said_in_many_ways() {
        for text in [
            "16th & Mission",
            "16th and mission",
            "16th/Mission",
            "corner of 16th at Mission",
            "16th x Mission intersection",
            "esquina de 16th e Mission",
        ] {
            assert!(told(text).contains(&"16th x mission".to_owned()), "{text}: {:?}", told(text));
        }
        for text in [
            "中山路与人民路",
            "中山路與人民路口",
            "中山路/人民路",
            "中山路人民路口",
            "中山路人民路路口",
            "中山路和人民路交叉口",
            "中山路 & 人民路",
        ] {
            assert!(told(text).contains(&"中山路 x 人民路".to_owned()), "{text}: {:?}", told(text));
        }
        assert!(told("中山路人民路").contains(&"中山路 ? 人民路".to_owned()));
        assert!(told("16th mission").contains(&"16th ? mission".to_owned()));
        assert!(told("16th &").contains(&"16th x".to_owned()));
    }

    #[test]
    fn a_number_may_be_a_house() {
        assert_eq!(told("101 Market")[..2], ["101 market", "101 in market"]);
        assert_eq!(told("Rua Central, nº 8A")[1], "8a in rua central");
        assert_eq!(told("中山路8號3樓")[1], "8 in 中山路");
        assert_eq!(told("101 Market St Apt 5")[1], "101 in market st");
        assert_eq!(told("16th st").len(), 2);
        assert!(told("8").len() == 1 && told(" & ").is_empty() && told("").is_empty());
    }
}
