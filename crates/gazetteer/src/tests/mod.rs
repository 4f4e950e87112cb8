//! The gazetteer as a whole, on small cities.

mod city;
mod first_hits;
mod naive;
mod shape;
