//! The answer as a map.

use std::collections::BTreeMap;

use precinct_base::LonLat;
use precinct_city::PostKind;

use super::Told;
use super::table::{amount, level_shown, place_name, wait};
use crate::map::{Area, Band, BlindPlace, Legend, Picture, Street, Theme, worth_showing};
use crate::text::fitting;
use crate::text::numbers::{Minutes, Share, Thousandths, grouped};
use crate::text::words::Lang;

/// Uncovered places numbered on the map.
const NUMBERED: usize = 6;
/// More areas than this are not outlined.
const MOST_AREAS: usize = 120;

/// Draws it.
pub(super) fn draw(told: &Told<'_>, lang: Lang, theme: Theme) -> String {
    let streets: Vec<Street> = told
        .coverage
        .pieces
        .iter()
        .map(|piece| Street {
            shape: told.network.map().trace(&piece.stretch),
            class: told.network.map().segment(piece.stretch.segment).class,
            band: piece.band,
        })
        .collect();
    let posts: Vec<(PostKind, LonLat)> = told
        .posts
        .iter()
        .map(|(post, _)| (told.city.posts[*post].kind, told.city.posts[*post].at))
        .collect();
    let everywhere = streets.iter().flat_map(|street| street.shape.iter().copied());
    let Some(ground) = worth_showing(everywhere.chain(posts.iter().map(|post| post.1))) else {
        return String::new();
    };
    let city = lang.name(&told.city.name).unwrap_or_default();
    Picture {
        words: lang.words(),
        theme,
        title: lang.map_title(city),
        subtitle: subtitle(told, lang),
        ground,
        streets,
        areas: areas(told, lang),
        posts,
        starts: Vec::new(),
        legend: legend(told, lang),
        footer: vec![
            fitting::statement(lang, told.city, told.network.profile()),
            told.city.attribution.join(" · "),
        ],
    }
    .draw()
}

fn subtitle(told: &Told<'_>, lang: Lang) -> String {
    let last = told.thresholds.len() - 1;
    let total = &told.coverage.total;
    let all = amount(told, lang, total.demand_total());
    let demand = total
        .demand_share(last)
        .map(|share| (share.percent(), lang.part(&total.demand_within(last).rounded(), &all)));
    let demand = demand.as_ref().map(|(share, part)| (share.as_str(), part.as_str()));
    let streets = total.street_share(last).unwrap_or_default().percent();
    let covered = lang.covered(demand, &streets, &Minutes(told.thresholds[last]).number());
    let posts = lang.posts(told.posts.len());
    [covered, lang.profile(told.network.profile()).to_owned(), posts].join(" · ")
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

fn legend(told: &Told<'_>, lang: Lang) -> Legend {
    let total = &told.coverage.total;
    let streets = |i: usize| total.street_share(i).unwrap_or_default();
    let mut bands: Vec<Band> = told
        .thresholds
        .iter()
        .enumerate()
        .map(|(i, &limit)| Band {
            label: lang.within(&Minutes(limit).number()),
            demand: total.demand_share(i),
            streets: streets(i),
        })
        .collect();
    let last = told.thresholds.len() - 1;
    bands.push(Band {
        label: lang.over(&Minutes(told.thresholds[last]).number()),
        demand: total.demand_share(last).map(Share::rest),
        streets: streets(last).rest(),
    });
    let mut kinds: BTreeMap<PostKind, u64> = BTreeMap::new();
    for (post, _) in told.posts {
        *kinds.entry(told.city.posts[*post].kind).or_default() += 1;
    }
    let posts = kinds
        .into_iter()
        .map(|(kind, count)| (kind, lang.post(kind).to_owned(), grouped(count)))
        .collect();
    let blind = told.coverage.uncovered.iter().take(NUMBERED).map(|one| BlindPlace {
        at: one.at,
        name: place_name(told, lang, one),
        figure: format!("{} · {}", amount(told, lang, Thousandths(one.weight)), wait(lang, one)),
    });
    Legend { bands, posts, blind: blind.collect(), hatched: false }
}
