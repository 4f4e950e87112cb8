//! SPDX licence expressions, as far as packages use them: names, `WITH`, `AND`, `OR`, brackets, and the old `/`.

/// Whether `expression` can be met with licences of `allowed` alone; nothing when it does not parse.
pub(crate) fn met(expression: &str, allowed: &[&str]) -> Option<bool> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut parser = Parser { words: spaced.split_whitespace().collect(), at: 0, allowed };
    let verdict = parser.any_of()?;
    (parser.at == parser.words.len()).then_some(verdict)
}

struct Parser<'a> {
    words: Vec<&'a str>,
    at: usize,
    allowed: &'a [&'a str],
}

impl<'a> Parser<'a> {
    fn take(&mut self, word: &str) -> bool {
        let taken = self.words.get(self.at) == Some(&word);
        self.at += usize::from(taken);
        taken
    }

    fn next(&mut self) -> Option<&'a str> {
        self.at += 1;
        self.words.get(self.at - 1).copied()
    }

    fn any_of(&mut self) -> Option<bool> {
        let mut verdict = self.all_of()?;
        while self.take("OR") {
            verdict |= self.all_of()?;
        }
        Some(verdict)
    }

    fn all_of(&mut self) -> Option<bool> {
        let mut verdict = self.one()?;
        while self.take("AND") {
            verdict &= self.one()?;
        }
        Some(verdict)
    }

    fn one(&mut self) -> Option<bool> {
        if self.take("(") {
            let verdict = self.any_of()?;
            return self.take(")").then_some(verdict);
        }
        let name = self.next().filter(|word| !["OR", "AND", "WITH", ")"].contains(word))?;
        let name = if self.take("WITH") {
            format!("{name} WITH {}", self.next()?)
        } else {
            name.to_owned()
        };
        Some(self.allowed.contains(&name.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::met;

    const OURS: [&str; 3] = ["MIT", "Zlib", "Apache-2.0 WITH LLVM-exception"];

    #[test]
    fn an_offer_is_met_by_one_and_a_demand_by_all() {
        for good in [
            "MIT",
            "GPL-3.0 OR MIT",
            "MIT/GPL-2.0",
            "MIT AND Zlib",
            "(MIT OR GPL-2.0) AND Zlib",
            "Apache-2.0 WITH LLVM-exception",
            "GPL-2.0 AND GPL-3.0 OR MIT",
        ] {
            assert_eq!(met(good, &OURS), Some(true), "{good}");
        }
        for bad in [
            "GPL-3.0",
            "MIT AND GPL-3.0",
            "(MIT AND GPL-2.0) OR GPL-3.0",
            "Apache-2.0",
            "MIT AND (GPL-2.0)",
        ] {
            assert_eq!(met(bad, &OURS), Some(false), "{bad}");
        }
    }

    #[test]
    fn what_does_not_parse_is_not_guessed_at() {
        for odd in ["", "(MIT", "MIT Zlib", "MIT OR", "AND MIT", "MIT)", "MIT WITH"] {
            assert_eq!(met(odd, &OURS), None, "{odd}");
        }
    }
}
