//! One node, way or relation put together from its XML.

use std::borrow::Cow;

use precinct_base::LonLat;
use precinct_base::caps::{OSM_TAG_BYTES, OSM_WAY_NODES};
use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;

use super::Stop;
use crate::element::{Kinds, Node, Pass, Relation, Tags, Way};

/// Tags of one element and members of one relation.
const LIST: usize = 1 << 16;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Other,
    Node,
    Way,
    Relation,
}

/// The element being read; its lists are kept from one to the next.
#[derive(Debug, Default)]
pub(crate) struct Building {
    kind: Kind,
    id: i64,
    at: Option<LonLat>,
    refs: Vec<i64>,
    text: String,
    /// Where in `text` a key starts, its value starts and ends.
    tags: Vec<[usize; 3]>,
    /// Member ways: where in `text` the role starts and ends.
    members: Vec<(i64, [usize; 2])>,
}

impl Building {
    /// Begins the element that `tag` opens.
    pub(crate) fn begin(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<(), Stop> {
        self.kind = match name {
            "node" => Kind::Node,
            "way" => Kind::Way,
            "relation" => Kind::Relation,
            _ => Kind::Other,
        };
        let deleted = attribute(tag, "visible")?.is_some_and(|visible| visible == "false")
            || attribute(tag, "action")?.is_some_and(|action| action == "delete");
        if deleted {
            self.kind = Kind::Other;
        }
        if self.kind == Kind::Other {
            return Ok(());
        }
        self.id = number(tag, "id")?;
        self.at = if self.kind == Kind::Node { Some(place(tag, self.id)?) } else { None };
        self.refs.clear();
        self.text.clear();
        self.tags.clear();
        self.members.clear();
        Ok(())
    }

    /// Adds what a child element says.
    pub(crate) fn add(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<(), Stop> {
        match (self.kind, name) {
            (Kind::Other, _) => Ok(()),
            (_, "tag") => self.add_tag(tag),
            (Kind::Way, "nd") => {
                room(self.refs.len(), OSM_WAY_NODES, "nodes of one way")?;
                self.refs.push(number(tag, "ref")?);
                Ok(())
            }
            (Kind::Relation, "member") if attribute(tag, "type")?.as_deref() == Some("way") => {
                room(self.members.len(), LIST, "members of one relation")?;
                let (start, way) = (self.text.len(), number(tag, "ref")?);
                self.text.push_str(&attribute(tag, "role")?.unwrap_or_default());
                self.members.push((way, [start, self.text.len()]));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn add_tag(&mut self, tag: &BytesStart<'_>) -> Result<(), Stop> {
        room(self.tags.len(), LIST, "tags of one element")?;
        let (key, value) = (required(tag, "k")?, required(tag, "v")?);
        if key.len().max(value.len()) > OSM_TAG_BYTES {
            return Err(Stop::Fault(format!("a tag is longer than {OSM_TAG_BYTES} bytes")));
        }
        let start = self.text.len();
        self.text.push_str(&key);
        let middle = self.text.len();
        self.text.push_str(&value);
        self.tags.push([start, middle, self.text.len()]);
        Ok(())
    }

    /// Shows the finished element to the pass, if it wants its kind; whether it was shown.
    pub(crate) fn finish<P: Pass>(&mut self, pass: &P, part: &mut P::Part) -> Result<bool, Stop> {
        let kind = match std::mem::take(&mut self.kind) {
            Kind::Other => return Ok(false),
            Kind::Node => Kinds::NODES,
            Kind::Way => Kinds::WAYS,
            Kind::Relation => Kinds::RELATIONS,
        };
        if !pass.wants().meets(kind) {
            return Ok(false);
        }
        let text = |from: usize, to: usize| &self.text[from..to];
        let pairs: Vec<_> = self
            .tags
            .iter()
            .map(|&[key, value, end]| (text(key, value), text(value, end)))
            .collect();
        let tags = Tags(&pairs);
        if let Some(at) = self.at {
            pass.node(part, &Node { id: self.id, at, tags })?;
        } else if kind == Kinds::WAYS {
            pass.way(part, &Way { id: self.id, refs: &self.refs, tags })?;
        } else {
            let ways: Vec<_> =
                self.members.iter().map(|&(way, [from, to])| (way, text(from, to))).collect();
            pass.relation(part, &Relation { id: self.id, ways: &ways, tags })?;
        }
        Ok(true)
    }
}

fn room(have: usize, limit: usize, what: &str) -> Result<(), Stop> {
    if have < limit {
        Ok(())
    } else {
        Err(Stop::Fault(format!("more {what} than the {limit} allowed")))
    }
}

/// The value of an attribute, if it is there.
pub(crate) fn attribute<'a>(
    tag: &'a BytesStart<'_>,
    name: &str,
) -> Result<Option<Cow<'a, str>>, Stop> {
    // Without the check for twins, which takes time in the square of their number; the first counts.
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(quick_xml::Error::from)?;
        let key: &str = attribute.key.as_ref();
        if key == name {
            return Ok(Some(attribute.normalized_value(XmlVersion::Implicit1_0)?));
        }
    }
    Ok(None)
}

fn required<'a>(tag: &'a BytesStart<'_>, name: &str) -> Result<Cow<'a, str>, Stop> {
    attribute(tag, name)?.ok_or_else(|| {
        let element = tag.name();
        let element: &str = element.as_ref();
        Stop::Fault(format!("<{element}> has no attribute {name}"))
    })
}

fn number(tag: &BytesStart<'_>, name: &str) -> Result<i64, Stop> {
    let text = required(tag, name)?;
    text.parse().map_err(|_| {
        let text: String = text.chars().take(32).collect();
        Stop::Fault(format!("{name}={text:?} is not a whole number"))
    })
}

fn place(tag: &BytesStart<'_>, id: i64) -> Result<LonLat, Stop> {
    let (lon, lat) = (required(tag, "lon")?, required(tag, "lat")?);
    format!("{lon},{lat}").parse().map_err(|error| Stop::Fault(format!("node {id}: {error}")))
}
