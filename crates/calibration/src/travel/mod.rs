//! Travel: drives routed over the streets, their time explained by class of road, hour and area.
//!
//! A drive takes `s + h · Σ f(class) · g(area) · t`: `t` is what each stretch takes as imported, and `s` what every drive costs beside its
//! streets (getting away, pulling up, pressing the button). Hours scale all streets alike, so the way does not depend on the hour.

mod model;
mod robust;
mod ways;

pub(crate) use model::{Model, Observed, fit};
pub(crate) use ways::{Ways, routed};
