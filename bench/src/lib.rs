//! What the figures in `bench/RESULTS.md` are measured with: New York's roads, plain searches to hold ours against, contests in
//! which every answer is compared, and a clock that gives medians.

pub mod baseline;
pub mod contenders;
pub mod contest;
pub mod crowd;
pub mod ny;
pub mod oracle;
pub mod results;
pub mod sites;
pub mod timing;
