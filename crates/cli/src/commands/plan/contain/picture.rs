//! A plan as a map: where they can be by when, the points to close, and who goes there.

use std::collections::BTreeSet;

use precinct_base::{Millimetres, Millis, NodeId, SegmentId, UnitId};
use precinct_city::PostKind;
use precinct_containment::Point;
use precinct_roads::{Along, Network, RoadClass, Scratch, Snap, Stretch, Way};

use super::Told;
use crate::coverage::{Piece, layered};
use crate::map::{Band, BlindPlace, Legend, Picture, Street, Theme, worth_showing};
use crate::text::numbers::{Minutes, Share, clock, grouped};
use crate::text::table::shorten;
use crate::text::words::{Lang, Words};

/// How far ahead of now they are shown, beside now and the horizon.
const AHEAD: [Millis; 2] = [Millis::from_minutes(2), Millis::from_minutes(5)];

/// Draws it.
pub(super) fn draw(told: &Told<'_>, lang: Lang, theme: Theme) -> String {
    let spread = Spread::of(told);
    let map = told.network.map();
    let street = |piece: &Piece| Street {
        shape: map.trace(&piece.stretch),
        class: map.segment(piece.stretch.segment).class,
        band: piece.band,
    };
    let streets: Vec<Street> = spread.pieces.iter().map(street).collect();
    let beyond = spread.ahead.len();
    let near = streets.iter().filter(|street| street.band < beyond);
    let places = near.flat_map(|street| street.shape.iter().copied());
    let points = told.plan.points.iter().map(|point| point.at);
    let Some(ground) = worth_showing(places.chain(points).chain([told.left.at])) else {
        return String::new();
    };
    let words = lang.sealing();
    let shown = Words {
        from_post: words.from_left,
        posts: words.units,
        blind_worst: words.points,
        ..*lang.words()
    };
    Picture {
        words: &shown,
        theme,
        title: lang.contained(lang.name(&told.place.city.name).unwrap_or_default()),
        subtitle: told.verdict(lang),
        ground,
        streets,
        areas: Vec::new(),
        posts: told.force.units.iter().map(|unit| (kind(told, unit.unit), unit.at.at)).collect(),
        starts: told.left_from().into_iter().map(|(at, _)| at.at).collect(),
        legend: legend(told, lang, &spread),
        footer: vec![
            words.map_note.to_owned(),
            words.note.to_owned(),
            told.place.city.attribution.join(" · "),
        ],
    }
    .draw()
}

/// What a unit is drawn as: one that stays where it is in another shape than one that is sent.
fn kind(told: &Told<'_>, unit: UnitId) -> PostKind {
    let manned = told.plan.points.iter().filter_map(|point| point.manned);
    if manned.map(|manned| manned.unit).any(|sent| sent == unit) {
        PostKind::Checkpoint
    } else {
        PostKind::Standby
    }
}

fn legend(told: &Told<'_>, lang: Lang, spread: &Spread) -> Legend {
    let words = lang.sealing();
    let label = |ahead: Millis| match ahead {
        Millis::ZERO => words.by_now.to_owned(),
        ahead => lang.ahead(&Minutes(ahead).number()),
    };
    let within = |band: usize| Share::of(spread.within[band], spread.whole);
    let band = |(i, &ahead): (usize, &Millis)| Band {
        label: label(ahead),
        demand: None,
        streets: within(i),
    };
    let mut bands: Vec<Band> = spread.ahead.iter().enumerate().map(band).collect();
    let rest = within(spread.ahead.len() - 1).rest();
    bands.push(Band { label: words.kept_out.to_owned(), demand: None, streets: rest });
    let sent = told.plan.points.iter().filter(|point| point.manned.is_some()).count();
    let others = told.force.units.len() - sent;
    let row = |kind, label: &str, count: usize| {
        (count > 0).then(|| (kind, label.to_owned(), grouped(count as u64)))
    };
    let posts =
        [row(PostKind::Checkpoint, words.sent, sent), row(PostKind::Standby, words.others, others)];
    let points = told.by_need().into_iter().map(|point| BlindPlace {
        at: point.at,
        name: told.name(point, lang),
        figure: figure(told, lang, point),
    });
    let posts = posts.into_iter().flatten().collect();
    Legend { bands, posts, blind: points.collect(), hatched: false }
}

fn figure(told: &Told<'_>, lang: Lang, point: &Point) -> String {
    point.manned.map_or_else(
        || lang.sealing().nobody.to_owned(),
        |manned| {
            let there = clock(told.until(manned.arrival).millis());
            let unit = shorten(told.force.name(manned.unit), 18);
            lang.goes(&unit, &there, &clock(manned.slack))
        },
    )
}

/// Where they can be by when.
struct Spread {
    /// From now, ascending; the last is the horizon.
    ahead: Vec<Millis>,
    /// All streets, cut at these times; what is closed to them is beyond the last.
    pieces: Vec<Piece>,
    /// How much street they can be on within each time.
    within: Vec<u64>,
    /// How much it would be within the horizon if nothing were closed.
    whole: u64,
}

impl Spread {
    fn of(told: &Told<'_>) -> Self {
        let network = told.network;
        let horizon = told.asked.minutes;
        let sooner = AHEAD.into_iter().filter(|&ahead| ahead < horizon);
        let ahead: Vec<Millis> =
            [Millis::ZERO].into_iter().chain(sooner).chain([horizon]).collect();
        let layers = layers(told, &ahead);
        let mut pieces = layered(&layers, streets(network).into_iter());
        let length = |band: usize, pieces: &[Piece]| -> u64 {
            let within = pieces.iter().filter(|piece| piece.band <= band);
            within.map(|piece| piece.stretch.length().0).sum()
        };
        let beyond = ahead.len();
        let whole = length(beyond - 1, &pieces);
        let inside = Inside::of(told);
        for piece in &mut pieces {
            if !inside.has(network, piece.stretch.segment) {
                piece.band = beyond;
            }
        }
        let within = (0..beyond).map(|band| length(band, &pieces)).collect();
        Self { ahead, pieces, within, whole }
    }
}

/// What is reached by each time if nothing is closed, by segment.
fn layers(told: &Told<'_>, ahead: &[Millis]) -> Vec<Vec<Stretch>> {
    let mut scratch = Scratch::default();
    let pace = u64::from(told.asked.moving.speed_factor.0);
    let mut layers = vec![Vec::new(); ahead.len()];
    for (at, since) in told.left_from() {
        let driven = |ahead: Millis| {
            let time = told.plan.now.saturating_add(ahead).0.saturating_sub(since.0);
            Millis(u32::try_from(u64::from(time) * pace / 1_000).unwrap_or(u32::MAX))
        };
        let (from, last) = ([at], ahead.last().copied().unwrap_or_default());
        let reach = told.network.reach(&mut scratch, &from, driven(last), Way::Out);
        for (layer, &ahead) in layers.iter_mut().zip(ahead) {
            layer.extend(reach.streets(driven(ahead)));
        }
    }
    for layer in &mut layers {
        layer.sort_by_key(|stretch| (stretch.segment, stretch.start));
    }
    layers
}

/// The streets they may use.
fn streets(network: &Network) -> Vec<(SegmentId, Millimetres)> {
    let map = network.map();
    let open = |&id: &SegmentId| {
        let ways = [Along::Forward, Along::Backward];
        let open = ways.into_iter().any(|along| network.time(id, along).is_some());
        open && map.segment(id).class != RoadClass::Ferry
    };
    map.segment_ids().filter(open).map(|id| (id, map.segment(id).length)).collect()
}

/// What they can come to without passing a point that is closed.
struct Inside {
    nodes: BTreeSet<NodeId>,
    /// The streets they set out on.
    first: BTreeSet<SegmentId>,
}

impl Inside {
    fn of(told: &Told<'_>) -> Self {
        let manned = told.plan.points.iter().filter(|point| point.manned.is_some());
        let closed: BTreeSet<NodeId> = manned.map(|point| point.node).collect();
        let from = told.left_from();
        let first = from.iter().map(|(at, _)| at.segment).collect();
        let mut todo: Vec<NodeId> = Vec::new();
        for (at, _) in &from {
            todo.extend(told.network.ends(at, Way::Out).map(|end| end.0));
        }
        let mut nodes = BTreeSet::new();
        while let Some(node) = todo.pop() {
            if !closed.contains(&node) && nodes.insert(node) {
                todo.extend(told.network.next_to(node, Way::Out).map(|(head, _)| head));
            }
        }
        Self { nodes, first }
    }

    fn has(&self, network: &Network, id: SegmentId) -> bool {
        let segment = network.map().segment(id);
        let from = |node, along| self.nodes.contains(&node) && network.time(id, along).is_some();
        self.first.contains(&id)
            || from(segment.from, Along::Forward)
            || from(segment.to, Along::Backward)
    }
}

impl Told<'_> {
    /// Where they were, and when, as far as that counts: what was surely seen takes the place of all before it, unless it cannot be.
    fn left_from(&self) -> Vec<(Snap, Millis)> {
        let mut order: Vec<usize> = (0..self.seen.len()).collect();
        order.sort_by_key(|&i| (self.seen[i].when, i));
        let mut from = vec![(self.left, Millis::ZERO)];
        for i in order {
            let seen = &self.seen[i];
            if seen.sure && !self.plan.doubted.contains(&i) {
                from.clear();
            }
            from.push((seen.at, seen.when));
        }
        from
    }

    /// What the streets that meet at a point are called.
    pub(super) fn name(&self, point: &Point, lang: Lang) -> String {
        let map = self.network.map();
        let names = point.streets.iter().filter_map(|&name| lang.name(map.names().get(name)));
        let names: Vec<&str> = names.collect();
        if names.is_empty() { point.at.to_string() } else { names.join(" / ") }
    }
}
