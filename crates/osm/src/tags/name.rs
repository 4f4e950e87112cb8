//! Names in the local language, Chinese and English.

use precinct_roads::Name;

use crate::element::Tags;

/// The name the tags give: as signposted (else the road's number), in Chinese (whichever script is given) and in English.
pub(crate) fn name_of(tags: Tags<'_>) -> Name {
    let first = |keys: &[&str]| {
        let text = keys
            .iter()
            .find_map(|key| tags.get(key).map(str::trim).filter(|text| !text.is_empty()));
        text.unwrap_or_default().to_owned()
    };
    Name {
        local: first(&["name", "ref"]),
        zh: first(&[
            "name:zh",
            "name:zh-Hans",
            "name:zh-Hant",
            "name:zh-CN",
            "name:zh-TW",
            "name:zh-HK",
        ]),
        en: first(&["name:en", "int_name"]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_falls_back_to_other_scripts_and_to_the_number() {
        let name = |tags: &[(&str, &str)]| name_of(Tags(tags));
        let full = name(&[
            ("name", "荷蘭園大馬路"),
            ("name:zh-Hant", "荷蘭園大馬路"),
            ("name:en", "Avenue"),
            ("ref", "1"),
        ]);
        assert_eq!(
            (full.local.as_str(), full.zh.as_str(), full.en.as_str()),
            ("荷蘭園大馬路", "荷蘭園大馬路", "Avenue")
        );
        assert_eq!(name(&[("name", " "), ("ref", "G4")]), Name::local("G4"));
        assert_eq!(name(&[("name:zh", "一"), ("name:zh-Hans", "二")]).zh, "一");
        assert!(name(&[("highway", "service")]).is_empty());
    }
}
