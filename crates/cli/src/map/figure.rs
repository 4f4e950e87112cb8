//! The whole figure: headings, the map in its window, the panel, and below them where the data comes from.

use precinct_base::{Bounds, LonLat, MultiPolygon};
use precinct_city::PostKind;

use super::areas::{self, Area, Taken};
use super::frame::{Frame, Point};
use super::panel::{self, Legend};
use super::streets::{self, Street};
use super::svg::{Svg, Tenths, px};
use super::theme::{Theme, style_sheet};
use super::{blind, furniture, symbols};
use crate::text::words::Words;

const MARGIN: Tenths = 280;
const HEADINGS: Tenths = 760;
const GAP: Tenths = 280;
/// The window's width beside the panel, and its height at most.
const BESIDE: (Tenths, Tenths) = (8_200, 9_600);
/// The window's width above the panel, and its height at most.
const ABOVE: (Tenths, Tenths) = (11_440, 7_600);
/// Width of one place of a letter in the footer.
const SMALL_LETTER: Tenths = 56;

/// All that a map shows.
#[derive(Debug)]
pub(crate) struct Picture<'a> {
    /// The words to use.
    pub(crate) words: &'a Words,
    /// Light, dark or both.
    pub(crate) theme: Theme,
    /// The line in large letters.
    pub(crate) title: String,
    /// The line below it.
    pub(crate) subtitle: String,
    /// The ground to show.
    pub(crate) ground: Bounds,
    /// Streets by band.
    pub(crate) streets: Vec<Street>,
    /// Areas to outline and name.
    pub(crate) areas: Vec<Area<'a>>,
    /// Posts.
    pub(crate) posts: Vec<(PostKind, LonLat)>,
    /// Where somebody set out, if it is not from posts; streets out of reach are no blind areas then.
    pub(crate) starts: Vec<LonLat>,
    /// What the panel says; whether blind areas are hatched is found out here.
    pub(crate) legend: Legend,
    /// Lines below the map: notes and whose data it is.
    pub(crate) footer: Vec<String>,
}

/// Where everything stands.
struct Layout {
    frame: Frame,
    panel: Point,
    /// Width of each panel column when they stand side by side.
    columns: Option<Tenths>,
    footer: Vec<String>,
    size: Point,
}

impl Picture<'_> {
    /// The SVG document.
    pub(crate) fn draw(mut self) -> String {
        let beyond = self.legend.bands.len().saturating_sub(1);
        let frame = self.layout().frame;
        let blind = if self.starts.is_empty() {
            blind::areas(&frame, &self.streets, beyond)
        } else {
            MultiPolygon::default()
        };
        self.legend.hatched = !blind.0.is_empty();
        let layout = self.layout();
        let mut svg = Svg::default();
        self.open(&mut svg, &layout);
        self.draw_map(&mut svg, &layout.frame, &blind);
        self.legend.draw(&mut svg, self.words, layout.panel, layout.columns);
        let below = layout.size.1 - MARGIN - (layout.footer.len() as Tenths - 1) * 170;
        for (i, line) in layout.footer.iter().enumerate() {
            svg.label("small soft", MARGIN, below + i as Tenths * 170, line);
        }
        svg.close("svg");
        svg.finish()
    }

    fn layout(&self) -> Layout {
        let at = (MARGIN, MARGIN + HEADINGS);
        let wide = Frame::over(self.ground, at, ABOVE.0, ABOVE.1);
        let is_wide = wide.size.0 == ABOVE.0;
        let frame = if is_wide { wide } else { Frame::over(self.ground, at, BESIDE.0, BESIDE.1) };
        let right = at.0 + frame.size.0;
        let bottom = at.1 + frame.size.1;
        let (panel, columns, width, below) = if is_wide {
            let tallest = self.legend.heights().into_iter().max().unwrap_or(0);
            let columns = (frame.size.0 - panel::WIDTH) / 2;
            ((at.0, bottom + GAP), Some(columns), right + MARGIN, bottom + GAP + tallest)
        } else {
            let panel = (right + GAP, at.1);
            (panel, None, panel.0 + panel::WIDTH + MARGIN, bottom.max(at.1 + self.legend.height()))
        };
        let footer = wrapped(&self.footer, ((width - 2 * MARGIN) / SMALL_LETTER) as usize);
        let height = below + GAP + footer.len() as Tenths * 170 + MARGIN - 100;
        Layout { frame, panel, columns, footer, size: (width, height) }
    }

    fn open(&self, svg: &mut Svg, layout: &Layout) {
        let (width, height) = (px(layout.size.0), px(layout.size.1));
        let view = format!("0 0 {width} {height}");
        svg.open(
            "svg",
            &[
                ("xmlns", "http://www.w3.org/2000/svg"),
                ("viewBox", &view),
                ("width", &width),
                ("height", &height),
                ("style", "max-width:100%;height:auto"),
                ("role", "img"),
            ],
        );
        svg.text("title", &[], &self.title);
        svg.text("desc", &[], &self.subtitle);
        svg.raw(&format!(
            "<style>\n{}</style>",
            style_sheet(self.theme, self.legend.bands.len() - 1, self.starts.is_empty())
        ));
        self.define(svg, &layout.frame);
        svg.rect("page", (0, 0), layout.size, 0);
        svg.label("title ink", MARGIN, MARGIN + 230, &self.title);
        svg.label("sub soft", MARGIN, MARGIN + 500, &self.subtitle);
    }

    fn define(&self, svg: &mut Svg, frame: &Frame) {
        svg.open("defs", &[]);
        for (id, times) in [("window", 1), ("tenths", 10)] {
            svg.open("clipPath", &[("id", id)]);
            let scaled = |(x, y): Point| (x * times, y * times);
            svg.rect("window", scaled(frame.at), scaled(frame.size), 40 * times);
            svg.close("clipPath");
        }
        for (id, side, stroke) in [("hatch", "6", "1.1"), ("hatched", "60", "11")] {
            let units = [("patternUnits", "userSpaceOnUse"), ("patternTransform", "rotate(45)")];
            svg.open(
                "pattern",
                &[&[("id", id), ("width", side), ("height", side)], &units[..]].concat(),
            );
            let line = format!("M0 0v{side}");
            let faint = [("stroke-width", stroke), ("stroke-opacity", ".55"), ("d", &*line)];
            svg.element("path", &[&[("class", "blind")], &faint[..]].concat());
            svg.close("pattern");
        }
        let mut kinds: Vec<PostKind> = self.legend.posts.iter().map(|post| post.0).collect();
        kinds.dedup();
        symbols::define(svg, &kinds, self.posts.len());
        svg.close("defs");
    }

    fn draw_map(&self, svg: &mut Svg, frame: &Frame, blind: &MultiPolygon) {
        svg.rect("window", frame.at, frame.size, 40);
        let land = areas::outline(frame, self.areas.iter().map(|area| area.shape));
        let blind = areas::outline(frame, [blind]);
        let scaled =
            |path| [("transform", "scale(.1)"), ("clip-path", "url(#tenths)"), ("d", path)];
        if land.is_empty() {
            svg.rect("land", frame.at, frame.size, 40);
        } else {
            svg.element("path", &[&[("class", "land")], &scaled(&*land)[..]].concat());
        }
        if !blind.is_empty() {
            svg.element(
                "path",
                &[&[("class", "hatched"), ("fill-rule", "evenodd")], &scaled(&*blind)[..]].concat(),
            );
        }
        let bands = self.legend.bands.len() - 1;
        streets::draw(svg, frame, &self.streets, bands);
        if !land.is_empty() {
            let dashed =
                [("class", "border"), ("stroke-width", "9"), ("stroke-dasharray", "45 30")];
            svg.element("path", &[&dashed[..], &scaled(&*land)[..]].concat());
        }
        if !blind.is_empty() {
            svg.element(
                "path",
                &[&[("class", "blind"), ("stroke-width", "11")], &scaled(&*blind)[..]].concat(),
            );
        }
        self.draw_marks(svg, frame);
    }

    /// Names, posts, numbers and furniture, none over another where that can be helped.
    fn draw_marks(&self, svg: &mut Svg, frame: &Frame) {
        let mut taken = Taken::default();
        let places: Vec<Point> =
            self.legend.blind.iter().map(|place| frame.point(place.at)).collect();
        let posts: Vec<(PostKind, Point)> =
            self.posts.iter().map(|&(kind, at)| (kind, frame.point(at))).collect();
        let (left, bottom) = (frame.at.0, frame.at.1 + frame.size.1);
        taken.insist((left + 1_100, bottom - 300), (2_200, 600));
        for &at in &self.starts {
            taken.insist(frame.point(at), (200, 200));
        }
        let numbers: Vec<Point> =
            places.iter().map(|&point| taken.near(point, (185, 185))).collect();
        if posts.len() <= 150 {
            for &(_, point) in &posts {
                taken.insist(point, (180, 180));
            }
        }
        areas::names(svg, frame, &self.areas, &mut taken);
        for &(kind, point) in posts.iter().filter(|post| frame.shows(post.1)) {
            symbols::place(svg, kind, point);
        }
        for &at in &self.starts {
            symbols::start(svg, frame.point(at));
        }
        let shown = || (1..).zip(places.iter().zip(&numbers)).filter(|(_, at)| frame.shows(*at.0));
        for (_, (&place, &point)) in shown() {
            panel::pointer(svg, place, point);
        }
        for (i, (_, &point)) in shown() {
            panel::number(svg, i, point);
        }
        furniture::draw(svg, frame, self.words.north);
    }
}

/// Lines cut at spaces to a width; a Chinese letter takes two places and may be parted from the next.
fn wrapped(lines: &[String], width: usize) -> Vec<String> {
    use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};
    let mut all = Vec::new();
    for line in lines {
        let mut now = String::new();
        for word in line.split_inclusive(|letter: char| letter == ' ' || letter.width() == Some(2))
        {
            if !now.is_empty() && now.width() + word.trim_end().width() > width {
                all.push(std::mem::take(&mut now).trim_end().to_owned());
            }
            now.push_str(word);
        }
        if !now.is_empty() {
            all.push(now);
        }
    }
    all
}
