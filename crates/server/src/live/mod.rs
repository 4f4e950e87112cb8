//! The living part: the engine on its thread, the board beside it, and what is told to who watches.

mod board;
mod desk;
mod feed;
mod thread;
mod watch;

pub(crate) use self::board::Board;
pub(crate) use self::desk::{Busy, Desk};
pub(crate) use self::feed::{Feed, Told};
pub(crate) use self::thread::Live;
pub(crate) use self::watch::Watch;
