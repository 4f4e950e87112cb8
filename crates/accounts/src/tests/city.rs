//! A folder with accounts, a clock that is set by hand, and chance that is the same every time.

use std::net::IpAddr;

use precinct_base::{AreaId, Timestamp};
use precinct_core::{Code, Grant, Role, StaffNo};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::{Accounts, Chance, Cost, Language, NewAccount, SignInError, SignedIn, Source};

pub(super) const NOW: Timestamp = Timestamp(1_790_000_000_000);
pub(super) const PASSWORD: &str = "a long sentence";

/// Never the same twice.
#[derive(Clone, Default)]
pub(super) struct Lots(pub(super) u64);

impl Chance for Lots {
    fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            self.0 += 1;
            chunk.copy_from_slice(&Sha256::digest(self.0.to_be_bytes())[..chunk.len()]);
        }
    }
}

pub(super) struct City {
    pub(super) folder: TempDir,
    pub(super) accounts: Accounts,
    pub(super) lots: Lots,
    pub(super) now: Timestamp,
}

pub(super) fn staff(text: &str) -> StaffNo {
    text.parse().unwrap()
}

pub(super) fn new(text: &str) -> NewAccount {
    NewAccount { staff: staff(text), force: Code::literal("police"), language: Language::Zh }
}

pub(super) fn grant(role: Role, area: u32) -> Grant {
    Grant { role, area: AreaId(area) }
}

pub(super) fn from(last: u8) -> Source {
    Source::of(IpAddr::from([192, 0, 2, last]))
}

impl City {
    /// Nobody yet.
    pub(super) fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let accounts = Accounts::open_with(folder.path(), Cost::LEAST).unwrap();
        Self { folder, accounts, lots: Lots::default(), now: NOW }
    }

    /// The administrator `A1`, and nobody else.
    pub(super) fn new() -> Self {
        let mut city = Self::empty();
        let token = city.accounts.first_run(city.now, &mut city.lots).unwrap().unwrap();
        let (now, lots) = (city.now, &mut city.lots);
        city.accounts.set_up(now, token.expose(), &new("A1"), PASSWORD, lots).unwrap();
        city
    }

    /// The same, and dispatcher `A2`.
    pub(super) fn with_dispatcher() -> Self {
        let mut city = Self::new();
        let roles = [grant(Role::Dispatcher, 3)];
        let token = city.accounts.create(city.now, &new("A2"), &roles, &mut city.lots).unwrap();
        city.accounts.accept(city.now, token.expose(), PASSWORD, &mut city.lots).unwrap();
        city
    }

    pub(super) fn pass(&mut self, seconds: i64) {
        self.now.0 += seconds * 1_000;
    }

    pub(super) fn sign_in(
        &mut self,
        who: &str,
        password: &str,
        code: Option<&str>,
        source: u8,
    ) -> Result<SignedIn, SignInError> {
        let (now, who) = (self.now, staff(who));
        self.accounts.sign_in(now, who, password, code, from(source), &mut self.lots)
    }

    /// Signs `A2` in; the session's token.
    pub(super) fn token(&mut self) -> String {
        self.sign_in("A2", PASSWORD, None, 1).unwrap().token.expose().to_owned()
    }

    /// `A2`, signed in anew.
    pub(super) fn session(&mut self) -> crate::Session {
        let token = self.token();
        self.accounts.session(self.now, &token).unwrap().unwrap()
    }

    pub(super) fn holds(&self, token: &str) -> bool {
        self.accounts.session(self.now, token).unwrap().is_some()
    }
}
