//! What every format comes down to: nodes, ways and relations, shown one by one to a pass over the file.

use precinct_base::{Bounds, LonLat};

use crate::budget::Overdrawn;

/// The tags of one element.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tags<'a>(pub(crate) &'a [(&'a str, &'a str)]);

impl<'a> Tags<'a> {
    /// The value of `key`; the first if it is given twice.
    pub(crate) fn get(&self, key: &str) -> Option<&'a str> {
        self.0.iter().find(|(k, _)| *k == key).map(|&(_, value)| value)
    }

    /// Whether `key` has this value.
    pub(crate) fn is(&self, key: &str, value: &str) -> bool {
        self.get(key) == Some(value)
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A node.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node<'a> {
    pub(crate) id: i64,
    pub(crate) at: LonLat,
    pub(crate) tags: Tags<'a>,
}

/// A way and the nodes it goes through.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way<'a> {
    pub(crate) id: i64,
    pub(crate) refs: &'a [i64],
    pub(crate) tags: Tags<'a>,
}

/// A way that is a member of a relation, with its role. Other members are not shown.
pub(crate) type MemberWay<'a> = (i64, &'a str);

/// A relation and its member ways.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Relation<'a> {
    pub(crate) id: i64,
    pub(crate) ways: &'a [MemberWay<'a>],
    pub(crate) tags: Tags<'a>,
}

/// Which kinds of element a pass wants, or a block holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kinds(u8);

impl Kinds {
    pub(crate) const NODES: Self = Self(1);
    pub(crate) const WAYS: Self = Self(2);
    pub(crate) const RELATIONS: Self = Self(4);

    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// One reading of a file from start to end. Blocks may be shown to it at the same time, each with a part of its own; the parts
/// are absorbed in the order of the file.
pub(crate) trait Pass: Sync {
    /// What one block yields.
    type Part: Default + Send;

    /// What it wants to see.
    fn wants(&self) -> Kinds;
    /// Sees a node.
    fn node(&self, _part: &mut Self::Part, _node: &Node<'_>) -> Result<(), Overdrawn> {
        Ok(())
    }
    /// Sees a way.
    fn way(&self, _part: &mut Self::Part, _way: &Way<'_>) -> Result<(), Overdrawn> {
        Ok(())
    }
    /// Sees a relation.
    fn relation(&self, _part: &mut Self::Part, _relation: &Relation<'_>) -> Result<(), Overdrawn> {
        Ok(())
    }
    /// Takes in what a block yielded.
    fn absorb(&mut self, part: Self::Part) -> Result<(), Overdrawn>;
    /// Hears the bounds the file declares.
    fn bounds(&mut self, _bounds: Bounds) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_value_of_a_key_counts() {
        let tags = Tags(&[("a", "1"), ("b", "2"), ("a", "3")]);
        assert_eq!((tags.get("a"), tags.get("c")), (Some("1"), None));
        assert!(tags.is("b", "2") && !tags.is("c", "2") && !tags.is_empty());
        assert!(
            Kinds::NODES.and(Kinds::WAYS).meets(Kinds::WAYS) && !Kinds::NODES.meets(Kinds::WAYS)
        );
    }
}
