//! The key of a command: its id, chosen by who sends it, so that it can be sent again without harm.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use precinct_core::CommandId;

use super::{AsOf, Failure};

/// The header it comes in.
const HEADER: &str = "idempotency-key";

/// The key of a command, and by which record its sender knows the thing it changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) id: CommandId,
    pub(crate) as_of: AsOf,
}

/// 32 hexadecimal digits, with hyphens where somebody puts them, as in a UUID.
fn read(text: &str) -> Option<CommandId> {
    let digits: Vec<u8> = text.bytes().filter(|&byte| byte != b'-').collect();
    let (pairs, []) = digits.as_chunks::<2>() else { return None };
    let bytes = pairs.iter().map(|pair| {
        let text = std::str::from_utf8(pair).ok()?;
        pair.iter().all(u8::is_ascii_hexdigit).then_some(())?;
        u8::from_str_radix(text, 16).ok()
    });
    let bytes: Vec<u8> = bytes.collect::<Option<_>>()?;
    Some(CommandId(bytes.try_into().ok()?))
}

impl<S: Send + Sync> FromRequestParts<S> for Key {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let wanted = "a command carries a header Idempotency-Key of 32 hexadecimal digits, such as a new UUID: sent again \
                      with the same key it is done once";
        let value = parts.headers.get(HEADER).ok_or_else(|| Failure::bad(wanted))?;
        let key = value.to_str().ok().and_then(read);
        let id = key.ok_or_else(|| Failure::bad(wanted))?;
        Ok(Self { id, as_of: AsOf::of(&parts.headers)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_uuid_with_or_without_hyphens() {
        let key = read("018cea5f-0000-7000-8000-0000000000a5").unwrap();
        assert_eq!(key, read("018cea5f0000700080000000000000a5").unwrap());
        assert_eq!(key.0[..2], [0x01, 0x8c]);
        for bad in ["", "12", "+18cea5f0000700080000000000000a5", &"é".repeat(16), &"0".repeat(33)]
        {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
