//! Long lists, a page at a time.

use serde::{Deserialize, Serialize};

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Page<T> {
    /// What is on it, in a fixed order.
    pub items: Vec<T>,
    /// What to ask for the next page with; nothing after the last one.
    pub next: Option<String>,
}

/// Which page of a list is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, utoipa::IntoParams)]
pub struct PageWish {
    /// The `next` of the page before.
    pub cursor: Option<String>,
    /// How many at the most, 1 to 1000.
    pub limit: Option<u32>,
}

/// The most items on one page.
const MOST: usize = 1_000;
/// The items on a page if nothing is said.
const USUAL: usize = 200;

impl PageWish {
    /// The key after which the page begins; an unreadable one is an error.
    pub fn after(&self) -> Result<Option<u32>, std::num::ParseIntError> {
        self.cursor.as_deref().map(str::parse).transpose()
    }

    /// How many items.
    pub fn limit(&self) -> usize {
        self.limit.map_or(USUAL, |limit| (limit as usize).clamp(1, MOST))
    }

    /// A page of what comes in rising order of its keys and after [`PageWish::after`].
    pub fn page<T>(&self, rising: impl Iterator<Item = (u32, T)>) -> Page<T> {
        let limit = self.limit();
        let mut rising = rising.peekable();
        let (mut items, mut last) = (Vec::new(), None);
        while items.len() < limit
            && let Some((key, item)) = rising.next()
        {
            items.push(item);
            last = Some(key);
        }
        let more = rising.peek().is_some();
        Page { items, next: last.filter(|_| more).map(|key| key.to_string()) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn pages_together_are_the_list(keys in prop::collection::btree_set(0u32..500, 0..60), limit in 1u32..20) {
            let mut wish = PageWish { cursor: None, limit: Some(limit) };
            let mut found = Vec::new();
            loop {
                let after = wish.after().unwrap();
                let rest = keys.iter().filter(|&&key| after.is_none_or(|after| key > after));
                let page = wish.page(rest.map(|&key| (key, key)));
                prop_assert!(page.items.len() <= limit as usize);
                found.extend(page.items);
                match page.next {
                    Some(next) => wish.cursor = Some(next),
                    None => break,
                }
            }
            prop_assert_eq!(found, keys.into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn limits_are_kept_and_bad_cursors_are_errors() {
        let of = |limit| PageWish { cursor: Some("x".to_owned()), limit };
        assert_eq!([of(None), of(Some(0)), of(Some(9_999))].map(|w| w.limit()), [200, 1, 1_000]);
        assert!(of(None).after().is_err());
    }
}
