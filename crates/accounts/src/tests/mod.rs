//! Accounts as a whole: right and wrong, in time and late, from several threads, and after a crash.

mod city;
mod columns;
mod factor;
mod file;
mod invites;
mod machines;
mod people;
mod sessions;
mod sign_in;
mod vouched;
