//! Colours of the map in light and dark: a sequence of blues that colour-blind readers tell apart by lightness, and one
//! orange, the colour farthest from blue for all of them, for what is out of reach.

use std::fmt::Write as _;

use clap::ValueEnum;

/// How the picture chooses between light and dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Theme {
    /// Dark on light, for paper.
    Light,
    /// Light on dark, for a control room.
    Dark,
    /// As the reader's screen is set (CSS `prefers-color-scheme`), light where that is unknown.
    #[default]
    Auto,
}

type Rgb = [u8; 3];

/// One set of colours.
struct Palette {
    page: Rgb,
    window: Rgb,
    land: Rgb,
    border: Rgb,
    ink: Rgb,
    soft: Rgb,
    rule: Rgb,
    near: Rgb,
    middle: Rgb,
    far: Rgb,
    beyond: Rgb,
    post: Rgb,
    post_ink: Rgb,
}

const LIGHT: Palette = Palette {
    page: [255, 255, 255],
    window: [238, 241, 244],
    land: [251, 250, 247],
    border: [168, 175, 184],
    ink: [23, 32, 42],
    soft: [92, 103, 115],
    rule: [214, 219, 225],
    near: [10, 47, 107],
    middle: [26, 133, 184],
    far: [127, 205, 199],
    beyond: [217, 95, 14],
    post: [23, 32, 42],
    post_ink: [255, 255, 255],
};

const DARK: Palette = Palette {
    page: [15, 20, 27],
    window: [10, 14, 20],
    land: [21, 28, 37],
    border: [70, 82, 97],
    ink: [236, 240, 244],
    soft: [154, 166, 179],
    rule: [48, 58, 70],
    near: [209, 243, 255],
    middle: [74, 168, 219],
    far: [40, 98, 150],
    beyond: [245, 140, 66],
    post: [255, 255, 255],
    post_ink: [15, 20, 27],
};

impl Palette {
    /// The colour of band `band` of `bands`, nearest first, along the sequence.
    fn band(&self, band: usize, bands: usize) -> Rgb {
        let whole = bands.saturating_sub(1).max(1) as i32 * 2;
        let along = band as i32 * 4;
        let (from, to, part) = if along <= whole {
            (self.near, self.middle, along)
        } else {
            (self.middle, self.far, along - whole)
        };
        std::array::from_fn(|i| {
            let (from, to) = (i32::from(from[i]), i32::from(to[i]));
            (from + (to - from) * part / whole) as u8
        })
    }

    fn rules(&self, bands: usize, loud: bool) -> String {
        let mut css = String::new();
        // Writing into a string cannot fail.
        let mut rule = |selector: &str, body: &[(&str, Rgb)]| {
            let body: Vec<String> =
                body.iter().map(|(key, rgb)| format!("{key}:{}", hex(*rgb))).collect();
            let _ = writeln!(css, "{selector}{{{}}}", body.join(";"));
        };
        rule(".page", &[("fill", self.page)]);
        rule(".window", &[("fill", self.window)]);
        rule(".land", &[("fill", self.land)]);
        rule(".plate", &[("fill", self.window)]);
        rule(".border", &[("stroke", self.border)]);
        rule(".ink", &[("fill", self.ink)]);
        rule(".soft", &[("fill", self.soft)]);
        rule(".rule", &[("stroke", self.rule)]);
        rule(".edge", &[("stroke", self.ink)]);
        rule(".halo", &[("stroke", self.land)]);
        for band in 0..bands {
            let colour = self.band(band, bands);
            rule(&format!(".s{band}"), &[("stroke", colour)]);
            rule(&format!(".f{band}"), &[("fill", colour)]);
        }
        rule(&format!(".s{bands},.blind"), &[("stroke", self.beyond)]);
        rule(&format!(".f{bands},.number"), &[("fill", self.beyond)]);
        if !loud {
            rule(&format!(".s{bands}"), &[("stroke", self.rule)]);
            rule(&format!(".f{bands}"), &[("fill", self.rule)]);
        }
        rule(".post", &[("fill", self.post), ("stroke", self.post_ink)]);
        rule(".mark", &[("fill", self.post_ink), ("stroke", self.post_ink)]);
        rule(".digit", &[("fill", self.page)]);
        css
    }
}

fn hex([r, g, b]: Rgb) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// What does not change with the colours.
const SHAPES: &str =
    "text{font-family:\"Noto Sans\",\"Noto Sans SC\",\"Noto Sans CJK SC\",\"PingFang SC\",\
\"Microsoft YaHei\",\"Source Han Sans SC\",system-ui,Helvetica,Arial,sans-serif}
.title{font-size:26px;font-weight:700}
.sub{font-size:14px}
.head{font-size:13px;font-weight:700}
.body{font-size:13px}
.small{font-size:11px}
.figure{font-size:13px;font-variant-numeric:tabular-nums}
.right{text-anchor:end}
.mid{text-anchor:middle}
.name{font-size:12px;font-weight:600;text-anchor:middle;letter-spacing:.3px}
.halo{stroke-width:3.4px;stroke-linejoin:round;paint-order:stroke;stroke-opacity:.85}
.line,.border,.rule,.edge,.blind{fill:none;stroke-linecap:round;stroke-linejoin:round}
.land{fill-rule:evenodd}
.plate{fill-opacity:.86}
.hatch{fill:url(#hatch)}
.hatched{fill:url(#hatched)}
.post{stroke-width:1.3px;stroke-linejoin:round}
.mark{stroke-width:0}
.number{stroke-width:0}
.digit{font-size:11px;font-weight:700;text-anchor:middle}
";

/// The style sheet of a map with so many bands of minutes; what is out of reach stands out if it is to be `loud`.
pub(crate) fn style_sheet(theme: Theme, bands: usize, loud: bool) -> String {
    let mut css = SHAPES.to_owned();
    match theme {
        Theme::Light => css += &LIGHT.rules(bands, loud),
        Theme::Dark => css += &DARK.rules(bands, loud),
        Theme::Auto => {
            css += &LIGHT.rules(bands, loud);
            let _ = write!(
                css,
                "@media (prefers-color-scheme:dark){{\n{}}}\n",
                DARK.rules(bands, loud)
            );
        }
    }
    css
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance in parts per thousand, coarse (the square stands for the transfer curve of sRGB).
    fn luminance([r, g, b]: Rgb) -> u32 {
        let square = |v: u8| u32::from(v) * u32::from(v);
        (square(r) * 213 + square(g) * 715 + square(b) * 72) / (255 * 255)
    }

    #[test]
    fn bands_run_steadily_between_near_and_far() {
        for bands in 1..=8 {
            let light: Vec<u32> = (0..bands).map(|i| luminance(LIGHT.band(i, bands))).collect();
            let dark: Vec<u32> = (0..bands).map(|i| luminance(DARK.band(i, bands))).collect();
            assert!(light.is_sorted_by(|a, b| a < b), "{light:?}");
            assert!(dark.is_sorted_by(|a, b| a > b), "{dark:?}");
        }
        assert_eq!(LIGHT.band(0, 3), LIGHT.near);
        assert_eq!(LIGHT.band(1, 3), LIGHT.middle);
        assert_eq!(LIGHT.band(2, 3), LIGHT.far);
    }

    #[test]
    fn the_reader_s_screen_decides_only_when_asked() {
        assert!(style_sheet(Theme::Auto, 3, true).contains("prefers-color-scheme:dark"));
        for (theme, page) in [(Theme::Light, "#ffffff"), (Theme::Dark, "#0f141b")] {
            let css = style_sheet(theme, 3, true);
            assert!(!css.contains("prefers") && css.contains(&format!(".page{{fill:{page}}}")));
        }
    }
}
