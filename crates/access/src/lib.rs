//! Who may do what, as policies that a city can read and change.
