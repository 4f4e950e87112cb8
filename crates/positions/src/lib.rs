//! Where units are: the latest fix of each unit on duty, what is near a place, and how often streets were passed.
//!
//! One writer holds [`Positions`]: it hears fixes, judges each by [`Rules`], and at each tick publishes an immutable [`View`] that
//! any number of readers ask without a lock. A unit has a place only while it is on duty; the end of its tour wipes it.
//! [`presence`] counts what patrols passed and where they stayed, [`track`] makes the bytes of what was driven. There is no clock
//! here, no file and no road: time is an argument, and streets are numbers that the caller knows.
//!
//! ```
//! use precinct_base::{Metres, Timestamp, UnitId};
//! use precinct_positions::{Fix, Heard, Positions, Rules, Verdict};
//!
//! let mut positions = Positions::new(Rules::default());
//! positions.begin_tour(UnitId(7), Timestamp(1_000)).unwrap();
//! let here = "113.5439,22.1987".parse().unwrap();
//! let fix = Fix::new(UnitId(7), here, Timestamp(2_000));
//! match positions.accept(Timestamp(2_100), &fix) {
//!     Heard::Calm(verdict) => assert_eq!(verdict, Verdict::Taken { jumped: false }),
//!     Heard::Sos { calls, .. } => panic!("nobody called for help: {calls:?}"),
//! }
//! positions.tick(Timestamp(3_000));
//! let near = positions.reader().view().nearest(here, 10, Metres(500));
//! assert_eq!((near[0].position.unit, near[0].position.age.0), (UnitId(7), 1_000));
//! ```
#![deny(clippy::float_arithmetic)]

mod columns;
mod fix;
mod plausible;
pub mod presence;
mod publish;
mod rules;
pub mod track;
mod tree;
mod varint;
mod verdict;
mod view;
mod writer;

pub use fix::{Fix, Heading, OnStreet, Source, Speed};
pub use publish::Reader;
pub use rules::Rules;
pub use tree::cells::{Cells, CellsError};
pub use verdict::{Heard, Sos, Tally, Verdict};
pub use view::{Near, Position, View};
pub use writer::{Positions, UnitOutOfRange};
