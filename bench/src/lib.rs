//! What the figures in `bench/RESULTS.md` are measured with: New York's roads, plain searches to hold ours against, and a clock
//! that gives medians.

pub mod baseline;
pub mod ny;
pub mod timing;
