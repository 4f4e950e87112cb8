//! Under which name a request reached this server: links in some documents lead back by it.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use super::Failure;
use crate::app::App;

/// The name and, if it was said, the port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Host {
    secure: bool,
    authority: String,
}

/// The letters of a host name, an address or a port. No others reach a document.
fn fits(authority: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:[]".contains(&byte);
    (1..=255).contains(&authority.len()) && authority.bytes().all(letter)
}

impl Host {
    /// The address of a path of this server.
    pub(crate) fn url(&self, path: &str) -> String {
        let scheme = if self.secure { "https" } else { "http" };
        format!("{scheme}://{}{path}", self.authority)
    }

    /// The name alone.
    pub(crate) fn name(&self) -> &str {
        let colon = self.authority.rfind(':').filter(|&at| !self.authority[at..].contains(']'));
        self.authority.get(..colon.unwrap_or(self.authority.len())).unwrap_or_default()
    }
}

impl FromRequestParts<Arc<App>> for Host {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Failure> {
        let said = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let authority = said(header::HOST.as_str());
        let authority =
            authority.or_else(|| parts.uri.authority().map(axum::http::uri::Authority::as_str));
        let authority = authority
            .filter(|authority| fits(authority))
            .ok_or_else(|| Failure::bad("say which host is asked in a header Host"))?;
        // A proxy that has TLS says so.
        let proxied = said("x-forwarded-proto") == Some("https");
        Ok(Self { secure: app.options.tls.is_some() || proxied, authority: authority.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_from_its_port() {
        let name = |authority: &str| {
            Host { secure: false, authority: authority.to_owned() }.name().to_owned()
        };
        let of = ["a.example", "a.example:71", "127.0.0.1:71", "[::1]", "[::1]:71"].map(name);
        assert_eq!(of, ["a.example", "a.example", "127.0.0.1", "[::1]", "[::1]"]);
        let host = Host { secure: true, authority: "a.example".to_owned() };
        assert_eq!(host.url("/ogc"), "https://a.example/ogc");
    }

    #[test]
    fn nothing_but_a_name_reaches_a_document() {
        assert!(fits("a.example:7171") && fits("[::1]"));
        assert!(!fits("") && !fits("a/b") && !fits("a\"b") && !fits("a<b") && !fits("u@a"));
    }
}
