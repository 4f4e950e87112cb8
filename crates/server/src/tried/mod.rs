//! Trials: plans tried on days that were, from the city's own record or from files of calls, with the difference and how sure it is.

mod arms;
mod calls;
mod figures;
mod record;
mod trace;
mod work;

pub(crate) use self::arms::{Crews, arm};
pub(crate) use self::calls::{RECORD, Sources};
pub(crate) use self::figures::document;
pub(crate) use self::trace::trace;
pub(crate) use self::work::{Question, Tried, work};
