//! The command from outside: the real binary on tiny cities the tests write, and on the real ones where their data is there.

mod calibrate;
mod city;
mod command_line;
mod contain;
mod coverage;
mod desk;
mod doctor;
mod golden;
mod journal;
mod keeping;
mod plan;
mod reach;
mod route;
mod serve;
mod simulate;
mod world;
