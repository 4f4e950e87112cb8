//! How the provider is asked: HTTP with a time limit, without redirects, and TLS by `rustls` with `ring`.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use openidconnect::{HttpRequest, HttpResponse};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(4);
/// Bytes of one answer.
const ANSWER_BYTES: u64 = 1 << 20;
/// Where systems keep the certificates of authorities they trust.
const OF_THE_SYSTEM: &[&str] = &[
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// Asks the provider.
#[derive(Clone, Debug)]
pub(crate) struct Agent(ureq::Agent);

fn authorities(named: Option<&Path>) -> io::Result<Vec<Certificate<'static>>> {
    let of_the_system = || OF_THE_SYSTEM.iter().map(PathBuf::from).find(|path| path.exists());
    let Some(path) = named.map(Path::to_owned).or_else(of_the_system) else {
        return Ok(Vec::new());
    };
    let wrong =
        |why: &dyn ToString| io::Error::other(format!("{}: {}", path.display(), why.to_string()));
    let pem = std::fs::read(&path).map_err(|error| wrong(&error))?;
    let mut found = Vec::new();
    for item in parse_pem(&pem) {
        if let PemItem::Certificate(certificate) = item.map_err(|error| wrong(&error))? {
            found.push(certificate);
        }
    }
    if found.is_empty() {
        return Err(wrong(&"there is no certificate in it"));
    }
    Ok(found)
}

impl Agent {
    /// `named` is a file of certificates of authorities; none takes the system's.
    pub(crate) fn new(named: Option<&Path>) -> io::Result<Self> {
        let ring = Arc::new(rustls::crypto::ring::default_provider());
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::Specific(Arc::new(authorities(named)?)))
            .unversioned_rustls_crypto_provider(ring)
            .build();
        let config = ureq::Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(PATIENCE))
            .proxy(None)
            .build();
        Ok(Self(config.into()))
    }

    /// The answer to a request.
    pub(crate) fn ask(&self, request: HttpRequest) -> Result<HttpResponse, ureq::Error> {
        let (parts, mut body) = self.0.run(request)?.into_parts();
        let bytes = body.with_config().limit(ANSWER_BYTES).read_to_vec()?;
        Ok(HttpResponse::from_parts(parts, bytes))
    }

    /// A JSON document that is for whoever has a token.
    pub(crate) fn document(
        &self,
        address: &str,
        token: &str,
    ) -> Result<serde_json::Value, ureq::Error> {
        let request = self.0.get(address).header("authorization", format!("Bearer {token}"));
        let mut response = request.call()?;
        response.body_mut().with_config().limit(ANSWER_BYTES).read_json()
    }
}
