//! How a reader tells whoever waits how far it is.

/// Told about work that may take more than a moment. Work is measured in bytes of the file.
pub trait Progress: Sync {
    /// A step begins: what it is, in a few words, and how many bytes it will read.
    fn start(&self, what: &str, total_bytes: u64);
    /// So many more bytes have been read.
    fn advance(&self, bytes: u64);
    /// The step has ended.
    fn done(&self);
}

/// Tells nobody.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn start(&self, _what: &str, _total_bytes: u64) {}
    fn advance(&self, _bytes: u64) {}
    fn done(&self) {}
}
