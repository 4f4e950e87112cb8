//! Tests of tiles from outside: read back by a decoder that shares no code with the writer.

mod decode;
mod found;
mod whole;
