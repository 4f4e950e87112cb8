//! Speed limits of national law, for roads that are tagged with a zone instead of a number, such as `CN:urban`.
//!
//! Sources: China, *Regulation on the Implementation of the Road Traffic Safety Law*, articles 45 and 78 (one lane each way);
//! other countries, the table of the OpenStreetMap wiki page *Default speed limits*. A calibrated city overrides them.

/// Country, and km/h in towns, outside them and on motorways; 0 is "no limit by law".
const COUNTRIES: [(&str, [u32; 3]); 32] = [
    ("AR", [40, 110, 130]),
    ("AT", [50, 100, 130]),
    ("AU", [50, 100, 110]),
    ("BE", [50, 90, 120]),
    ("BR", [50, 100, 110]),
    ("CH", [50, 80, 120]),
    ("CN", [50, 70, 120]),
    ("CZ", [50, 90, 130]),
    ("DE", [50, 100, 0]),
    ("DK", [50, 80, 130]),
    ("ES", [50, 90, 120]),
    ("FI", [50, 80, 120]),
    ("FR", [50, 80, 130]),
    ("GB", [48, 97, 113]),
    ("GR", [50, 90, 130]),
    ("HK", [50, 50, 100]),
    ("HU", [50, 90, 130]),
    ("IE", [50, 80, 120]),
    ("IT", [50, 90, 130]),
    ("JP", [60, 60, 100]),
    ("KR", [50, 80, 100]),
    ("MO", [60, 60, 80]),
    ("NL", [50, 80, 130]),
    ("NO", [50, 80, 110]),
    ("PL", [50, 90, 140]),
    ("PT", [50, 90, 120]),
    ("RO", [50, 90, 130]),
    ("RU", [60, 90, 110]),
    ("SE", [50, 70, 110]),
    ("TR", [50, 90, 120]),
    ("TW", [50, 60, 110]),
    ("UA", [50, 90, 130]),
];
/// Living streets, where they are not given a number: walking pace in most laws. km/h.
const LIVING_STREET: u32 = 10;

/// The limit of a zone such as `CN:urban`, `DE:zone:30`, `FR:zone30`, `DE:30` or `GB:nsl_single`; `None` if it is not known.
pub(super) fn limit(value: &str) -> Option<u32> {
    let Some((country, zone)) = value.split_once(':') else {
        return value.bytes().all(|byte| byte.is_ascii_digit()).then(|| value.parse().ok())?;
    };
    if country.len() != 2 {
        return None;
    }
    let law = || COUNTRIES.iter().find(|(code, _)| *code == country).map(|&(_, law)| law);
    let kmh = match zone {
        "urban" | "nsl_restricted" => law()?[0],
        "rural" | "nsl_single" => law()?[1],
        "motorway" | "nsl_dual" => law()?[2],
        "living_street" | "walk" | "pedestrian_zone" => LIVING_STREET,
        "bicycle_road" => 30,
        _ => {
            let number = zone.trim_start_matches("zone").trim_start_matches(':');
            number.parse().ok().filter(|_| number.bytes().all(|byte| byte.is_ascii_digit()))?
        }
    };
    (kmh > 0).then_some(kmh)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_have_the_limit_of_their_law() {
        let cases = [
            ("CN:urban", Some(50)),
            ("CN:motorway", Some(120)),
            ("DE:rural", Some(100)),
            ("DE:motorway", None),
            ("DE:zone:30", Some(30)),
            ("DE:zone30", Some(30)),
            ("DE:30", Some(30)),
            ("30", Some(30)),
            ("GB:nsl_dual", Some(113)),
            ("RU:living_street", Some(10)),
            ("ZZ:urban", None),
            ("CN:moon", None),
            ("CN:zone:+30", None),
            ("sign", None),
            ("a:b:c", None),
            ("", None),
        ];
        for (zone, kmh) in cases {
            assert_eq!(limit(zone), kmh, "{zone}");
        }
    }

    #[test]
    fn countries_are_in_order() {
        assert!(COUNTRIES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
}
