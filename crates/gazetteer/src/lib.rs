//! Finding a place by what it is called: streets, crossings, addresses, posts and sites.
