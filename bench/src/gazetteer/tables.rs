//! Queries people would type in these cities, and the first answer each must have.

use precinct_gazetteer::{Gazetteer, Query};

/// Query and first label.
pub(super) type Row = (&'static str, &'static str);

/// Real crossings, houses, posts and streets of San Francisco.
pub(super) const SAN_FRANCISCO: &[Row] = &[
    ("16th & Mission", "16th Street & Mission Street"),
    ("16th and mission", "16th Street & Mission Street"),
    ("mission/16th", "Mission Street & 16th Street"),
    ("16TH ST @ MISSION ST", "16th Street & Mission Street"),
    ("corner of 16th and Mission", "16th Street & Mission Street"),
    ("16 & mission", "16th Street & Mission Street"),
    ("16th & misson", "16th Street & Mission Street"),
    ("geary and van ness", "Geary Boulevard & Van Ness Avenue"),
    ("haight & ashbury", "Haight Street & Ashbury Street"),
    ("market/castro", "Market Street & Castro Street"),
    ("101 Market St", "101 Market Street"),
    ("101 Market", "101 Market Street"),
    ("market st 101", "101 Market Street"),
    ("101 Markte St", "101 Market Street"),
    ("mission st", "Mission Street"),
    ("misson st", "Mission Street"),
    ("ofarrell", "Ofarrell Street"),
    ("o'farrell st", "Ofarrell Street"),
    ("vanness", "Van Ness Avenue"),
    ("3rd st", "3rd Street"),
    ("third street", "3rd Street"),
    ("19th ave", "19th Avenue"),
    ("tenderloin", "TENDERLOIN"),
    ("tenderloin police", "Tenderloin Police Station"),
    ("police mission", "Mission Police Station"),
    ("taraval station", "Taraval Police Station"),
    ("embarcadero", "The Embarcadero"),
];

/// Chinese and Portuguese streets of Macau.
pub(super) const MACAU: &[Row] = &[
    ("almeida ribeiro", "亞美打利庇盧大馬路 (新馬路) Avenida de Almeida Ribeiro"),
    ("av. almeida ribeiro", "亞美打利庇盧大馬路 (新馬路) Avenida de Almeida Ribeiro"),
    ("新马路", "亞美打利庇盧大馬路 (新馬路) Avenida de Almeida Ribeiro"),
    ("rua central", "龍嵩正街 Rua da Central"),
    ("龙嵩正街", "龍嵩正街 Rua da Central"),
    ("俾利喇街", "俾利喇街 Rua de Francisco Xavier Pereira"),
    ("友谊大马路", "友誼大馬路 Avenida da Amizade"),
    ("友誼大馬路", "友誼大馬路 Avenida da Amizade"),
    ("youyi damalu", "友誼大馬路 Avenida da Amizade"),
    ("yydml", "友誼大馬路 Avenida da Amizade"),
    ("av amizade", "友誼大馬路 Avenida da Amizade"),
    ("sunyixian", "孫逸仙大馬路 Avenida Dr. Sun Yat-Sen"),
    ("sun yat sen", "孫逸仙大馬路 Avenida Dr. Sun Yat-Sen"),
    ("praca de luis de camoes", "白鴿巢前地 Praça de Luís de Camões"),
    ("Praça de Luís de Camões", "白鴿巢前地 Praça de Luís de Camões"),
    ("白鸽巢前地", "白鴿巢前地 Praça de Luís de Camões"),
    ("rua dos acores", "亞速爾街 Rua dos Açores"),
    ("何鸿燊", "何鴻燊博士大馬路 Avenida Doutor Stanley Ho"),
    ("stanley ho", "何鴻燊博士大馬路 Avenida Doutor Stanley Ho"),
    ("氹仔警司处", "氹仔警司處 Comissariado da Taipa"),
    ("mercado de iao hon", "市場街 Rua do Mercado de Iao Hon"),
];

/// # Panics
/// If a first answer is another one.
pub(super) fn hold(city: &str, gazetteer: &Gazetteer, table: &[Row]) {
    let mut wrong = Vec::new();
    for (text, expected) in table {
        let hits = gazetteer.search(&Query { text, ..Query::default() });
        if hits.first().is_none_or(|hit| hit.label != *expected) {
            let labels: Vec<&str> = hits.iter().map(|hit| hit.label.as_str()).collect();
            wrong.push(format!("{text}: {labels:?}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{city}:\n{}", wrong.join("\n"));
}
