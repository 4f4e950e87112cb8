//! A plan as a map: streets by minutes from the nearest post, posts that stay as they are, new ones numbered.

use std::collections::BTreeMap;

use precinct_base::{LonLat, Millis};
use precinct_city::PostKind;
use precinct_roads::Snap;
use precinct_siting::Origin;

use super::super::posts::Told;
use crate::commands::coverage::level_shown;
use crate::coverage::{Coverage, Question};
use crate::map::{Area, Band, BlindPlace, Legend, Picture, Street, Theme, worth_showing};
use crate::text::fitting;
use crate::text::numbers::{Minutes, Share, Thousandths, grouped};
use crate::text::words::{Lang, Words};

/// More areas than this are not outlined.
const MOST_AREAS: usize = 120;
/// New posts that are numbered.
const NUMBERED: usize = 12;

/// Draws the city with posts at these candidates.
pub(in crate::commands::plan) fn picture(
    told: &Told<'_>,
    lang: Lang,
    theme: Theme,
    chosen: &[u32],
) -> String {
    let thresholds: Vec<Millis> = told.change.within.iter().map(|one| one.0).collect();
    let starts: Vec<Snap> = chosen.iter().map(|&one| told.spots[one as usize].snap).collect();
    let question =
        Question { posts: &starts, thresholds: &thresholds, rules: told.rules, worst: 0 };
    let coverage = Coverage::measure(told.network, told.city, &question);
    let map = told.network.map();
    let street = |piece: &crate::coverage::Piece| Street {
        shape: map.trace(&piece.stretch),
        class: map.segment(piece.stretch.segment).class,
        band: piece.band,
    };
    let streets: Vec<Street> = coverage.pieces.iter().map(street).collect();
    let posts: Vec<(PostKind, LonLat)> =
        chosen.iter().map(|&one| (kind(told, one), told.spots[one as usize].at)).collect();
    let everywhere = streets.iter().flat_map(|street| street.shape.iter().copied());
    let Some(ground) = worth_showing(everywhere.chain(posts.iter().map(|post| post.1))) else {
        return String::new();
    };
    let city = lang.name(&told.city.name).unwrap_or_default();
    let words = Words { blind_worst: lang.plan_words().new_posts, ..*lang.words() };
    let last = thresholds.len() - 1;
    let share = coverage.total.demand_share(last).unwrap_or_default();
    let within = lang.within(&Minutes(thresholds[last]).number());
    Picture {
        words: &words,
        theme,
        title: lang.map_title(city),
        subtitle: format!("{within} {} · {}", share.percent(), lang.posts(chosen.len())),
        ground,
        streets,
        areas: areas(told, lang),
        posts,
        starts: Vec::new(),
        legend: legend(told, lang, &coverage, chosen),
        footer: vec![
            fitting::statement(lang, told.city, told.network.profile()),
            told.city.attribution.join(" · "),
        ],
    }
    .draw()
}

/// What a post at a candidate is drawn as: a standby point where there is none today.
fn kind(told: &Told<'_>, candidate: u32) -> PostKind {
    match told.spots[candidate as usize].origin {
        Origin::Post(post) => told.city.posts[post.index()].kind,
        _ => PostKind::Standby,
    }
}

fn areas<'a>(told: &Told<'a>, lang: Lang) -> Vec<Area<'a>> {
    let all = &told.city.areas;
    let shown = level_shown(all.iter().map(|area| area.level), MOST_AREAS);
    let area = |area: &'a precinct_city::Area| Area {
        name: lang.name(&area.name).unwrap_or_default(),
        shape: &area.shape,
    };
    all.iter().filter(|one| Some(one.level) == shown).map(area).collect()
}

fn legend(told: &Told<'_>, lang: Lang, coverage: &Coverage, chosen: &[u32]) -> Legend {
    let total = &coverage.total;
    let limits: Vec<Millis> = told.change.within.iter().map(|one| one.0).collect();
    let streets = |i: usize| total.street_share(i).unwrap_or_default();
    let band = |(i, &limit): (usize, &Millis)| Band {
        label: lang.within(&Minutes(limit).number()),
        demand: total.demand_share(i),
        streets: streets(i),
    };
    let mut bands: Vec<Band> = limits.iter().enumerate().map(band).collect();
    let last = limits.len() - 1;
    bands.push(Band {
        label: lang.over(&Minutes(limits[last]).number()),
        demand: total.demand_share(last).map(Share::rest),
        streets: streets(last).rest(),
    });
    let mut kinds: BTreeMap<PostKind, u64> = BTreeMap::new();
    for &one in chosen {
        *kinds.entry(kind(told, one)).or_default() += 1;
    }
    let posts = kinds.into_iter();
    let posts = posts.map(|(kind, count)| (kind, lang.post(kind).to_owned(), grouped(count)));
    let is_shown = |one: &&(u32, u64)| chosen.binary_search(&one.0).is_ok();
    let new = told.change.adds.iter().filter(is_shown).take(NUMBERED).map(|&(one, adds)| {
        let spot = &told.spots[one as usize];
        let amount = super::super::posts_table::amount(told, lang, Thousandths(adds));
        BlindPlace {
            at: spot.at,
            name: super::super::posts_table::name(told, lang, one),
            figure: format!("+{amount}"),
        }
    });
    Legend { bands, posts: posts.collect(), blind: new.collect(), hatched: false }
}
