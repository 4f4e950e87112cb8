//! Who may do what: policies in Cedar, which a city can replace, and their answers.
//!
//! [`Access`] holds a set of policies that was parsed, held strictly against the schema, and looked over for what no policy may do.
//! [`Access::allowed`] answers one question: may this [`Principal`] do that [`Action`] to this [`Resource`], as things are
//! ([`Context`])? The answer says which policies decided, in which role somebody acts, and whether only broken glass allowed it; or why
//! not, and what would help.
//!
//! Where a role holds is worked out anew for each question from the tree of areas. What is left is a `question` with few
//! possible values. Cedar is given the question and nothing else, so an answer that is kept can never be out of date.
//!
//! Two things are law and no policy can undo them (`law`): nothing sensitive is read without a purpose, and broken glass never gives
//! rights, keys or policies.

mod access;
mod action;
mod bounds;
mod cache;
mod cedar;
mod context;
mod decision;
mod fault;
mod law;
mod load;
mod principal;
mod question;
mod resource;
mod roles;
mod says;
mod standard;
mod table;

pub use access::Access;
pub use action::Action;
pub use context::{Areas, Context};
pub use decision::{Allowed, Basis, Decision, Mend, Refused};
pub use fault::{PolicyFault, PolicyFaults};
pub use principal::{Principal, Who};
pub use resource::{About, Resource};
pub use standard::{SCHEMA, STANDARD};
pub use table::table;
