//! The chain: each record's hash covers all of it and the hash of the record before.
//!
//! The hash of a record is SHA-256 over
//!
//! | bytes | what |
//! |---|---|
//! | 1 | 0x00, which marks a leaf (RFC 6962, section 2.1), so that a Merkle log can be built over the same hashes |
//! | 8 | sequence number, big-endian |
//! | 8 | instant, big-endian, two's complement |
//! | 16 | command |
//! | 4, then as many | length of the actor, big-endian, and the actor in UTF-8 |
//! | 4, then as many | length of the body, big-endian, and the body in UTF-8 |
//! | 32 | hash of the record before, or [`GENESIS`] |

use crate::record::ACTOR_BYTES;
use crate::{Draft, Hash, Hasher, Head, Record, Row};

/// What the first record has in place of the hash of the one before: nothing ever hashed to zeros, so it cannot be a record's.
pub const GENESIS: Hash = Hash([0; 32]);

/// What is wrong with a record in its place in the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// It has another number than its place.
    Number {
        /// What its place asks for.
        expected: u64,
    },
    /// Its content does not have the hash that is stored with it.
    Content,
    /// It does not follow on the record before it.
    Link,
}

/// The hash of a record with this content.
pub(crate) fn hash(row: &Row<'_>) -> Hash {
    let length = |text: &str| (text.len() as u32).to_be_bytes();
    // What is short is put together first: a call of the hasher for each costs as much as the hashing.
    let mut head = [0; 41 + ACTOR_BYTES];
    head[1..9].copy_from_slice(&row.seq.to_be_bytes());
    head[9..17].copy_from_slice(&row.instant.to_be_bytes());
    head[17..33].copy_from_slice(&row.command.0);
    head[33..37].copy_from_slice(&length(row.actor));
    let mut hasher = Hasher::default();
    let ends = 37 + row.actor.len();
    if let Some(rest) = head.get_mut(ends..ends + 4) {
        rest.copy_from_slice(&length(row.body));
        head[37..ends].copy_from_slice(row.actor.as_bytes());
        hasher.update(&head[..ends + 4]);
    } else {
        // No writer writes an actor as long as this, but a file can be made to hold one.
        hasher.update(&head[..37]);
        hasher.update(row.actor.as_bytes());
        hasher.update(&length(row.body));
    }
    hasher.update(row.body.as_bytes());
    hasher.update(&row.previous.0);
    hasher.finish()
}

/// The record that `draft` becomes after `head`: for a store that is not a [`crate::Journal`] and keeps the same chain.
pub fn seal(draft: &Draft, head: Head) -> Record {
    let mut record = Record {
        seq: head.seq + 1,
        instant: draft.instant,
        command: draft.command,
        actor: draft.actor.clone(),
        body: draft.body.clone(),
        previous: head.hash,
        hash: GENESIS,
    };
    record.hash = hash(&record.as_row());
    record
}

impl Head {
    /// The end of a journal without a record.
    pub const EMPTY: Self = Self { seq: 0, hash: GENESIS };
}

impl Row<'_> {
    /// Whether it is whole and follows on `before`.
    pub fn check(&self, before: Head) -> Result<(), Broken> {
        if self.seq != before.seq + 1 {
            return Err(Broken::Number { expected: before.seq + 1 });
        }
        if hash(self) != self.hash {
            return Err(Broken::Content);
        }
        if self.previous != before.hash {
            return Err(Broken::Link);
        }
        Ok(())
    }

    /// Where a journal ends that ends with this record.
    pub const fn head(&self) -> Head {
        Head { seq: self.seq, hash: self.hash }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CommandKey;

    fn draft(n: u8) -> Draft {
        Draft {
            command: CommandKey([n; 16]),
            instant: -1,
            actor: "A1".to_owned(),
            body: "{}".to_owned(),
        }
    }

    #[test]
    fn the_hash_covers_every_byte_in_the_written_order() {
        let record = seal(&draft(7), Head { seq: 1, hash: Hash([9; 32]) });
        let mut bytes = vec![0];
        bytes.extend([0, 0, 0, 0, 0, 0, 0, 2]);
        bytes.extend([0xff; 8]);
        bytes.extend([7; 16]);
        bytes.extend(b"\0\0\0\x02A1\0\0\0\x02{}");
        bytes.extend([9; 32]);
        let mut hasher = Hasher::default();
        hasher.update(&bytes);
        assert_eq!(record.hash, hasher.finish());
        // The same bytes through another program.
        let text = "463d4acfa9fcda250eeca594e41aa7861a741c6ab1895304eda7ca4393b4196b";
        assert_eq!(record.hash.to_string(), text);
    }

    #[test]
    fn an_actor_of_any_length_is_hashed_whole() {
        for length in 0..=ACTOR_BYTES + 8 {
            let actor = "a".repeat(length);
            let record = seal(&Draft { actor: actor.clone(), ..draft(7) }, Head::EMPTY);
            let mut hasher = Hasher::default();
            hasher.update(&[0, 0, 0, 0, 0, 0, 0, 0, 1]);
            hasher.update(&[[0xff; 8], [7; 8], [7; 8]].concat());
            hasher.update(&(length as u32).to_be_bytes());
            hasher.update(actor.as_bytes());
            hasher.update(b"\0\0\0\x02{}");
            hasher.update(&GENESIS.0);
            assert_eq!(record.hash, hasher.finish(), "{length}");
        }
    }

    #[test]
    fn every_change_breaks_the_chain_and_says_how() {
        let first = seal(&draft(1), Head::EMPTY);
        let second = seal(&draft(2), first.head());
        assert_eq!(first.as_row().check(Head::EMPTY), Ok(()));
        assert_eq!(second.as_row().check(first.head()), Ok(()));
        assert_eq!(second.as_row().check(Head::EMPTY), Err(Broken::Number { expected: 1 }));
        let unlinked = seal(&draft(2), Head { seq: 1, hash: GENESIS });
        assert_eq!(unlinked.as_row().check(first.head()), Err(Broken::Link));
        let changes: [fn(&mut Record); 5] = [
            |r| r.instant += 1,
            |r| r.command.0[15] ^= 1,
            |r| r.actor.push('x'),
            |r| r.body = "{ }".to_owned(),
            |r| r.previous.0[0] ^= 1,
        ];
        for change in changes {
            let mut changed = second.clone();
            change(&mut changed);
            assert_eq!(changed.as_row().check(first.head()), Err(Broken::Content));
        }
        // Moving a byte from the actor to the body is a change too.
        let moved = |actor: &str, body: &str| {
            let (actor, body) = (actor.to_owned(), body.to_owned());
            seal(&Draft { actor, body, ..draft(1) }, Head::EMPTY).hash
        };
        assert_ne!(moved("ab", "c"), moved("a", "bc"));
    }
}
