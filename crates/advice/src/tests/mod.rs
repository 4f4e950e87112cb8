//! Advice against plain searches and against trying everything, and the standing of every kind of unit.

mod oracle;
mod random;
mod several;
mod standings;
mod town;
