//! What crosses the edge: JSON documents and binary frames, and how they become what the core knows.
