//! Which units to send: every one that could go, by road time from where it is, with the reason why each is in or out.
