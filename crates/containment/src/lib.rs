//! Rings round an area, and the fewest points that cut every way out before whoever left gets there.
