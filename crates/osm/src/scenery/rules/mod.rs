//! The tag rules: what an element looks like is a function of its tags alone.

mod ground;
mod labels;
mod lines;

use precinct_roads::Name;

use super::SceneryLayer;
use crate::element::Tags;
use crate::outlines::{Form, Subject};
use crate::tags::name_of;

/// What something is drawn as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) layer: SceneryLayer,
    pub(super) class: &'static str,
    pub(super) rank: u8,
}

/// Everything an element is drawn as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sight {
    pub(super) name: Name,
    /// If its outline is closed.
    pub(super) area: Option<Look>,
    pub(super) line: Option<Look>,
    /// At its place or in its middle.
    pub(super) label: Option<Look>,
    /// The level of the boundary it is.
    pub(super) level: Option<u8>,
    /// Whether it is coastline: land to its left, sea to its right.
    pub(super) coast: bool,
}

impl Subject for Sight {
    fn of(tags: Tags<'_>, form: Form) -> Option<Self> {
        if tags.is_empty() {
            return None;
        }
        let name = name_of(tags);
        let named = !name.is_empty();
        let label = labels::label(tags).filter(|_| named);
        let sight = match form {
            Form::Point => Self { label, ..Self::default() },
            Form::Area => Self {
                area: ground::area(tags),
                line: lines::line(tags),
                label,
                level: lines::level(tags),
                coast: tags.is("natural", "coastline"),
                ..Self::default()
            },
        };
        (sight != Self::default()).then_some(Self { name, ..sight })
    }

    fn name(&self) -> &Name {
        &self.name
    }
}

/// A row of a table of rules: of these values of a key, the class and rank.
type Rule = (&'static str, &'static [&'static str], &'static str, u8);

/// What the first rule that fits gives.
fn look(layer: SceneryLayer, rules: &[Rule], tags: Tags<'_>) -> Option<Look> {
    let fits = |rule: &&Rule| tags.get(rule.0).is_some_and(|value| rule.1.contains(&value));
    rules.iter().find(fits).map(|&(_, _, class, rank)| Look { layer, class, rank })
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn sight(form: Form, tags: &[(&str, &str)]) -> Sight {
        Sight::of(Tags(tags), form).unwrap_or_default()
    }

    /// The layer, class and rank of what a way with these tags is drawn as.
    pub(super) fn told(look: Option<Look>) -> Option<(&'static str, &'static str, u8)> {
        look.map(|look| (look.layer.name(), look.class, look.rank))
    }

    #[test]
    fn an_element_may_be_several_things() {
        let school = &[("building", "school"), ("amenity", "school"), ("name", "培正中學")];
        let sight = sight(Form::Area, school);
        assert_eq!(told(sight.area), Some(("building", "building", 5)));
        assert_eq!(told(sight.label), Some(("poi", "school", 2)));
        assert_eq!((sight.line, sight.name.local.as_str()), (None, "培正中學"));
    }

    #[test]
    fn what_is_not_drawn_is_nothing() {
        assert_eq!(Sight::of(Tags(&[]), Form::Area), None);
        assert_eq!(Sight::of(Tags(&[("highway", "primary"), ("name", "Rua")]), Form::Area), None);
        assert_eq!(Sight::of(Tags(&[("amenity", "school")]), Form::Point), None);
        assert_eq!(Sight::of(Tags(&[("building", "yes")]), Form::Point), None);
    }
}
