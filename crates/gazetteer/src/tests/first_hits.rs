//! What the first answer to a query is.

use super::city::{ask, labels, mixed};
use crate::{Hit, How, Kind, Language, Query};

fn table(rows: &[(&str, &str)]) {
    let gazetteer = mixed();
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(text, expected)| {
            let hits = labels(&gazetteer, text);
            (hits.first().map(String::as_str) != Some(expected))
                .then(|| format!("{text}: {hits:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn of_crossings() {
    let (latin, han) = ("16th Street & Mission Street", "中山路与人民路");
    table(&[
        ("16th & Mission", latin),
        ("16th and mission", latin),
        ("mission/16th", "Mission Street & 16th Street"),
        ("16TH ST @ MISSION ST", latin),
        ("corner of 16th and Mission", latin),
        ("16 & mission", latin),
        ("16th & mi", latin),
        ("16th mission", latin),
        ("16th & misson", latin),
        ("16th ave & market", "16th Avenue & Market Street"),
        ("中山路与人民路", han),
        ("中山路與人民路", han),
        ("中山路/人民路", han),
        ("中山路人民路口", han),
        ("中山路人民路", han),
        ("zhongshanlu & renminlu", han),
        ("zsl/rml", han),
        ("almeida ribeiro e van ness", "新馬路 Avenida de Almeida Ribeiro & Van Ness Avenue"),
    ]);
}

#[test]
fn of_streets() {
    let (almeida, rodrigo) =
        ("新馬路 Avenida de Almeida Ribeiro", "羅理基博士大馬路 Avenida do Dr. Rodrigo Rodrigues");
    table(&[
        ("mission", "Mission Street"),
        ("Mission St", "Mission Street"),
        ("street mission", "Mission Street"),
        ("zsl", "中山路"),
        ("zhongshanlu", "中山路"),
        ("zhong shan lu", "中山路"),
        ("ZhongShan", "中山路"),
        ("zhongshan road", "中山路"),
        ("zhognshanlu", "中山路"),
        ("中山", "中山路"),
        ("山路", "中山路"),
        ("钟山路", "中山路"),
        ("chongqing changjiang", "重庆长江路"),
        ("zhongqing", "重庆长江路"),
        ("cqcjl", "重庆长江路"),
        ("chongqingzhangjiang", "重庆长江路"),
        ("almeida ribeiro", almeida),
        ("Avenida de Almeida Ribeiro", almeida),
        ("av. almeida ribeiro", almeida),
        ("ribeiro", almeida),
        ("riberio", almeida),
        ("新马路", almeida),
        ("xinmalu", almeida),
        ("新馬路 almeida", almeida),
        ("doutor rodrigo", rodrigo),
        ("罗理基", rodrigo),
        ("vanness", "Van Ness Avenue"),
        ("van nes", "Van Ness Avenue"),
        ("mision street", "Mission Street"),
        ("misison", "Mission Street"),
        ("lost lane", "Lost Lane"),
        ("R. Central", "Rua Central"),
        ("rua do central", "Rua Central"),
    ]);
}

#[test]
fn of_houses() {
    table(&[
        ("101 Market St", "101 Market Street"),
        ("101 Market", "101 Market Street"),
        ("market 101", "101 Market Street"),
        ("101a market street", "101A Market Street"),
        ("101 Maket", "101 Market Street"),
        ("102 market st", "101 Market Street"),
        ("9000 market st", "Market Street"),
        ("中山路8号", "中山路8号"),
        ("中山路8號", "中山路8号"),
        ("zhongshanlu 8", "中山路8号"),
        ("zsl 8", "中山路8号"),
        ("8 Rua Central", "8 Rua Central"),
        ("rua central, nº 8", "8 Rua Central"),
        ("龙嵩正街8号", "8 Rua Central"),
        ("7 lost ln", "7 Lost Lane"),
        ("500 16th", "500 16th Street"),
        ("ribeiro 20", "20 新馬路 Avenida de Almeida Ribeiro"),
    ]);
}

#[test]
fn of_posts_and_sites() {
    table(&[
        ("police mission", "Mission Police Station"),
        ("mission pol", "Mission Police Station"),
        ("公安", "人民路公安局"),
        ("gongan", "人民路公安局"),
        ("ga", "人民路公安局"),
        ("rmlga", "人民路公安局"),
        ("sao januario", "Hospital de São Januário"),
        ("st januarius", "Hospital de São Januário"),
        ("综合医院", "Hospital de São Januário"),
        ("market hall", "Market Hall"),
    ]);
}

fn first(query: Query<'_>) -> Hit {
    mixed().search(&query).into_iter().next().unwrap()
}

#[test]
fn ranks_say_why() {
    let gazetteer = mixed();
    for (text, how) in [
        ("mission", How::Exact),
        ("missi", How::Prefix),
        ("ribei", How::WordPrefix),
        ("zsl", How::Initials),
        ("misison", How::Mistaken),
    ] {
        assert_eq!(ask(&gazetteer, text)[0].rank.how, how, "{text}");
    }
    let near = ask(&gazetteer, "102 market st").remove(0);
    assert!(near.rank.number_unknown && near.kind() == Kind::Address);
}

#[test]
fn exact_goes_before_what_weighs_more_and_that_before_the_rest() {
    let hits = labels(&mixed(), "mission");
    assert_eq!(hits[..2], ["Mission Street", "Mission Police Station"]);
    let hits = labels(&mixed(), "m");
    assert_eq!(
        hits[..4],
        ["Mission Police Station", "Market Hall", "Market Street", "Mission Street"]
    );
}

#[test]
fn what_is_near_goes_first_among_equals() {
    let near =
        |x, y| first(Query { text: "16th", near: Some(super::city::at(x, y)), ..Query::default() });
    assert_eq!((near(-4, 3).label, near(5, 3).label), ("16th Street".into(), "16th Avenue".into()));
    let hit = near(0, 5);
    assert!(hit.at.distance(super::city::at(0, 5)).metres().0 <= 200, "the nearest part of it");
}

#[test]
fn labels_come_in_the_language_asked_for() {
    let label = |text, language| first(Query { text, language, ..Query::default() }).label;
    assert_eq!(label("zsl", Language::En), "Zhongshan Road");
    assert_eq!(label("Rua Central", Language::Zh), "龍嵩正街");
    assert_eq!(label("mission", Language::Zh), "Mission Street");
    assert_eq!(label("8 rua central", Language::Zh), "龍嵩正街8号");
    assert_eq!(label("zsl/rml", Language::En), "Zhongshan Road & Renmin Road");
}
