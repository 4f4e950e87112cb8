//! How a provider to sign in through is named, by flags, the environment and the table `[oidc]` of the file.

use std::path::{Path, PathBuf};

use clap::Args;
use precinct_base::AreaId;
use precinct_core::{Code, Grant, Role};
use precinct_server::{Groups, Oidc, Trusted};
use serde::Deserialize;

use super::settings::read;
use crate::failure::Failure;

/// What may be said on the command line and in the environment.
#[derive(Clone, Debug, Default, Args)]
#[group(id = "oidc")]
#[command(next_help_heading = "Signing in through a provider (OpenID Connect)")]
pub(super) struct Given {
    /// The issuer: `/.well-known/openid-configuration` follows it
    #[arg(long = "oidc-issuer", value_name = "URL", env = "PRECINCT_SERVE_OIDC_ISSUER")]
    issuer: Option<String>,
    /// What the provider calls this server
    #[arg(long = "oidc-client-id", value_name = "ID", env = "PRECINCT_SERVE_OIDC_CLIENT_ID")]
    client_id: Option<String>,
    /// A file with the secret between the two; none for a client without
    #[arg(
        long = "oidc-client-secret",
        value_name = "FILE",
        env = "PRECINCT_SERVE_OIDC_CLIENT_SECRET"
    )]
    client_secret: Option<PathBuf>,
    /// Where browsers reach this server; the provider is told URL/api/v1/oidc/callback
    #[arg(long = "oidc-public", value_name = "URL", env = "PRECINCT_SERVE_OIDC_PUBLIC")]
    public: Option<String>,
    /// What the sign-in page calls it, in English [default: Single sign-on]
    #[arg(long = "oidc-label-en", value_name = "TEXT", env = "PRECINCT_SERVE_OIDC_LABEL_EN")]
    label_en: Option<String>,
    /// What the sign-in page calls it, in Chinese [default: 统一登录]
    #[arg(long = "oidc-label-zh", value_name = "TEXT", env = "PRECINCT_SERVE_OIDC_LABEL_ZH")]
    label_zh: Option<String>,
    /// The claim with the staff number [default: `preferred_username`]
    #[arg(
        long = "oidc-staff-claim",
        value_name = "CLAIM",
        env = "PRECINCT_SERVE_OIDC_STAFF_CLAIM"
    )]
    staff_claim: Option<String>,
    /// What the provider says of a second factor that is taken for Precinct's own: amr:WAY or acr:CLASS; may be given several times
    #[arg(
        long = "oidc-second-factor",
        value_name = "CLAIM:VALUE",
        value_delimiter = ',',
        env = "PRECINCT_SERVE_OIDC_SECOND_FACTOR"
    )]
    second_factor: Vec<String>,
    /// The claim with the groups [default: groups]
    #[arg(
        long = "oidc-groups-claim",
        value_name = "CLAIM",
        env = "PRECINCT_SERVE_OIDC_GROUPS_CLAIM"
    )]
    groups_claim: Option<String>,
    /// A group and the role of its members, such as west=dispatcher@3; without @AREA in the whole city. Accounts are then made for those
    /// who have none. May be given several times
    #[arg(
        long = "oidc-group",
        value_name = "GROUP=ROLE@AREA",
        value_delimiter = ';',
        env = "PRECINCT_SERVE_OIDC_GROUPS"
    )]
    groups: Vec<String>,
    /// The force of accounts that are made so
    #[arg(long = "oidc-force", value_name = "FORCE", env = "PRECINCT_SERVE_OIDC_FORCE")]
    force: Option<String>,
    /// Certificates of the authorities that vouch for the provider, as PEM [default: the system's]
    #[arg(long = "oidc-authorities", value_name = "FILE", env = "PRECINCT_SERVE_OIDC_AUTHORITIES")]
    authorities: Option<PathBuf>,
}

/// What the table of a file may say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Table {
    issuer: Option<String>,
    client_id: Option<String>,
    client_secret: Option<PathBuf>,
    public: Option<String>,
    label_en: Option<String>,
    label_zh: Option<String>,
    staff_claim: Option<String>,
    second_factor: Vec<String>,
    groups_claim: Option<String>,
    groups: Vec<String>,
    force: Option<String>,
    authorities: Option<PathBuf>,
}

impl Table {
    /// Paths are relative to the folder the file is in.
    pub(super) fn within(mut self, folder: &Path) -> Self {
        for path in [&mut self.client_secret, &mut self.authorities] {
            *path = path.take().map(|path| folder.join(path));
        }
        self
    }
}

fn trusted(text: &str) -> Result<Trusted, String> {
    match text.split_once(':') {
        Some(("amr", way)) if !way.is_empty() => Ok(Trusted::Amr(way.to_owned())),
        Some(("acr", class)) if !class.is_empty() => Ok(Trusted::Acr(class.to_owned())),
        _ => Err("write it like amr:mfa or acr:gold".to_owned()),
    }
}

/// A group may have `=` in its name, as those of a directory do.
fn group(text: &str) -> Result<(String, Grant), String> {
    let (name, role) = text.rsplit_once('=').ok_or("write it like west=dispatcher@3")?;
    let (role, area) = role.split_once('@').unwrap_or((role, "0"));
    let names = || Role::ALL.iter().map(|role| role.name()).collect::<Vec<_>>().join(", ");
    let role = Role::from_name(role).filter(|&role| role != Role::System);
    let role = role.ok_or_else(|| format!("use one of {}", names()))?;
    let area = area.parse().map_err(|_| "an area is a number; 0 is the whole city")?;
    Ok((name.to_owned(), Grant { role, area: AreaId(area) }))
}

fn all<T>(
    name: &str,
    texts: Vec<String>,
    one: impl Fn(&str) -> Result<T, String> + Copy,
) -> Result<Vec<T>, Failure> {
    let read = |text| read(name, Some(text), one);
    Ok(texts.into_iter().map(read).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

fn needed(name: &str, value: Option<String>) -> Result<String, Failure> {
    let missing = || {
        Failure::Usage(format!(
            "signing in through a provider needs oidc.{name}: give it, or nothing of oidc"
        ))
    };
    value.filter(|value| !value.is_empty()).ok_or_else(missing)
}

/// What was given goes before what the file says, name by name.
fn over(given: Given, file: Table) -> Table {
    let longer = |given: Vec<String>, file| if given.is_empty() { file } else { given };
    Table {
        issuer: given.issuer.or(file.issuer),
        client_id: given.client_id.or(file.client_id),
        client_secret: given.client_secret.or(file.client_secret),
        public: given.public.or(file.public),
        label_en: given.label_en.or(file.label_en),
        label_zh: given.label_zh.or(file.label_zh),
        staff_claim: given.staff_claim.or(file.staff_claim),
        second_factor: longer(given.second_factor, file.second_factor),
        groups_claim: given.groups_claim.or(file.groups_claim),
        groups: longer(given.groups, file.groups),
        force: given.force.or(file.force),
        authorities: given.authorities.or(file.authorities),
    }
}

/// The provider, if one is named.
pub(super) fn settle(given: Given, file: Table) -> Result<Option<Oidc>, Failure> {
    let said = over(given, file);
    if said == Table::default() {
        return Ok(None);
    }
    let or = |value: Option<String>, otherwise: &str| value.unwrap_or_else(|| otherwise.to_owned());
    let roles = all("oidc.groups", said.groups, group)?;
    let groups = if roles.is_empty() {
        None
    } else {
        let force = Some(needed("force", said.force)?);
        let force = read("oidc.force", force, str::parse::<Code>)?;
        force.map(|force| Groups { claim: or(said.groups_claim, "groups"), roles, force })
    };
    Ok(Some(Oidc {
        issuer: needed("issuer", said.issuer)?,
        client_id: needed("client_id", said.client_id)?,
        client_secret: said.client_secret,
        public: needed("public", said.public)?,
        label_en: or(said.label_en, "Single sign-on"),
        label_zh: or(said.label_zh, "统一登录"),
        staff_claim: or(said.staff_claim, "preferred_username"),
        second_factor: all("oidc.second_factor", said.second_factor, trusted)?,
        groups,
        authorities: said.authorities,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAST: &str =
        "issuer = \"https://id.town\"\nclient_id = \"precinct\"\npublic = \"https://town\"\n";

    fn file(more: &str) -> Table {
        toml::from_str(&format!("{LEAST}{more}")).unwrap()
    }

    fn told(given: Given, file: Table) -> String {
        settle(given, file).unwrap_err().to_string()
    }

    #[test]
    fn nothing_said_is_no_provider_and_little_said_has_defaults() {
        assert_eq!(settle(Given::default(), Table::default()).unwrap(), None);
        let least = settle(Given::default(), file("")).unwrap().unwrap();
        assert_eq!(
            (least.staff_claim.as_str(), least.label_zh.as_str()),
            ("preferred_username", "统一登录")
        );
        assert!(least.groups.is_none() && least.second_factor.is_empty());
    }

    #[test]
    fn what_was_given_goes_before_the_file() {
        let text = "second_factor = [\"amr:otp\", \"acr:gold\"]\ngroups = [\"cn=west,dc=town=dispatcher@3\", \"all=auditor\"]\n\
                    force = \"police\"\nclient_secret = \"secret\"\nlabel_en = \"Town\"";
        let given = Given { label_en: Some("City".into()), ..Given::default() };
        let both = settle(given, file(text).within(Path::new("/etc"))).unwrap().unwrap();
        assert_eq!(both.label_en, "City");
        assert_eq!(both.client_secret, Some(PathBuf::from("/etc/secret")));
        assert_eq!(both.second_factor, [Trusted::Amr("otp".into()), Trusted::Acr("gold".into())]);
        let groups = both.groups.unwrap();
        assert_eq!((groups.claim.as_str(), groups.force), ("groups", Code::literal("police")));
        let grant = |role, area| Grant { role, area: AreaId(area) };
        let expected = [
            ("cn=west,dc=town".to_owned(), grant(Role::Dispatcher, 3)),
            ("all".to_owned(), grant(Role::Auditor, 0)),
        ];
        assert_eq!(groups.roles, expected);
    }

    #[test]
    fn what_cannot_be_is_refused_by_its_name() {
        for (text, part) in [
            ("second_factor = [\"otp\"]", "oidc.second_factor"),
            ("groups = [\"west=dispatcher\"]", "oidc.force"),
            ("groups = [\"west=king\"]\nforce = \"police\"", "use one of"),
            ("groups = [\"west=system\"]\nforce = \"police\"", "use one of"),
            ("groups = [\"west\"]\nforce = \"police\"", "west=dispatcher@3"),
            ("groups = [\"west=dispatcher@x\"]\nforce = \"police\"", "0 is the whole city"),
        ] {
            let error = told(Given::default(), file(text));
            assert!(error.contains(part), "{text}: {error}");
        }
        let given = Given { issuer: Some("https://id.town".into()), ..Given::default() };
        assert!(told(given, Table::default()).contains("oidc.client_id"));
        assert!(toml::from_str::<Table>("isuer = \"x\"").is_err());
    }
}
