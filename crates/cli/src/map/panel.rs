//! The panel beside or below the map: what the colours mean and how much each covers, the posts, the worst blind places.

use precinct_base::LonLat;
use precinct_city::PostKind;

use super::frame::Point;
use super::svg::{Svg, Tenths, px};
use super::symbols;
use crate::text::numbers::Share;
use crate::text::table::shorten;
use crate::text::words::Words;

/// Width of a panel column.
pub(crate) const WIDTH: Tenths = 2_900;
/// Height of a row.
const ROW: Tenths = 230;
/// Height of a heading with the gap after it.
const HEAD: Tenths = 260;
/// The gap between two sections.
const GAP: Tenths = 260;
/// Width of one place of a Latin letter at 13 pixels.
const LETTER: Tenths = 68;

/// One line of the legend: a band of minutes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Band {
    /// `within 3 min`, or `over 5 min` for the last.
    pub(crate) label: String,
    /// The share of demand within (for the last: beyond), if any demand is known.
    pub(crate) demand: Option<Share>,
    /// The same of street length.
    pub(crate) streets: Share,
}

/// A place out of reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BlindPlace {
    /// Where it is.
    pub(crate) at: LonLat,
    /// What it is called.
    pub(crate) name: String,
    /// How much demand, and how many minutes.
    pub(crate) figure: String,
}

/// All that the panel says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Legend {
    /// Bands, the nearest first, the one out of reach last.
    pub(crate) bands: Vec<Band>,
    /// Posts by kind: what the kind is called and how many there are.
    pub(crate) posts: Vec<(PostKind, String, String)>,
    /// The worst places out of reach, the worst first.
    pub(crate) blind: Vec<BlindPlace>,
    /// Whether the map shows blind areas.
    pub(crate) hatched: bool,
}

impl Legend {
    /// The height of its three sections.
    pub(crate) fn heights(&self) -> [Tenths; 3] {
        let rows = |count: usize| count as Tenths * ROW;
        let bars = if self.has_demand() { 2 } else { 1 };
        let hatch = usize::from(self.hatched);
        let bands = HEAD + rows(bars) + ROW + rows(self.bands.len() + hatch);
        let posts = HEAD + rows(self.posts.len());
        let blind = if self.blind.is_empty() { 0 } else { HEAD + rows(self.blind.len()) * 17 / 10 };
        [bands, posts, blind]
    }

    /// The height when its sections stand one below another.
    pub(crate) fn height(&self) -> Tenths {
        let [bands, posts, blind] = self.heights();
        bands + GAP + posts + if blind > 0 { GAP + blind } else { 0 }
    }

    fn has_demand(&self) -> bool {
        self.bands.iter().any(|band| band.demand.is_some())
    }

    /// Draws the sections one below another, or side by side in three columns.
    pub(crate) fn draw(&self, svg: &mut Svg, words: &Words, at: Point, columns: Option<Tenths>) {
        let [bands, posts, _] = self.heights();
        let step = |i: Tenths, below: Tenths| match columns {
            Some(width) => (at.0 + i * width, at.1),
            None => (at.0, at.1 + below),
        };
        self.draw_bands(svg, words, at);
        self.draw_posts(svg, words, step(1, bands + GAP));
        self.draw_blind(svg, words, step(2, bands + GAP + posts + GAP));
    }

    fn draw_bands(&self, svg: &mut Svg, words: &Words, (x, y): Point) {
        svg.label("head ink", x, y + 100, words.from_post);
        let mut y = y + HEAD;
        if self.has_demand() {
            let demand: Vec<Share> = self.bands.iter().filter_map(|band| band.demand).collect();
            bar(svg, words.demand, &demand, (x, y));
            y += ROW;
        }
        let streets: Vec<Share> = self.bands.iter().map(|band| band.streets).collect();
        bar(svg, words.streets, &streets, (x, y));
        y += ROW;
        let (middle, right) = (x + WIDTH - 850, x + WIDTH);
        if self.has_demand() {
            svg.label("small soft right", middle, y + 120, words.demand);
        }
        svg.label("small soft right", right, y + 120, words.streets);
        y += ROW;
        for (i, band) in self.bands.iter().enumerate() {
            swatch(svg, i, (x, y + 55));
            svg.label("body ink", x + 380, y + 100, &band.label);
            if let Some(demand) = band.demand {
                svg.label("figure ink right", middle, y + 100, &demand.percent());
            }
            svg.label("figure ink right", right, y + 100, &band.streets.percent());
            y += ROW;
        }
        if self.hatched {
            svg.rect("hatch", (x, y), (260, 120), 20);
            svg.rect("blind", (x, y), (260, 120), 20);
            svg.label("body ink", x + 380, y + 100, words.blind);
        }
    }

    fn draw_posts(&self, svg: &mut Svg, words: &Words, (x, y): Point) {
        svg.label("head ink", x, y + 100, words.posts);
        for (i, (kind, label, count)) in self.posts.iter().enumerate() {
            let y = y + HEAD + i as Tenths * ROW;
            symbols::place(svg, *kind, (x + 130, y + 55));
            svg.label("body ink", x + 380, y + 100, label);
            svg.label("figure ink right", x + WIDTH, y + 100, count);
        }
    }

    fn draw_blind(&self, svg: &mut Svg, words: &Words, (x, y): Point) {
        if self.blind.is_empty() {
            return;
        }
        svg.label("head ink", x, y + 100, words.blind_worst);
        let room = ((WIDTH - 380) / LETTER) as usize;
        for (i, place) in self.blind.iter().enumerate() {
            let y = y + HEAD + i as Tenths * ROW * 17 / 10;
            number(svg, i + 1, (x + 130, y + 100));
            svg.label("body ink", x + 380, y + 70, &shorten(&place.name, room));
            svg.label("small soft", x + 380, y + 220, &place.figure);
        }
    }
}

/// A short line in the colour of a band.
fn swatch(svg: &mut Svg, band: usize, (x, y): Point) {
    let class = format!("line s{band}");
    let (from, to, y) = (px(x + 20), px(x + 240), px(y));
    let line = [
        ("class", &*class),
        ("stroke-width", "5"),
        ("x1", &*from),
        ("y1", &*y),
        ("x2", &*to),
        ("y2", &*y),
    ];
    svg.element("line", &line);
}

/// A bar of the shares of all bands. Shares given are those within each band, the last one beyond.
fn bar(svg: &mut Svg, label: &str, shares: &[Share], (x, y): Point) {
    const LEFT: Tenths = 720;
    svg.label("small soft", x, y + 95, label);
    let wide = i64::from(WIDTH - LEFT);
    let upto = |share: Share| (wide * i64::from(share.0) / 10_000) as Tenths;
    let mut from = 0;
    for (i, &share) in shares.iter().enumerate() {
        let to = if i + 1 == shares.len() { wide as Tenths } else { upto(share).max(from) };
        if to > from {
            svg.rect(&format!("f{i}"), (x + LEFT + from, y), (to - from, 110), 0);
        }
        from = to;
    }
}

/// A line from a place to where its number stands, if that is elsewhere.
pub(crate) fn pointer(svg: &mut Svg, place: Point, number: Point) {
    if place == number {
        return;
    }
    let ((x1, y1), (x2, y2)) = ((px(place.0), px(place.1)), (px(number.0), px(number.1)));
    svg.element("circle", &[("class", "number"), ("cx", &x1), ("cy", &y1), ("r", "2.5")]);
    let line = [("x1", &*x1), ("y1", &*y1), ("x2", &*x2), ("y2", &*y2)];
    svg.element("line", &[&[("class", "blind"), ("stroke-width", "1.4")], &line[..]].concat());
}

/// A number in a disc, as on the map.
pub(crate) fn number(svg: &mut Svg, number: usize, (x, y): Point) {
    let (cx, cy) = (px(x), px(y));
    svg.element("circle", &[("class", "number"), ("cx", &*cx), ("cy", &*cy), ("r", "8.5")]);
    svg.label("digit", x, y + 39, &number.to_string());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::Lang;

    fn legend(demand: Option<Share>) -> Legend {
        let band = |label: &str, streets| Band {
            label: label.to_owned(),
            demand,
            streets: Share(streets),
        };
        Legend {
            bands: vec![band("within 1 min", 2_500), band("over 1 min", 7_500)],
            posts: vec![(PostKind::Checkpoint, "Checkpoint".to_owned(), "3".to_owned())],
            blind: Vec::new(),
            hatched: false,
        }
    }

    #[test]
    fn bars_fill_their_width_and_skip_empty_bands() {
        let mut svg = Svg::default();
        bar(&mut svg, "Streets", &[Share(2_500), Share(2_500), Share(7_500)], (0, 0));
        let text = svg.finish();
        assert!(text.contains("class=\"f0\" x=\"72\" y=\"0\" width=\"54.5\""), "{text}");
        assert!(!text.contains("f1"), "nothing lies between the first and the second: {text}");
        assert!(text.contains("class=\"f2\" x=\"126.5\" y=\"0\" width=\"163.5\""), "{text}");
    }

    #[test]
    fn without_demand_only_streets_are_told() {
        let drawn = |legend: &Legend| {
            let mut svg = Svg::default();
            legend.draw(&mut svg, Lang::En.words(), (0, 0), None);
            svg.finish()
        };
        assert!(!drawn(&legend(None)).contains("Demand"));
        assert!(drawn(&legend(Some(Share(1)))).contains("Demand"));
        assert!(legend(None).height() < legend(Some(Share(1))).height());
    }
}
