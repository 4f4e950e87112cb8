//! A symbol for each kind of post, told apart by shape as well as by what is drawn in it.

use precinct_city::PostKind;

use super::frame::Point;
use super::svg::{Svg, px};

/// The outline of a symbol, centred on its place, and the mark in it; about 18 pixels across.
const fn drawing(kind: PostKind) -> (&'static str, &'static str) {
    match kind {
        // A shield with a star.
        PostKind::PoliceStation => (
            "M0-9.5 8-6.6v5.6c0 5.1-3.6 8.7-8 10.7-4.4-2-8-5.6-8-10.7v-5.6z",
            "M0-4.9 1.1-1.8 4.4-1.7 1.8.3 2.7 3.4 0 1.6-2.7 3.4-1.8.3-4.4-1.7-1.1-1.8z",
        ),
        // A small house with a door.
        PostKind::StreetStation => ("M0-8 7-2v8.5h-14v-8.5z", "M-2 6.5v-5h4v5z"),
        // A diamond with a barrier.
        PostKind::Checkpoint => ("M0-9 9 0 0 9-9 0z", "M-5-1.5h10v3h-10z"),
        // A ring.
        PostKind::Standby => (
            "M-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0z",
            "M-2.8 0a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0-5.6 0z",
        ),
        // A triangle with a drop.
        PostKind::FireStation => {
            ("M0-9 9 7h-18z", "M0-4c2 3 2.8 4.2 2.8 5.8a2.8 2.8 0 0 1-5.6 0c0-1.6.8-2.8 2.8-5.8z")
        }
    }
}

/// How large symbols are drawn for so many posts, in tenths of their full size.
const fn scale(posts: usize) -> &'static str {
    match posts {
        0..=60 => "scale(1)",
        61..=150 => "scale(.8)",
        151..=400 => "scale(.6)",
        401..=1500 => "scale(.45)",
        _ => "scale(.3)",
    }
}

/// Defines the symbols of these kinds.
pub(crate) fn define(svg: &mut Svg, kinds: &[PostKind], posts: usize) {
    for &kind in kinds {
        let (outline, mark) = drawing(kind);
        svg.open("g", &[("id", kind.name()), ("transform", scale(posts))]);
        svg.element("path", &[("class", "post"), ("d", outline)]);
        svg.element("path", &[("class", "mark"), ("d", mark)]);
        svg.close("g");
    }
}

/// Puts a symbol in its place.
pub(crate) fn place(svg: &mut Svg, kind: PostKind, (x, y): Point) {
    let link = format!("#{}", kind.name());
    svg.element("use", &[("href", &*link), ("x", &*px(x)), ("y", &*px(y))]);
}

/// Marks where somebody set out: a dot in a ring.
pub(crate) fn start(svg: &mut Svg, (x, y): Point) {
    let (cx, cy) = (px(x), px(y));
    for (class, r) in [("post", "8"), ("number", "4.5")] {
        svg.element("circle", &[("class", class), ("cx", &*cx), ("cy", &*cy), ("r", r)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_shape_of_its_own() {
        for (i, &kind) in PostKind::ALL.iter().enumerate() {
            let others = PostKind::ALL[..i].iter();
            assert!(others.copied().all(|other| drawing(other).0 != drawing(kind).0));
        }
        let mut svg = Svg::default();
        define(&mut svg, PostKind::ALL, 10);
        place(&mut svg, PostKind::Checkpoint, (123, 40));
        let text = svg.finish();
        assert_eq!(text.matches("<g id=").count(), PostKind::ALL.len());
        assert!(text.ends_with("<use href=\"#checkpoint\" x=\"12.3\" y=\"4\"/>\n"));
    }
}
