//! Accounts and what proves them: passwords, second factors, sessions, keys of machines, and devices.
