//! Signing in through a provider of `OpenID` Connect: authorisation code with PKCE, state and nonce.
//!
//! The provider is asked for the first time when somebody wants to sign in through it, so one that is down holds up neither the start nor
//! anybody who signs in with a password.

mod agent;
mod claims;
mod fault;
mod link;
mod pending;
mod provider;
mod settings;

pub(crate) use self::claims::Claims;
pub(crate) use self::fault::OidcFault;
pub(crate) use self::link::Unlinked;
pub(crate) use self::pending::LASTS;
pub(crate) use self::provider::Provider;
pub use self::settings::{Groups, Oidc, Trusted};
