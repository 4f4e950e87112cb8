//! A served city, spoken to over HTTP.

mod api;
mod city;
mod client;
mod devices;
mod duty;
mod oversight;
mod people;
mod places;
mod refusals;
mod restart;
mod stream;
