//! Words that are shortened, left out, or say what kind of street it is, in English, Portuguese and Chinese.

/// A short form and what it stands for; some stand for several.
const SHORT: &[(&str, &str)] = &[
    ("st", "street"),
    ("st", "saint"),
    ("ave", "avenue"),
    ("av", "avenue"),
    ("av", "avenida"),
    ("avda", "avenida"),
    ("blvd", "boulevard"),
    ("bl", "boulevard"),
    ("rd", "road"),
    ("dr", "drive"),
    ("dr", "doutor"),
    ("ln", "lane"),
    ("ct", "court"),
    ("pl", "place"),
    ("plz", "plaza"),
    ("ter", "terrace"),
    ("terr", "terrace"),
    ("hwy", "highway"),
    ("pkwy", "parkway"),
    ("cir", "circle"),
    ("aly", "alley"),
    ("xing", "crossing"),
    ("tunl", "tunnel"),
    ("stwy", "stairway"),
    ("sq", "square"),
    ("fwy", "freeway"),
    ("expy", "expressway"),
    ("psge", "passage"),
    ("hl", "hill"),
    ("brg", "bridge"),
    ("cres", "crescent"),
    ("gdns", "gardens"),
    ("wy", "way"),
    ("mt", "mount"),
    ("ft", "fort"),
    ("jr", "junior"),
    ("n", "north"),
    ("s", "south"),
    ("e", "east"),
    ("w", "west"),
    ("s", "sao"),
    ("sto", "santo"),
    ("sta", "santa"),
    ("r", "rua"),
    ("trv", "travessa"),
    ("tv", "travessa"),
    ("trav", "travessa"),
    ("pc", "praca"),
    ("pca", "praca"),
    ("est", "estrada"),
    ("estr", "estrada"),
    ("lg", "largo"),
    ("lgo", "largo"),
    ("bc", "beco"),
    ("calc", "calcada"),
    ("al", "alameda"),
    ("rot", "rotunda"),
    ("dra", "doutora"),
    ("eng", "engenheiro"),
    ("gen", "general"),
    ("alm", "almirante"),
    ("cel", "coronel"),
    ("cap", "capitao"),
    ("com", "comendador"),
    ("gov", "governador"),
    ("pe", "padre"),
    ("prof", "professor"),
    ("pres", "presidente"),
    ("hosp", "hospital"),
    ("univ", "university"),
    ("stn", "station"),
    ("ctr", "center"),
    ("sch", "school"),
];

/// Kinds of street as English names end with them.
const LAST: &[&str] = &[
    "street",
    "avenue",
    "boulevard",
    "road",
    "drive",
    "lane",
    "court",
    "place",
    "plaza",
    "terrace",
    "highway",
    "parkway",
    "circle",
    "alley",
    "tunnel",
    "stairway",
    "square",
    "freeway",
    "expressway",
    "way",
    "crescent",
    "row",
    "walk",
    "path",
    "loop",
    "passage",
];

/// Kinds of street as Portuguese names begin with them.
const FIRST: &[&str] = &[
    "rua", "avenida", "travessa", "praca", "praceta", "estrada", "largo", "beco", "calcada",
    "alameda", "patio", "rotunda", "caminho", "viaduto",
];

/// Kinds of street as Chinese names end with them, in simplified characters, the longest first.
const HAN_LAST: &[&str] = &[
    "高速公路",
    "圆形地",
    "大马路",
    "大道",
    "马路",
    "公路",
    "前地",
    "斜巷",
    "斜路",
    "胡同",
    "路",
    "街",
    "道",
    "巷",
    "里",
    "弄",
    "围",
    "径",
];

/// Words that are often left out.
const SMALL: &[&str] = &["de", "da", "do", "dos", "das", "d", "of", "the"];

const DIRECTIONS: &[&str] = &["north", "south", "east", "west"];

const ORDINALS: &[(&str, &str)] = &[
    ("1st", "first"),
    ("2nd", "second"),
    ("3rd", "third"),
    ("4th", "fourth"),
    ("5th", "fifth"),
    ("6th", "sixth"),
    ("7th", "seventh"),
    ("8th", "eighth"),
    ("9th", "ninth"),
    ("10th", "tenth"),
    ("11th", "eleventh"),
    ("12th", "twelfth"),
];

/// Characters that stand between two Chinese street names.
pub(crate) const HAN_JOINERS: &[char] = &['与', '和', '及', '跟', '交'];

/// What a word of a query may mean besides itself: `st` is street or saint, `16` is 16th.
pub(crate) fn meanings(word: &str) -> Vec<String> {
    let long = SHORT.iter().filter(|(short, _)| *short == word);
    let mut all: Vec<String> = long.map(|(_, long)| (*long).to_owned()).collect();
    if !word.is_empty() && word.len() <= 4 && word.bytes().all(|b| b.is_ascii_digit()) {
        all.push(format!("{word}{}", ordinal_ending(word)));
    }
    all
}

fn ordinal_ending(digits: &str) -> &'static str {
    let mut last = digits.bytes().rev();
    match (last.next(), last.next()) {
        (_, Some(b'1')) => "th",
        (Some(b'1'), _) => "st",
        (Some(b'2'), _) => "nd",
        (Some(b'3'), _) => "rd",
        _ => "th",
    }
}

/// The full words a word of a name stands for. At the end of a name `st` is a street; before that it may be a saint.
pub(super) fn in_full(word: &str, last: bool) -> Vec<String> {
    let long = SHORT.iter().filter(|(short, _)| *short == word).map(|(_, long)| *long);
    let kind = |long: &&str| LAST.contains(long) || DIRECTIONS.contains(long);
    let (kinds, others): (Vec<&str>, Vec<&str>) = long.partition(kind);
    let mut all: Vec<&str> = if last && !kinds.is_empty() {
        kinds
    } else {
        std::iter::once(word).chain(others).chain(kinds).collect()
    };
    for (number, name) in ORDINALS {
        if word == *number {
            all.push(name);
        } else if word == *name {
            all.push(number);
        }
    }
    all.into_iter().map(str::to_owned).collect()
}

/// The one full word by which streets are told apart: `ST` and `Street` are the same street.
pub(super) fn plainest(word: &str, last: bool) -> String {
    let mut all = in_full(word, last);
    let digits = all.iter().position(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    // Before the end of a name a short form comes first, and then what it most likely stands for.
    let likely = usize::from(!last && all.len() > 1);
    all.swap_remove(digits.unwrap_or(likely))
}

/// Which words of a name are its own: neither the kind of street nor small words. All, if nothing else is left.
pub(super) fn own(words: &[String]) -> Vec<bool> {
    let full: Vec<Vec<String>> =
        words.iter().enumerate().map(|(i, word)| in_full(word, i + 1 == words.len())).collect();
    let is = |i: usize, list: &[&str]| full[i].iter().any(|word| list.contains(&word.as_str()));
    let kind = kind_at(words.len(), &is);
    let own: Vec<bool> =
        (0..words.len()).map(|i| Some(i) != kind && !SMALL.contains(&words[i].as_str())).collect();
    if own.contains(&true) { own } else { vec![true; words.len()] }
}

fn kind_at(count: usize, is: &impl Fn(usize, &[&str]) -> bool) -> Option<usize> {
    let last = count.checked_sub(1)?;
    if is(0, FIRST) {
        return Some(0);
    }
    if is(last, LAST) {
        return Some(last);
    }
    let before = last.checked_sub(1)?;
    if is(last, DIRECTIONS) && is(before, LAST) {
        return Some(before);
    }
    is(0, LAST).then_some(0)
}

/// Whether a word of a query says what kind of street is meant.
pub(crate) fn is_type(word: &str) -> bool {
    let known = |word: &str| LAST.contains(&word) || FIRST.contains(&word);
    known(word) || SHORT.iter().any(|(short, long)| *short == word && known(long))
}

/// How many characters of a Chinese name come before the kind of street; all if it has none or is nothing else.
pub(super) fn han_own(plain: &str) -> usize {
    let kind = HAN_LAST.iter().find(|kind| plain.len() > kind.len() && plain.ends_with(**kind));
    plain.chars().count() - kind.map_or(0, |kind| kind.chars().count())
}

/// Whether Chinese text up to here can be a whole street name.
pub(crate) fn ends_street(plain: &str) -> bool {
    HAN_LAST.iter().any(|kind| plain.len() > kind.len() && plain.ends_with(*kind))
}

/// Whether a word only says that a crossing is meant.
pub(crate) fn leads_to_crossing(word: &str) -> bool {
    ["corner", "cnr", "intersection", "junction", "crossing", "esquina", "cruzamento"]
        .contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own_of(text: &str) -> String {
        let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        let own = own(&words);
        words
            .iter()
            .zip(own)
            .filter(|(_, own)| *own)
            .map(|(word, _)| word.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn a_name_is_what_is_left_without_its_kind() {
        for (text, own) in [
            ("mission st", "mission"),
            ("avenida de almeida ribeiro", "almeida ribeiro"),
            ("25th ave north", "25th north"),
            ("avenue b", "b"),
            ("avenue of the palms", "palms"),
            ("court street", "court"),
            ("the embarcadero", "embarcadero"),
            ("street", "street"),
            ("st francis blvd", "st francis"),
        ] {
            assert_eq!(own_of(text), own, "{text}");
        }
        assert_eq!(
            (han_own("中山路"), han_own("荷兰园大马路"), han_own("路"), han_own("大马路")),
            (2, 3, 1, 1)
        );
    }

    #[test]
    fn short_and_long_lead_to_each_other() {
        assert_eq!(in_full("st", true), ["street"]);
        assert_eq!(in_full("st", false), ["st", "saint", "street"]);
        let plain = |word| plainest(word, false);
        assert_eq!(
            ["first", "st", "av", "r", "mission"].map(plain),
            ["1st", "saint", "avenida", "rua", "mission"]
        );
        assert_eq!(
            (meanings("16"), meanings("112"), meanings("3")),
            (vec!["16th".into()], vec!["112th".into()], vec!["3rd".into()])
        );
        assert_eq!(meanings("st"), ["street", "saint"]);
        assert!(is_type("blvd") && is_type("rua") && !is_type("mission"));
    }
}
