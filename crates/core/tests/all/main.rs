//! The core from outside: every command of a control room, right and wrong.

mod anything;
mod assignments;
mod audit;
mod beside;
mod charter;
mod city;
mod clocks;
mod containments;
mod incidents;
mod oversight;
mod paper;
mod places;
mod plans;
mod records;
mod sealing;
mod shadow;
mod shifts;
mod units;
