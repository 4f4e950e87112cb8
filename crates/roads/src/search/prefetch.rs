//! Asking for memory before it is needed.

/// Starts to fetch element `index` into the cache. It has no other effect, and none where the processor has no such instruction.
#[inline]
pub fn prefetch<T>(of: &[T], index: usize) {
    #[cfg(target_arch = "x86_64")]
    {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        #[expect(
            unsafe_code,
            reason = "prefetch is only reachable as an intrinsic; it is worth a third of a cold search"
        )]
        // SAFETY: a prefetch reads nothing and cannot fault, whatever the address.
        unsafe {
            _mm_prefetch::<_MM_HINT_T0>(of.as_ptr().wrapping_add(index).cast());
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = (of, index);
}

#[cfg(test)]
mod tests {
    #[test]
    fn any_index_may_be_asked_for() {
        super::prefetch(&[1, 2, 3], 1);
        super::prefetch(&[0u8; 0], usize::MAX);
    }
}
