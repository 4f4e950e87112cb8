//! Codes of a second factor (TOTP, RFC 6238): six digits, SHA-1, a new one every 30 seconds, as every app has it.

use precinct_base::Timestamp;

use crate::hmac;
use crate::secret::same;

/// Bytes of a secret (RFC 4226 asks for 20).
pub(crate) const SECRET_BYTES: usize = 20;
const STEP_MS: i64 = 30_000;
/// How many steps a clock may be off, either way.
const OFF: i64 = 1;

/// The code of a step (RFC 4226, section 5.3).
fn code(secret: &[u8], step: i64) -> [u8; 6] {
    let mac = hmac::sha1(secret, &step.to_be_bytes());
    let at = usize::from(mac[19] & 15);
    let number = u32::from_be_bytes([mac[at] & 0x7f, mac[at + 1], mac[at + 2], mac[at + 3]]);
    let digit = |power| b'0' + (number / 10_u32.pow(power) % 10) as u8;
    [digit(5), digit(4), digit(3), digit(2), digit(1), digit(0)]
}

/// The step that a code is of, if it is later than `used`: a code that was used, and those before it, are not taken again.
pub(crate) fn step_of(secret: &[u8], typed: &str, now: Timestamp, used: i64) -> Option<i64> {
    let step = now.0.div_euclid(STEP_MS);
    // All are looked at, so that the time says nothing of which it was.
    (step.saturating_sub(OFF)..=step.saturating_add(OFF))
        .filter(|&step| same(&code(secret, step), typed.as_bytes()))
        .fold(None, |_, step| Some(step))
        .filter(|&step| step > used)
}

/// The code that an app shows at an instant.
#[cfg(test)]
pub(crate) fn shown(secret: &[u8], now: Timestamp) -> String {
    String::from_utf8(code(secret, now.0.div_euclid(STEP_MS)).to_vec()).unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    /// RFC 6238, appendix B, the last six of its eight digits.
    #[test]
    fn these_are_the_vectors_of_the_rfc() {
        for (second, expected) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(shown(SECRET, Timestamp(second * 1_000)), expected);
        }
    }

    #[test]
    fn a_code_holds_for_its_step_and_one_either_way_and_once() {
        let at = |step: i64| Timestamp(step * STEP_MS + 5);
        let typed = shown(SECRET, at(1_000));
        for (now, used, expected) in [
            (1_000, 0, Some(1_000)),
            (999, 0, Some(1_000)),
            (1_001, 0, Some(1_000)),
            (998, 0, None),
            (1_002, 0, None),
            (1_000, 999, Some(1_000)),
            (1_000, 1_000, None),
            (1_001, 1_001, None),
        ] {
            assert_eq!(step_of(SECRET, &typed, at(now), used), expected, "{now} {used}");
        }
        for bad in ["", "12345", "1234567", "abcdef", "１２３４５６"] {
            assert_eq!(step_of(SECRET, bad, at(1_000), 0), None);
        }
        for far in [i64::MAX, i64::MIN] {
            assert_eq!(step_of(SECRET, "0000000", Timestamp(far), 0), None);
        }
    }
}
