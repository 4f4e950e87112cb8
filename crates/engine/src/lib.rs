//! The loop that joins the core with its journal. It owns clock, chance and store, and they are ports: the same engine runs a city, a
//! test with a clock of its own, and a day that is played again.
//!
//! - [`Engine::turn`] decides whatever waits, writes it in one go, and answers when it is on the disk.
//! - [`replay()`] rebuilds the state at any record; [`snapshots`] shorten the way.
//! - [`live`] is the world as it is; `precinct-sim` has one of its own.

mod body;
mod compact;
mod disk;
mod engine;
pub mod live;
mod outcome;
mod ports;
mod replay;
mod seal;
mod serve;
pub mod snapshots;
mod time;
mod turn;

pub use body::{BodyError, Entry};
pub use disk::Disk;
pub use engine::Engine;
pub use outcome::{Done, Outcome, Request, Trouble, Unless};
pub use ports::{Chance, Clock, Reading, Records, Store};
pub use replay::{ReplayError, Replayed, replay, replay_all, replay_on};
pub use serve::{Ask, Listener, Reply};
