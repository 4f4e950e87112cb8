//! A day played through the doors of a served city, as dispatchers and crews would.
