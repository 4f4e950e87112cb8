//! Bounds on the shape of policies before they are parsed: the parser calls itself for what lies in one another, and must not run out
//! of stack on any text.

use precinct_base::caps;

use crate::{PolicyFault, says};

/// Whether no policy is too long or too deep. What stands in quotes or in comments is no part of either.
pub(crate) fn check(text: &str) -> Result<(), PolicyFault> {
    let (mut length, mut depth) = (0, 0_usize);
    let mut bytes = text.bytes().enumerate().peekable();
    while let Some((at, byte)) = bytes.next() {
        length += usize::from(!byte.is_ascii_whitespace());
        match byte {
            b'"' => skip_text(&mut bytes),
            b'/' if bytes.peek().is_some_and(|next| next.1 == b'/') => {
                _ = bytes.find(|next| next.1 == b'\n');
            }
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b';' => (length, depth) = (0, 0),
            _ => {}
        }
        let fault = |what| Err(PolicyFault::whole(what, says::make_several()).at(text, Some(at)));
        if depth > caps::POLICY_DEPTH {
            return fault(says::too_deep(caps::POLICY_DEPTH));
        }
        if length > caps::ONE_POLICY_BYTES {
            return fault(says::too_long(caps::ONE_POLICY_BYTES));
        }
    }
    Ok(())
}

fn skip_text(bytes: &mut impl Iterator<Item = (usize, u8)>) {
    while let Some((_, byte)) = bytes.next() {
        match byte {
            b'\\' => _ = bytes.next(),
            b'"' => return,
            _ => {}
        }
    }
}
