//! What a door is for, as far as it matters for how often one may come through it.

use axum::http::Method;

/// What a door is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// Something is changed.
    Commands,
    /// Something is shown.
    Reads,
    /// Something has to be searched for, or worked out from the roads.
    Searches,
    /// Where units are.
    Positions,
}

/// Doors that cost a search.
const SEARCHES: &[&str] = &[
    "/api/v1/search",
    "/api/v1/recommendations",
    "/api/v1/planning/cover",
    "/api/v1/planning/candidates",
    "/api/v1/containments/preview",
    "/api/v1/rings/crossings",
];
/// Doors that take positions. They look by themselves, since a call for help may be among them.
const POSITIONS: &[&str] = &["/api/v1/positions", "/api/v1/positions/own", "/osmand", "/owntracks"];
/// Doors that tell a monitor how the server is.
const MONITORS: &[&str] = &["/healthz", "/readyz", "/metrics"];

/// Whether a door is a call for help, or breaks glass.
fn is_for_help(path: &str) -> bool {
    path.split('/').any(|part| ["sos", "glass"].contains(&part))
}

impl Class {
    /// The class of a door; none is never held up. `path` is as the document has it.
    pub(crate) fn of(method: &Method, path: &str) -> Option<Self> {
        if is_for_help(path) || MONITORS.contains(&path) {
            return None;
        }
        Some(match method {
            _ if POSITIONS.contains(&path) => Self::Positions,
            _ if SEARCHES.contains(&path) => Self::Searches,
            &Method::GET | &Method::HEAD => Self::Reads,
            _ => Self::Commands,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doors_have_their_class_and_calls_for_help_none() {
        let of = |method: &str, path: &str| {
            Class::of(&Method::from_bytes(method.as_bytes()).unwrap(), path)
        };
        for (method, path, class) in [
            ("POST", "/api/v1/units/{unit}/sos", None),
            ("POST", "/api/v1/sos/{sos}/close", None),
            ("POST", "/api/v1/glass", None),
            ("POST", "/api/v1/glass/{staff}/mend", None),
            ("GET", "/readyz", None),
            ("POST", "/api/v1/incidents", Some(Class::Commands)),
            ("PUT", "/api/v1/catalogue", Some(Class::Commands)),
            ("GET", "/api/v1/catalogue", Some(Class::Reads)),
            ("GET", "/tiles/{z}/{x}/{y}", Some(Class::Reads)),
            ("GET", "/api/v1/search", Some(Class::Searches)),
            ("POST", "/api/v1/recommendations", Some(Class::Searches)),
            ("GET", "/osmand", Some(Class::Positions)),
            ("GET", "/api/v1/positions/live", Some(Class::Reads)),
        ] {
            assert_eq!(of(method, path), class, "{method} {path}");
        }
    }

    /// A door that is renamed does not leave its class unnoticed.
    #[test]
    fn every_door_named_here_is_there() {
        let api = crate::openapi();
        for path in SEARCHES.iter().chain(POSITIONS) {
            assert!(api.paths.paths.contains_key(*path), "{path}");
        }
        assert!(api.paths.paths.keys().filter(|path| is_for_help(path)).count() >= 4);
    }
}
