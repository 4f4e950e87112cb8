//! A served city, spoken to over HTTP.

mod api;
mod city;
mod client;
mod devices;
mod duty;
mod matrix;
mod ogc;
mod oversight;
mod paper;
mod people;
mod person;
mod places;
mod refusals;
mod restart;
mod review;
mod stream;
mod together;
