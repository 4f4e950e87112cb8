//! Street names in the local language, Chinese and English, each distinct triple stored once.

use std::collections::BTreeMap;

use precinct_base::NameId;

/// A name in several languages; an empty text is "not known".
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// As signposted where it is.
    pub local: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Name {
    /// A name known only as signposted.
    pub fn local(text: impl Into<String>) -> Self {
        Self { local: text.into(), ..Self::default() }
    }

    /// Whether it is known in no language.
    pub fn is_empty(&self) -> bool {
        self.local.is_empty() && self.zh.is_empty() && self.en.is_empty()
    }
}

/// The distinct names of a road map. Id 0 is always "no name".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    all: Vec<Name>,
    ids: BTreeMap<Name, NameId>,
}

impl Default for Names {
    fn default() -> Self {
        let none = Name::default();
        Self { all: vec![none.clone()], ids: BTreeMap::from([(none, NameId(0))]) }
    }
}

impl Names {
    /// The id of `name`, which is added if it is new.
    pub fn add(&mut self, name: Name) -> NameId {
        if let Some(&id) = self.ids.get(&name) {
            return id;
        }
        let id = NameId(self.all.len() as u32);
        self.all.push(name.clone());
        self.ids.insert(name, id);
        id
    }

    /// The name with that id; no name if there is none.
    pub fn get(&self, id: NameId) -> &Name {
        self.all.get(id.index()).unwrap_or(&self.all[0])
    }

    /// Every name in the order of ids.
    pub fn all(&self) -> &[Name] {
        &self.all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_once() {
        let mut names = Names::default();
        assert_eq!(names.add(Name::default()), NameId(0));
        let id = names.add(Name::local("Rua do Campo"));
        assert_eq!(names.add(Name::local("Rua do Campo")), id);
        assert_eq!(names.get(id).local, "Rua do Campo");
        assert!(names.get(NameId(9)).is_empty());
    }
}
