//! The doors of a running city: HTTP for consoles, phones and other systems, over the live engine.
//!
//! [`Server::start`] opens a city and its data folder, describes the one to the other, starts the engine and the thread that knows where
//! units are, and listens. A command comes through a door as a body of [`precinct_wire`], is held against the policies of
//! [`precinct_access`], becomes an order, is decided by the core and written by the journal; then it is answered. Readers look at a board
//! that follows the record and never waits for the disk.

mod advise;
mod album;
mod app;
mod atlas;
mod beside;
mod chance;
mod cover;
mod describe;
mod door;
mod field;
mod ground;
mod keep;
mod limits;
mod live;
mod looking;
mod metrics;
mod oidc;
mod options;
mod patrols;
mod planning;
mod policies;
mod presence;
mod reach;
mod records;
mod review;
mod routes;
mod runs;
mod seal;
mod server;
mod shelf;
mod sited;
mod statistics;
mod tried;
mod watched;

pub use oidc::{Groups, Oidc, Trusted};
pub use options::{Drill, Options, Tls};
pub use policies::{PolicyError, own_policies};
pub use server::{Listening, Server, ServerError, openapi};
