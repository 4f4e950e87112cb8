//! A plan tried on days that were, or that might be: the same core, advice and roads, with a clock and crews of their own.
