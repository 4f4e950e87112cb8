//! Sentences that are told to people, by a code and what belongs to it, in both languages: files and policies are told of where they are
//! read, and shown by a terminal, a page or another program, each in its own language.

use std::fmt;

/// A kind of sentence. Its code and the names of what belongs to it do not change.
#[derive(Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Which.
    pub code: &'static str,
    /// What belongs to it.
    pub names: &'static [&'static str],
    /// In English, with the names in braces.
    pub en: &'static str,
    /// In Chinese, with the names in braces.
    pub zh: &'static str,
}

impl Sentence {
    /// Whether the words have no name that does not belong to it, and each that does is told in one of the languages at least.
    pub fn is_sound(&self) -> bool {
        [self.en, self.zh].iter().all(|words| {
            let used = braces(words);
            !words.is_empty() && used.iter().all(|name| self.names.contains(name))
        }) && self.names.iter().all(|name| {
            let used = [self.en, self.zh].map(|words| braces(words).contains(name));
            used[0] || used[1]
        })
    }
}

/// The names in braces.
fn braces(words: &str) -> Vec<&str> {
    parts(words).filter_map(Result::err).collect()
}

/// The words as they stand, and the names between them.
fn parts(words: &str) -> impl Iterator<Item = Result<&str, &str>> {
    let mut rest = words;
    std::iter::from_fn(move || {
        if let Some((name, after)) = named(rest) {
            rest = after;
            return Some(Err(name));
        }
        // A brace that begins no name stands for itself.
        let mut starts = rest.match_indices('{').map(|(start, _)| start);
        let end = starts.find(|&start| named(&rest[start..]).is_some()).unwrap_or(rest.len());
        let (text, after) = rest.split_at(end);
        rest = after;
        (!text.is_empty()).then_some(Ok(text))
    })
}

/// The name in braces that the words begin with, and what comes after.
fn named(words: &str) -> Option<(&str, &str)> {
    let (name, after) = words.strip_prefix('{')?.split_once('}')?;
    name.bytes().all(|byte| byte == b'_' || byte.is_ascii_lowercase()).then_some((name, after))
}

/// A sentence, with what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    sentence: &'static Sentence,
    values: Box<[String]>,
}

/// What is said in the words of whoever wrote it, and in no other language.
static VERBATIM: Sentence =
    Sentence { code: "verbatim", names: &["text"], en: "{text}", zh: "{text}" };

impl Said {
    /// A sentence with a value for each name that belongs to it, in their order.
    pub fn new(sentence: &'static Sentence, values: Vec<String>) -> Self {
        Self { sentence, values: values.into() }
    }

    /// Words that are the same in every language.
    pub fn verbatim(text: impl Into<String>) -> Self {
        Self::new(&VERBATIM, vec![text.into()])
    }

    /// Which sentence.
    pub const fn code(&self) -> &'static str {
        self.sentence.code
    }

    /// What belongs to it, by name.
    pub fn params(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.sentence.names.iter().copied().zip(self.values.iter().map(String::as_str))
    }

    /// In English.
    pub fn en(&self) -> String {
        self.fill(self.sentence.en)
    }

    /// In Chinese.
    pub fn zh(&self) -> String {
        self.fill(self.sentence.zh)
    }

    fn fill(&self, words: &str) -> String {
        let value = |name: &str| self.params().find(|(known, _)| *known == name);
        let part = |part| match part {
            Ok(text) => text,
            Err(name) => value(name).map_or("", |(_, value)| value),
        };
        parts(words).map(part).collect()
    }
}

/// In English.
impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en())
    }
}

/// Makes a function for each sentence, whose name is its code: `name(what, belongs) "in {what} English {belongs}" "中文 {what} {belongs}";`
/// and a list of all for the tests. A sentence without words in one of the languages does not compile.
#[macro_export]
macro_rules! sentences {
    ($($name:ident($($param:ident),*) $en:literal $zh:literal;)+) => {
        $(
            pub(crate) fn $name($($param: impl std::fmt::Display),*) -> $crate::Said {
                static SENTENCE: $crate::Sentence = $crate::Sentence {
                    code: stringify!($name),
                    names: &[$(stringify!($param)),*],
                    en: $en,
                    zh: $zh,
                };
                $crate::Said::new(&SENTENCE, vec![$($param.to_string()),*])
            }
        )+

        #[cfg(test)]
        const ALL: &[$crate::Sentence] = &[$($crate::Sentence {
            code: stringify!($name),
            names: &[$(stringify!($param)),*],
            en: $en,
            zh: $zh,
        }),+];
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::sentences! {
        both(count, place) "{count} of {place}" "{place}有 {count} 个";
        bare() "nothing" "没有";
        braces_stay(a) "where = [{ {a} = \"…\" }]" "{a} {";
    }

    #[test]
    fn each_language_has_its_own_order() {
        let said = both(3, "A {count}");
        assert_eq!((said.en(), said.zh()), ("3 of A {count}".into(), "A {count}有 3 个".into()));
        assert_eq!((said.code(), said.to_string()), ("both", said.en()));
        assert_eq!(said.params().collect::<Vec<_>>(), [("count", "3"), ("place", "A {count}")]);
        assert_eq!(bare().zh(), "没有");
        assert_eq!(braces_stay("x").en(), "where = [{ x = \"…\" }]");
        assert_eq!(braces_stay("x").zh(), "x {");
        assert_eq!(Said::verbatim("{x}").zh(), "{x}");
    }

    #[test]
    fn a_name_that_is_not_there_is_found() {
        assert!(ALL.iter().all(Sentence::is_sound));
        let sentence = |en, zh| Sentence { code: "c", names: &["a"], en, zh };
        assert!(!sentence("{b}", "{a}").is_sound() && !sentence("x", "y").is_sound());
        assert!(!sentence("{a}", "").is_sound() && sentence("{a}", "y").is_sound());
    }
}
