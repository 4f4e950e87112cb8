//! Passwords: Argon2id (RFC 9106), and what a password must be.

use argon2::{Algorithm, Argon2, Params, Version};
use precinct_base::caps;
use precinct_core::StaffNo;

use crate::secret::{Chance, draw, same};

/// The least characters of a password.
pub const PASSWORD_LEAST: usize = 12;
/// The least different characters of a password.
const DIFFERENT_LEAST: usize = 5;
/// Bytes of salt (RFC 9106, section 4).
const SALT_BYTES: usize = 16;
/// Bytes of hash: 32, the tag of 256 bits of RFC 9106, section 4.
const HASH_BYTES: usize = 32;

/// What hashing a password costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost {
    /// KiB of memory.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes of it.
    pub lanes: u32,
}

impl Cost {
    /// The second recommended choice of RFC 9106, section 4: 64 MiB, three passes, four lanes.
    pub const RFC_9106: Self = Self { memory: 64 << 10, passes: 3, lanes: 4 };
    /// The least the algorithm takes. For tests of what is built on it, and nothing else.
    pub const LEAST: Self = Self { memory: 8, passes: 1, lanes: 1 };

    fn hash(self, password: &str, salt: &[u8]) -> Option<[u8; HASH_BYTES]> {
        let Self { memory, passes, lanes } = self;
        let params = Params::new(memory, passes, lanes, Some(HASH_BYTES)).ok()?;
        let mut hash = [0; HASH_BYTES];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(password.as_bytes(), salt, &mut hash)
            .ok()?;
        Some(hash)
    }
}

/// A password as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hashed {
    pub(crate) salt: Vec<u8>,
    pub(crate) hash: Vec<u8>,
    pub(crate) cost: Cost,
}

impl Hashed {
    /// Hashes a password with a fresh salt; none if there is no memory for it. Slow on purpose.
    pub(crate) fn new(password: &str, cost: Cost, chance: &mut dyn Chance) -> Option<Self> {
        let salt: [u8; SALT_BYTES] = draw(chance);
        Some(Self { salt: salt.into(), hash: cost.hash(password, &salt)?.into(), cost })
    }

    /// A password that is nobody's: an unknown account takes as long as a known one.
    pub(crate) fn nobodys(cost: Cost) -> Self {
        Self { salt: vec![0; SALT_BYTES], hash: Vec::new(), cost }
    }

    /// Whether this is the password. Slow on purpose. None if there is no memory for it.
    pub(crate) fn is(&self, password: &str) -> Option<bool> {
        Some(same(&self.cost.hash(password, &self.salt)?, &self.hash))
    }

    /// Whether it is to be hashed anew, at a higher cost.
    pub(crate) fn is_cheaper_than(&self, cost: Cost) -> bool {
        let Cost { memory, passes, lanes } = self.cost;
        memory < cost.memory || passes < cost.passes || lanes < cost.lanes
    }
}

/// Why a text may not be a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    /// It is short.
    #[error("a password has at least {PASSWORD_LEAST} characters: take a sentence")]
    Short,
    /// It is long.
    #[error("a password has at most {} bytes: shorten it", caps::PASSWORD_BYTES)]
    Long,
    /// It is the same few characters.
    #[error("that password is the same few characters: take a sentence")]
    Plain,
    /// Everybody knows a part of it.
    #[error("the staff number is in that password, and others know it: take a sentence")]
    Number,
}

/// Whether a text may be somebody's password.
pub(crate) fn check(password: &str, staff: StaffNo) -> Result<(), PasswordFault> {
    if password.chars().count() < PASSWORD_LEAST {
        return Err(PasswordFault::Short);
    }
    if password.len() > caps::PASSWORD_BYTES {
        return Err(PasswordFault::Long);
    }
    let mut characters: Vec<char> = password.chars().collect();
    characters.sort_unstable();
    characters.dedup();
    if characters.len() < DIFFERENT_LEAST {
        return Err(PasswordFault::Plain);
    }
    let (small, number) = (password.to_lowercase(), staff.as_str().to_lowercase());
    // A number of two or three characters is in many a sentence.
    if number.len() > 3 && small.contains(&number) {
        return Err(PasswordFault::Number);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::hex;

    struct Nothing;
    impl Chance for Nothing {
        fn fill(&mut self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }

    #[test]
    fn a_password_is_known_again_at_its_own_cost() {
        let hashed = Hashed::new("correct horse", Cost::LEAST, &mut Nothing).unwrap();
        assert_eq!(hashed.is("correct horse"), Some(true));
        assert_eq!(hashed.is("correct horsf"), Some(false));
        assert_eq!(Hashed::nobodys(Cost::LEAST).is(""), Some(false));
        let dearer = Cost { memory: 16, ..Cost::LEAST };
        assert!(hashed.is_cheaper_than(dearer) && !hashed.is_cheaper_than(Cost::LEAST));
        assert_ne!(Hashed::new("correct horse", dearer, &mut Nothing).unwrap().hash, hashed.hash);
        // No such cost.
        assert_eq!(Hashed::new("x", Cost { memory: 0, ..Cost::LEAST }, &mut Nothing), None);
    }

    /// RFC 9106's own vector has a secret and associated data, which we have not; this one is of the reference program:
    /// `echo -n password | argon2 somesalt12345678 -id -t 3 -k 65536 -p 4 -l 32`.
    #[test]
    fn it_is_argon2id_at_the_cost_of_the_rfc() {
        let Cost { memory, passes, lanes } = Cost::RFC_9106;
        assert_eq!((memory, passes, lanes), (65_536, 3, 4));
        let hash = Cost::RFC_9106.hash("password", b"somesalt12345678").unwrap();
        assert_eq!(hex(&hash), "64d388aeb007b664336c2357dfdd47c496340c12d8ee87dd33f05ae923aa5718");
    }

    #[test]
    fn what_may_be_a_password() {
        let staff = StaffNo::literal("A1007");
        let fault = |text: &str| check(text, staff).err();
        assert_eq!(fault("a long sentence"), None);
        assert_eq!(fault("派出所门口有两棵槐树一口井"), None);
        assert_eq!(fault("eleven char"), Some(PasswordFault::Short));
        assert_eq!(fault(&"long sentence ".repeat(30)), Some(PasswordFault::Long));
        assert_eq!(fault("abababababababab"), Some(PasswordFault::Plain));
        assert_eq!(fault("password of a1007"), Some(PasswordFault::Number));
        assert_eq!(check("a1 is in this one", StaffNo::literal("a1")), Ok(()));
    }
}
