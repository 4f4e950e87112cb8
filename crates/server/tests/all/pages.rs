//! The pages: served with what keeps them from asking anybody else.

use std::fs;

use crate::client::{Said, Town};

fn header<'a>(said: &'a Said, name: &str) -> &'a str {
    said.headers.get(name).map_or("", |value| value.to_str().unwrap())
}

#[test]
fn a_program_without_pages_says_so_and_works() {
    let town = Town::new();
    let said = town.stranger().get("/");
    assert_eq!(said.status, 404);
    assert!(said.body.as_str().unwrap().contains("/api"), "{}", said.body);
    assert_eq!(town.stranger().get("/healthz").status, 200);
}

#[test]
fn pages_may_ask_this_origin_alone() {
    let town = Town::new();
    let pages = town.folder.path().join("pages");
    fs::create_dir_all(pages.join("assets")).unwrap();
    fs::write(pages.join("console.html"), "<!doctype html>console").unwrap();
    fs::write(pages.join("crew.html"), "<!doctype html>crew").unwrap();
    fs::write(pages.join("assets/console-1.js"), "1").unwrap();
    fs::write(town.folder.path().join("secret"), "x").unwrap();
    let stranger = town.stranger();
    for (path, holds) in [("/", "console"), ("/settings/accounts", "console"), ("/crew", "crew")] {
        let said = stranger.get(path);
        assert_eq!(said.status, 200, "{path}");
        assert!(said.body.as_str().unwrap().ends_with(holds), "{path}");
        let policy = header(&said, "content-security-policy");
        assert!(policy.contains("default-src 'none'"), "{policy}");
        assert!(!policy.contains("http") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(header(&said, "cache-control"), "no-cache");
    }
    let script = stranger.get("/assets/console-1.js");
    assert!(header(&script, "cache-control").contains("immutable"));
    for path in ["/assets/..%2f..%2fsecret", "/assets/none.js", "/nowhere"] {
        assert_eq!(stranger.get(path).status, 404, "{path}");
    }
}
