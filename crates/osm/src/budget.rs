//! What a file may unfold to in memory: in proportion to its size, so that a small hostile file stays small.

use std::sync::atomic::{AtomicI64, Ordering};

use precinct_base::caps;

/// Memory a reader may still keep. Charged before keeping; never given back.
#[derive(Debug)]
pub(crate) struct Budget {
    left: AtomicI64,
}

/// The file unfolds to more than its size can honestly hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Overdrawn;

impl Budget {
    /// For a file of this many bytes.
    pub(crate) fn for_file(bytes: u64) -> Self {
        let allowed = bytes
            .saturating_mul(caps::OSM_MEMORY_PER_BYTE)
            .saturating_add(caps::OSM_MEMORY_ANY_FILE);
        Self { left: AtomicI64::new(i64::try_from(allowed).unwrap_or(i64::MAX)) }
    }

    /// Takes `bytes` from it.
    pub(crate) fn charge(&self, bytes: usize) -> Result<(), Overdrawn> {
        let bytes = i64::try_from(bytes).unwrap_or(i64::MAX / 2);
        if self.left.fetch_sub(bytes, Ordering::Relaxed) >= bytes { Ok(()) } else { Err(Overdrawn) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_overdrawn_budget_stays_overdrawn() {
        let budget = Budget::for_file(1);
        assert_eq!(budget.charge((16 << 20) + 95), Ok(()));
        assert_eq!(budget.charge(2), Err(Overdrawn));
        assert_eq!(budget.charge(usize::MAX), Err(Overdrawn));
        assert_eq!(budget.charge(1), Err(Overdrawn));
    }
}
