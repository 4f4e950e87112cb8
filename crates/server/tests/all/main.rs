//! A served city, spoken to over HTTP.

mod api;
mod beside;
mod city;
mod client;
mod devices;
mod duty;
mod matrix;
mod ogc;
mod oversight;
mod pages;
mod people;
mod person;
mod places;
mod refusals;
mod restart;
mod stream;
