//! The only durable writer: append, recover, snapshot, verify opaque records.
