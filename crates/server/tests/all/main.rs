//! A served city, spoken to over HTTP.

mod api;
mod city;
mod client;
mod devices;
mod duty;
mod ogc;
mod oversight;
mod people;
mod refusals;
mod restart;
mod stream;
