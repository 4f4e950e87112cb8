//! Chinese in Latin letters: every reading of every character (pinyin without tones), by the `pinyin` crate (MIT).

use pinyin::ToPinyinMulti as _;
use precinct_base::caps;

use super::Han;

/// The readings of a character, the usual one first; `ü` is written both `u` and `v`, as people type it. Nothing for a character
/// without a known reading.
pub(crate) fn readings(han: Han) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for c in [han.written, han.plain] {
        for reading in c.to_pinyin_multi().into_iter().flatten() {
            for typed in typed(reading.plain()) {
                if !all.contains(&typed) {
                    all.push(typed);
                }
            }
        }
    }
    all
}

fn typed(reading: &str) -> Vec<String> {
    let with = |u: char| reading.chars().map(|c| if c == 'ü' { u } else { plain(c) }).collect();
    if reading.contains('ü') { vec![with('u'), with('v')] } else { vec![with('u')] }
}

const fn plain(c: char) -> char {
    match c {
        'ê' => 'e',
        _ => c,
    }
}

/// How the characters are usually read, in one word.
pub(crate) fn usual_sound(plain: &str) -> String {
    let first = |c| readings(Han { plain: c, written: c }).into_iter().next();
    plain.chars().filter_map(first).collect()
}

/// The ways in which `readings`, one list a character, can be written one after the other: at most [`caps::SPELLINGS`], those with
/// the fewest unusual readings.
pub(super) fn spellings(readings: &[Vec<String>]) -> Vec<String> {
    let mut texts = Vec::new();
    let most = with_choice(readings);
    for unusual in 0..=most {
        write(readings, unusual, &mut String::new(), &mut texts);
    }
    texts
}

/// How many characters have more than one reading.
fn with_choice(readings: &[Vec<String>]) -> usize {
    readings.iter().filter(|list| list.len() > 1).count()
}

/// Adds to `texts` what begins with `text` and goes on with `readings`, of which exactly so many are `unusual`.
fn write(readings: &[Vec<String>], unusual: usize, text: &mut String, texts: &mut Vec<String>) {
    if texts.len() >= caps::SPELLINGS || with_choice(readings) < unusual {
        return;
    }
    let Some((list, rest)) = readings.split_first() else {
        texts.push(text.clone());
        return;
    };
    let length = text.len();
    let usual = list.first().map_or("", String::as_str);
    text.push_str(usual);
    write(rest, unusual, text, texts);
    text.truncate(length);
    for other in list.iter().skip(1).take_while(|_| unusual > 0) {
        text.push_str(other);
        write(rest, unusual - 1, text, texts);
        text.truncate(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Vec<String>> {
        text.chars().map(|c| readings(Han { plain: c, written: c })).collect()
    }

    #[test]
    fn every_reading_is_there() {
        let texts = spellings(&of("重庆"));
        assert!(texts.contains(&"chongqing".to_owned()) && texts.contains(&"zhongqing".to_owned()));
        let both = spellings(&of("长"));
        assert!(both.contains(&"chang".to_owned()) && both.contains(&"zhang".to_owned()));
        assert!(spellings(&of("绿")).contains(&"lv".to_owned()));
        assert!(spellings(&of("绿")).contains(&"lu".to_owned()));
    }

    #[test]
    fn of_many_spellings_the_most_usual_are_kept() {
        let list = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let readings = vec![list(&["a", "b"]), list(&[]), list(&["c", "d", "e"])];
        assert_eq!(spellings(&readings), ["ac", "ad", "ae", "bc", "bd", "be"]);
        let many = vec![list(&["a", "b", "c"]); 12];
        let texts = spellings(&many);
        assert_eq!(
            (texts.len(), texts[0].as_str(), texts[23].as_str()),
            (caps::SPELLINGS, "aaaaaaaaaaaa", "baaaaaaaaaaa")
        );
    }

    #[test]
    fn a_sound_without_tones() {
        assert_eq!(usual_sound("中山路"), "zhongshanlu");
        assert_eq!(usual_sound(""), "");
    }
}
