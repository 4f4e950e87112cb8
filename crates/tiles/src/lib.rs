//! Vector tiles of the base map, cut from plain features.
