//! What a control room does, as a pure machine.
