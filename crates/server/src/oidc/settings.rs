//! What an operator says of the provider that people sign in with.

use std::path::PathBuf;

use precinct_core::{Code, Grant};

/// A provider of `OpenID` Connect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Oidc {
    /// Its issuer: the address that `/.well-known/openid-configuration` follows.
    pub issuer: String,
    /// What it calls this server.
    pub client_id: String,
    /// The file with the secret between it and this server; none for a client without.
    pub client_secret: Option<PathBuf>,
    /// Where browsers reach this server, such as `https://town.example`.
    pub public: String,
    /// What the sign-in page calls it, in English.
    pub label_en: String,
    /// The same in Chinese.
    pub label_zh: String,
    /// The claim with the staff number, by which accounts are found.
    pub staff_claim: String,
    /// What it says of somebody who showed it a second factor that this city takes for its own; none leaves that to Precinct.
    pub second_factor: Vec<Trusted>,
    /// The roles that come with its groups; none has accounts made by an administrator only.
    pub groups: Option<Groups>,
    /// Certificates of the authorities that vouch for it, as a PEM file; none takes the system's.
    pub authorities: Option<PathBuf>,
}

/// What a provider says of a second factor that is trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trusted {
    /// A way of authentication, in the claim `amr` (RFC 8176).
    Amr(String),
    /// A class of authentication, in the claim `acr`; it is asked for, too.
    Acr(String),
}

/// Roles that come with a provider's groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Groups {
    /// The claim with the names of somebody's groups.
    pub claim: String,
    /// A group, and a role that its members have.
    pub roles: Vec<(String, Grant)>,
    /// The force of accounts that are made for those who have none.
    pub force: Code,
}
