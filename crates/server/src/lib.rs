//! The doors of a running city.
