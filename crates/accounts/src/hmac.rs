//! HMAC (RFC 2104) over a hash with blocks of 64 bytes: SHA-1 for second factors, as every app has it, and SHA-256.

use sha1::{Digest as _, Sha1};
use sha2::{Digest as _, Sha256};

const BLOCK: usize = 64;

/// HMAC with a key of any length.
fn hmac<const N: usize>(hash: fn(&[&[u8]]) -> [u8; N], key: &[u8], message: &[u8]) -> [u8; N] {
    let mut block = [0; BLOCK];
    if key.len() > BLOCK {
        block[..N].copy_from_slice(&hash(&[key]));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let inner = hash(&[&block.map(|byte| byte ^ 0x36), message]);
    hash(&[&block.map(|byte| byte ^ 0x5c), &inner])
}

/// HMAC-SHA-1.
pub(crate) fn sha1(key: &[u8], message: &[u8]) -> [u8; 20] {
    let hash = |parts: &[&[u8]]| {
        let mut hasher = Sha1::new();
        for part in parts {
            hasher.update(part);
        }
        hasher.finalize().into()
    };
    hmac(hash, key, message)
}

/// HMAC-SHA-256.
pub(crate) fn sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    let hash = |parts: &[&[u8]]| {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update(part);
        }
        hasher.finalize().into()
    };
    hmac(hash, key, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::hex;

    /// RFC 2202, cases 1, 2 and 6, and RFC 4231, cases 1, 2 and 6.
    #[test]
    fn these_are_the_vectors_of_the_rfcs() {
        let (what, key) = (b"what do ya want for nothing?", [0xaa; 131]);
        let larger = b"Test Using Larger Than Block-Size Key - Hash Key First";
        assert_eq!(
            hex(&sha1(&[0x0b; 20], b"Hi There")),
            "b617318655057264e28bc0b6fb378c8ef146be00"
        );
        assert_eq!(hex(&sha1(b"Jefe", what)), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
        assert_eq!(hex(&sha1(&key[..80], larger)), "aa4ae5e15272d00e95705637ce8a3b55ed402112");
        assert!(
            hex(&sha256(&[0x0b; 20], b"Hi There")).starts_with("b0344c61d8db38535ca8afceaf0bf12b")
        );
        assert!(hex(&sha256(b"Jefe", what)).starts_with("5bdcc146bf60754e6a042426089575c7"));
        assert!(hex(&sha256(&key, larger)).starts_with("60e431591ee0b67f0d8a26aacbf5b77f"));
    }
}
