//! Accounts, second factors, sessions, keys of machines and devices: who somebody is. What they may do is for `access`.
//!
//! Everything lies in one `SQLite` file, `accounts.db`, and is on the disk when a call returns. Looking somebody up never waits for a
//! write. Secrets are kept as hashes only, but for the
//! secret of a second factor, which has to be read. There is nothing of a person but staff number and force;
//! `golden/columns.txt` lists every column with its purpose and retention.
//!
//! Time and chance come in as arguments. Calls that hash a password say so: they are slow on purpose, and few run at once; run them on a
//! thread that may wait.
//!
//! ```
//! use precinct_accounts::{Accounts, Chance, Cost, Language, NewAccount, Source};
//! use precinct_base::Timestamp;
//! use precinct_core::Code;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! struct Lots(u8); // a program draws from the system
//! impl Chance for Lots {
//!     fn fill(&mut self, bytes: &mut [u8]) {
//!         bytes.fill_with(|| { self.0 = self.0.wrapping_mul(5).wrapping_add(3); self.0 });
//!     }
//! }
//! let (folder, mut lots, now) = (tempfile::tempdir()?, Lots(1), Timestamp(1_790_000_000_000));
//! let accounts = Accounts::open_with(folder.path(), Cost::LEAST)?;
//! let token = accounts.first_run(now, &mut lots)?.expect("there is no account yet");
//! let who = NewAccount { staff: Code::literal("A100"), force: Code::literal("police"), language: Language::En };
//! accounts.set_up(now, token.expose(), &who, "a long sentence", &mut lots)?;
//! let source = Source::of("192.0.2.7".parse()?);
//! let signed_in = accounts.sign_in(now, who.staff, "a long sentence", None, source, &mut lots)?;
//! let session = accounts.session(now, signed_in.token.expose())?.expect("it has just begun");
//! assert_eq!(session.staff, who.staff);
//! # Ok(())
//! # }
//! ```

mod account;
mod base32;
mod database;
mod device;
mod error;
mod factor;
mod guesses;
mod hmac;
mod invite;
mod key;
mod password;
mod secret;
mod seen;
mod session;
mod sign_in;
mod store;
#[cfg(test)]
mod tests;
mod totp;
mod turnstile;
mod vouched;

pub use account::{Account, Language, NewAccount, RolesFrom};
pub use device::{Device, DeviceKind, Enrolled};
pub use error::{AccountError, OpenError};
pub use factor::NewFactor;
pub use guesses::{Source, Wait};
pub use invite::{INVITE_LASTS, SET_UP_LASTS};
pub use key::{KeyHolder, KeyShown, UnrecordedKey};
pub use password::{Cost, PASSWORD_LEAST, PasswordFault};
pub use secret::{Chance, Secret};
pub use session::{IDLE, LONGEST_SESSION, Session, csrf};
pub use sign_in::{SignInError, SignedIn};
pub use store::Accounts;
pub use vouched::Vouched;
