//! The dictionary of names: every key of every form once, sorted, with the forms it belongs to.
//!
//! Keys with the same beginning are neighbours, and so are their postings: a prefix is one slice. Mistakes are found by walking
//! the sorted keys with rows of the edit distance kept for the letters a key shares with the one before.

mod mistakes;

use crate::text::{Form, Key, KeyKind};

pub(crate) use mistakes::{Budget, Found};

/// One form that has a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Posting {
    /// The form.
    pub(crate) form: u32,
    /// As in [`Key::covers`].
    pub(crate) covers: u16,
    /// As in [`Key::first`].
    pub(crate) first: bool,
    /// As in [`Key::kind`].
    pub(crate) kind: KeyKind,
}

/// A form as the index knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FormOf {
    /// The place it names.
    pub(crate) entry: u32,
    /// As in [`Form::whole`].
    pub(crate) whole: u16,
}

/// Keys that follow on each other: from `lo` to before `hi`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Keys {
    pub(crate) lo: u32,
    pub(crate) hi: u32,
}

/// The index. See the module.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    text: String,
    /// Where each key's text begins in `text`; one more entry than keys.
    starts: Vec<u32>,
    /// How many letters each key shares with the one before.
    shared: Vec<u8>,
    /// Where each key's postings begin; one more entry than keys.
    first: Vec<u32>,
    postings: Vec<Posting>,
    forms: Vec<FormOf>,
}

/// Collects forms.
#[derive(Debug, Default)]
pub(crate) struct Builder {
    keys: Vec<(String, Posting)>,
    forms: Vec<FormOf>,
}

impl Builder {
    /// Adds a form of the name of `entry`.
    pub(crate) fn add(&mut self, entry: u32, form: Form) {
        let id = self.forms.len() as u32;
        self.forms.push(FormOf { entry, whole: form.whole });
        for Key { text, covers, first, kind } in form.keys {
            self.keys.push((text, Posting { form: id, covers, first, kind }));
        }
    }

    /// Sorts and packs.
    pub(crate) fn build(mut self) -> Index {
        self.keys.sort_unstable();
        let mut index = Index { forms: self.forms, ..Index::default() };
        index.postings.reserve_exact(self.keys.len());
        let mut last: Option<&str> = None;
        for (text, posting) in &self.keys {
            if last != Some(text) {
                index.starts.push(index.text.len() as u32);
                index.first.push(index.postings.len() as u32);
                index.shared.push(shared_letters(last.unwrap_or_default(), text));
                index.text.push_str(text);
                last = Some(text);
            }
            index.postings.push(*posting);
        }
        index.starts.push(index.text.len() as u32);
        index.first.push(index.postings.len() as u32);
        index.pack();
        index
    }
}

fn shared_letters(a: &str, b: &str) -> u8 {
    a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count() as u8
}

impl Index {
    fn pack(&mut self) {
        self.text.shrink_to_fit();
        self.starts.shrink_to_fit();
        self.shared.shrink_to_fit();
        self.first.shrink_to_fit();
        self.forms.shrink_to_fit();
    }

    /// How many keys there are.
    pub(crate) const fn len(&self) -> usize {
        self.shared.len()
    }

    /// The text of a key.
    pub(crate) fn key(&self, key: u32) -> &str {
        let at = key as usize;
        &self.text[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// All forms.
    pub(crate) fn forms(&self) -> &[FormOf] {
        &self.forms
    }

    /// The postings of keys.
    pub(crate) fn postings(&self, keys: Keys) -> &[Posting] {
        &self.postings[self.first[keys.lo as usize] as usize..self.first[keys.hi as usize] as usize]
    }

    /// The keys that begin with `prefix`.
    pub(crate) fn beginning(&self, prefix: &str) -> Keys {
        let lo = self.bound(|key| key < prefix);
        let hi = self.bound(|key| key < prefix || key.starts_with(prefix));
        Keys { lo, hi: hi.max(lo) }
    }

    /// The first key that is not `before`, all of which come first.
    fn bound(&self, before: impl Fn(&str) -> bool) -> u32 {
        let (mut lo, mut hi) = (0, self.len() as u32);
        while lo < hi {
            let middle = u32::midpoint(lo, hi);
            if before(self.key(middle)) {
                lo = middle + 1;
            } else {
                hi = middle;
            }
        }
        lo
    }

    /// Bytes it holds on the heap.
    pub(crate) const fn bytes(&self) -> usize {
        self.text.capacity()
            + self.starts.capacity() * 4
            + self.shared.capacity()
            + self.first.capacity() * 4
            + self.postings.capacity() * size_of::<Posting>()
            + self.forms.capacity() * size_of::<FormOf>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::forms;

    fn index(names: &[&str]) -> Index {
        let mut builder = Builder::default();
        for (i, name) in names.iter().enumerate() {
            for form in forms([*name]) {
                builder.add(i as u32, form);
            }
        }
        builder.build()
    }

    #[test]
    fn a_prefix_is_one_slice() {
        let index = index(&["Mission Street", "Missouri Street", "Market Street"]);
        let texts = |prefix: &str| -> Vec<&str> {
            let keys = index.beginning(prefix);
            (keys.lo..keys.hi).map(|key| index.key(key)).collect()
        };
        assert_eq!(texts("missi"), ["mission", "missionstreet"]);
        assert_eq!(texts("z"), [""; 0]);
        assert_eq!(texts("").len(), index.len());
        let street = index.beginning("street");
        assert_eq!(index.postings(street).iter().map(|p| p.form).collect::<Vec<_>>(), [0, 1, 2]);
    }

    #[test]
    fn nothing_is_found_in_nothing() {
        let index = index(&[]);
        assert_eq!(index.beginning("a"), Keys { lo: 0, hi: 0 });
        assert!(index.postings(Keys { lo: 0, hi: 0 }).is_empty());
    }
}
