//! The map of coverage as one SVG file: a picture for a report, light and dark, in English or Chinese.

mod areas;
mod blind;
mod figure;
mod frame;
mod furniture;
mod grid;
mod lines;
mod panel;
mod streets;
mod svg;
mod symbols;
mod theme;

pub(crate) use areas::Area;
pub(crate) use figure::Picture;
pub(crate) use frame::worth_showing;
pub(crate) use panel::{Band, BlindPlace, Legend};
pub(crate) use streets::Street;
pub(crate) use svg::escape;
pub(crate) use theme::Theme;
