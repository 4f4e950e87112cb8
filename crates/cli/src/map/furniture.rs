//! What stands on every map: a scale bar and the north.

use super::frame::{Frame, Point};
use super::svg::{Svg, Tenths, px};
use crate::text::numbers::length;
use precinct_base::Millimetres;

/// The longest round length (1, 2 or 5 and zeros) whose bar is at most this long, in metres.
fn round_length(frame: &Frame, longest: Tenths) -> i64 {
    let most = i64::from(longest) * frame.mm_per_px() / 10_000;
    let mut round: i64 = 1;
    for factor in [2, 5, 10].into_iter().cycle() {
        let power = 10_i64.pow(round.ilog10());
        let next = power * factor;
        if next > most || next > 1_000_000 {
            return round;
        }
        round = next;
    }
    round
}

/// How long the bar is and what is written on it.
fn bar(frame: &Frame) -> (Tenths, String) {
    let metres = round_length(frame, 1_500);
    let label = if metres >= 1_000 {
        format!("{} km", metres / 1_000)
    } else {
        length(Millimetres(metres as u64 * 1_000))
    };
    (frame.tenths(metres * 1_000), label)
}

/// North and scale in the lower left corner of the window, on a plate that keeps them readable.
pub(crate) fn draw(svg: &mut Svg, frame: &Frame, north_label: &str) {
    let (long, label) = bar(frame);
    let size = (long + 580, 460);
    let (left, bottom) = (frame.at.0 + 80, frame.at.1 + frame.size.1 - 80);
    svg.rect("plate", (left, bottom - size.1), size, 40);
    north(svg, north_label, (left + 160, bottom - 90));
    scale_bar(svg, long, &label, (left + 360, bottom - 90));
}

fn scale_bar(svg: &mut Svg, long: Tenths, label: &str, (x, y): Point) {
    let data = format!("M{} {}v5h{}v-5", px(x), px(y - 50), px(long));
    svg.element("path", &[("class", "edge"), ("stroke-width", "1.4"), ("d", &data)]);
    svg.label("small ink mid", x + long / 2, y - 60, label);
}

/// An arrow to the north, its foot at a point.
fn north(svg: &mut Svg, label: &str, (x, y): Point) {
    let data = format!("M{} {}l-6 20 6-4.5 6 4.5z", px(x), px(y - 200));
    svg.element("path", &[("class", "ink"), ("d", &data)]);
    svg.label("small ink mid", x, y - 220, label);
}

#[cfg(test)]
mod tests {
    use precinct_base::{Bounds, LonLat};

    use super::*;

    #[test]
    fn the_bar_is_as_long_as_it_says() {
        for (degrees, expected) in [(100_000, "200 m"), (1_000_000, "2 km"), (2_600_000, "5 km")] {
            let corner = LonLat::new(degrees, degrees).unwrap();
            let bounds = Bounds::new(LonLat::new(0, 0).unwrap(), corner).unwrap();
            let frame = Frame::over(bounds, (0, 0), 8_000, 9_000);
            let (long, label) = bar(&frame);
            assert_eq!(label, expected);
            assert!((500..=1_500).contains(&long), "{long}");
        }
    }
}
