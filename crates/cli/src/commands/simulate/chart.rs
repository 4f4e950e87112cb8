//! The answer as a picture: how soon units were there, by priority, simulated and on record; and the difference with its interval.

use std::fmt::Write as _;

use precinct_whatif::{Difference, Responses};

use super::Told;
use super::told::simulated;
use crate::map::escape;
use crate::text::simulate::SimulateWords;
use crate::text::words::Lang;

const WIDTH: u32 = 300;
const HEIGHT: u32 = 200;
/// Left of, above and below what is drawn.
const EDGE: (u32, u32, u32) = (48, 58, 44);
/// Room for the line of a difference and its figures.
const NARROWEST: u32 = 760;
/// How far to the right the curves go, in minutes.
const MINUTES: u32 = 60;
/// The record, then the plans.
const INKS: [&str; 3] = ["#555555", "#0b5fa5", "#c2410c"];

/// The picture.
pub(super) fn picture(told: &Told<'_>, lang: Lang) -> String {
    let words = SimulateWords::of(lang);
    let recorded = told.recorded();
    let plans: Vec<_> = told.outcomes.iter().map(simulated).collect();
    let panels = plans.first().map_or(0, |first| first.len() as u32).max(1);
    let (left, top, below) = EDGE;
    let rows = told.comparison.as_ref().map_or(0, |_| 3);
    let (width, height) =
        ((panels * (WIDTH + left) + 24).max(NARROWEST), top + HEIGHT + below + rows * 34);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         font-family=\"sans-serif\" font-size=\"12\" fill=\"#222222\">\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n"
    );
    legend(told, words, &mut svg);
    let none = Responses::default();
    for (panel, &priority) in (0..).zip(plans.first().into_iter().flat_map(|plan| plan.keys())) {
        let x = panel * (WIDTH + left) + left;
        let title = format!("{} {priority}", words.priority_alone());
        frame(&mut svg, (x, top), &title, words);
        let curve = recorded.get(&priority).unwrap_or(&none);
        line(&mut svg, (x, top), curve, INKS[0], true);
        for (plan, ink) in plans.iter().zip(&INKS[1..]) {
            line(&mut svg, (x, top), plan.get(&priority).unwrap_or(&none), ink, false);
        }
    }
    if let Some(comparison) = &told.comparison {
        let seconds = |value: f64| format!("{:+.1} s", value / 1_000.0);
        let share = |value: f64| format!("{:+.2} %", value * 100.0);
        let y = top + HEIGHT + below + 14;
        interval(&mut svg, (y, width), words.urgent, comparison.urgent_ms.as_ref(), &seconds);
        interval(&mut svg, (y + 34, width), words.median, comparison.median_ms.as_ref(), &seconds);
        interval(&mut svg, (y + 68, width), words.in_time, comparison.in_time.as_ref(), &share);
    }
    svg.push_str("</svg>\n");
    svg
}

/// Which line is which.
fn legend(told: &Told<'_>, words: &SimulateWords, svg: &mut String) {
    let names = told.outcomes.iter().map(|outcome| outcome.name.as_str());
    let mut x = EDGE.0;
    for (name, ink) in std::iter::once(words.recorded_alone()).chain(names).zip(INKS) {
        let dash = if ink == INKS[0] { " stroke-dasharray=\"5 4\"" } else { "" };
        let _ = writeln!(
            svg,
            "<path d=\"M{x} 20h26\" stroke=\"{ink}\" stroke-width=\"2\"{dash}/><text x=\"{}\" y=\"24\">{}</text>",
            x + 32,
            escape(name)
        );
        x += 60 + 8 * name.chars().count().max(8) as u32;
    }
}

/// Where something is on a panel: minutes from the left, thousandths of all calls from the bottom.
fn at((x, y): (u32, u32), ms: u32, thousandths: u32) -> (u32, u32) {
    (
        x + ms.min(MINUTES * 60_000) / 1_000 * WIDTH / (MINUTES * 60),
        y + HEIGHT - thousandths * HEIGHT / 1_000,
    )
}

fn frame(svg: &mut String, corner: (u32, u32), title: &str, words: &SimulateWords) {
    let (x, y) = corner;
    let _ = writeln!(
        svg,
        "<text x=\"{x}\" y=\"{}\" font-weight=\"bold\">{}</text>",
        y - 10,
        escape(title)
    );
    for thousandths in [0, 250, 500, 750, 1_000] {
        let (left, level) = at(corner, 0, thousandths);
        let _ = writeln!(
            svg,
            "<path d=\"M{left} {level}h{WIDTH}\" stroke=\"#dddddd\"/><text x=\"{}\" y=\"{}\" text-anchor=\"end\">{} %</text>",
            left - 6,
            level + 4,
            thousandths / 10
        );
    }
    for minutes in [0, 15, 30, 45, 60] {
        let (across, level) = at(corner, minutes * 60_000, 0);
        let _ = writeln!(
            svg,
            "<path d=\"M{across} {level}v5\" stroke=\"#222222\"/><text x=\"{across}\" y=\"{}\" text-anchor=\"middle\">{minutes}</text>",
            level + 18
        );
    }
    let (middle, level) = at(corner, MINUTES * 30_000, 0);
    let _ = writeln!(
        svg,
        "<text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
        level + 34,
        escape(words.minutes_until_there())
    );
}

/// The share of all calls that somebody was there for by each minute; the unknown are never there, so no curve need reach the top.
fn line(svg: &mut String, corner: (u32, u32), of: &Responses, ink: &str, dashed: bool) {
    let all = of.calls();
    if all == 0 {
        return;
    }
    let mut path = String::new();
    for half in 0..=MINUTES * 2 {
        let ms = half * 30_000;
        let there = of.ms.partition_point(|&one| one <= ms) as u64;
        let (x, y) = at(corner, ms, (there * 1_000 / all) as u32);
        let _ = write!(path, "{}{x} {y}", if half == 0 { "M" } else { "L" });
    }
    let dash = if dashed { " stroke-dasharray=\"5 4\"" } else { "" };
    let _ = writeln!(
        svg,
        "<path d=\"{path}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"2\"{dash}/>"
    );
}

/// A difference and its interval on a line of its own, nothing in the middle.
fn interval(
    svg: &mut String,
    (y, width): (u32, u32),
    name: &str,
    one: Option<&Difference>,
    show: &dyn Fn(f64) -> String,
) {
    let Some((one, [low, high])) = one.and_then(|one| Some((one, one.interval?))) else { return };
    let (left, half) = (EDGE.0 + 150, f64::from((width - EDGE.0 - 150 - 220) / 2));
    let most = low.abs().max(high.abs()).max(f64::EPSILON) * 1.1;
    let x = |value: f64| f64::from(left) + half + value / most * half;
    let _ = writeln!(
        svg,
        "<text x=\"{}\" y=\"{}\">{}</text><path d=\"M{:.1} {}v16\" stroke=\"#999999\"/>\
         <path d=\"M{:.1} {y}H{:.1}\" stroke=\"{ink}\" stroke-width=\"3\"/><circle cx=\"{:.1}\" cy=\"{y}\" r=\"5\" fill=\"{ink}\"/>\
         <text x=\"{}\" y=\"{}\">{} ({} … {})</text>",
        EDGE.0,
        y + 4,
        escape(name),
        x(0.0),
        y - 8,
        x(low),
        x(high),
        x(one.mean),
        width - 212,
        y + 4,
        show(one.mean),
        show(low),
        show(high),
        ink = INKS[2],
    );
}
