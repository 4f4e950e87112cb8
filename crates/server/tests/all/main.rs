//! A served city, spoken to over HTTP.

mod api;
mod beside;
mod check;
mod city;
mod client;
mod devices;
mod duty;
mod fields;
mod joint;
mod keys;
mod limits;
mod matrix;
mod ogc;
mod oidc;
mod oversight;
mod pages;
mod people;
mod person;
mod places;
mod provider;
mod reach;
mod refusals;
mod restart;
mod stream;
mod ways;
