//! Trials on small towns: against closed forms, against the statistics of the record, and the same on any number of threads.

mod held;
mod plans;
mod queues;
mod record;
mod town;
mod twin;
mod watched;
