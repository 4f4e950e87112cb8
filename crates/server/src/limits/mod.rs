//! How often one may come through the doors, by who comes and what for.

mod bucket;
mod class;
mod hold;

pub(crate) use self::bucket::{Kind, Limits};
pub(crate) use self::class::Class;
pub(crate) use self::hold::hold;
