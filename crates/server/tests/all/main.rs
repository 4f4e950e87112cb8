//! A served city, spoken to over HTTP.

mod api;
mod beside;
mod check;
mod city;
mod client;
mod devices;
mod duty;
mod joint;
mod matrix;
mod ogc;
mod oversight;
mod pages;
mod paper;
mod people;
mod person;
mod places;
mod reach;
mod refusals;
mod restart;
mod review;
mod stream;
mod together;
mod ways;
