//! The policies from outside: what they allow whom, what no policy can, and what is wrong with those that are not taken.

mod answers;
mod city;
mod faults;
mod law;
mod standard;
