//! Where units are: the latest fix of each unit on duty, what is near a place, and how often streets were passed.
