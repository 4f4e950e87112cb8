//! The journal under storage faults and power cuts, as a real process.

fn main() {}
