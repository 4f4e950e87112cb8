//! What a provider says of somebody: claims of an identity token whose signature was verified, and what is read from them.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use precinct_base::caps;
use precinct_core::{Grant, StaffNo};
use serde_json::{Map, Value};

use super::settings::{Groups, Trusted};

/// Claims.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Claims(Map<String, Value>);

/// The words of a claim that is a word or a list of them.
fn words(value: Option<&Value>) -> impl Iterator<Item = &str> {
    let list = match value {
        Some(Value::Array(list)) => list.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    list.iter().filter_map(Value::as_str)
}

impl Claims {
    /// The claims of a token. Its signature is verified by whoever calls this.
    pub(crate) fn of_verified(token: &str) -> Option<Self> {
        let payload = token.split('.').nth(1)?;
        let json = BASE64_URL_SAFE_NO_PAD.decode(payload).ok()?;
        serde_json::from_slice(&json).ok().map(Self)
    }

    /// Whether it says something.
    pub(crate) fn has(&self, claim: &str) -> bool {
        self.0.contains_key(claim)
    }

    /// Takes over what else is said of the same subject. What was said stays.
    pub(crate) fn take_over(&mut self, more: Map<String, Value>) {
        if self.has("sub") && more.get("sub") == self.0.get("sub") {
            for (claim, value) in more {
                self.0.entry(claim).or_insert(value);
            }
        }
    }

    /// The staff number.
    pub(crate) fn staff(&self, claim: &str) -> Option<StaffNo> {
        match self.0.get(claim)? {
            Value::String(text) => text.trim().parse().ok(),
            Value::Number(number) => number.to_string().parse().ok(),
            _ => None,
        }
    }

    /// Whether a second factor was shown that the city takes for its own.
    pub(crate) fn has_second_factor(&self, trusted: &[Trusted]) -> bool {
        trusted.iter().any(|trusted| match trusted {
            Trusted::Amr(way) => words(self.0.get("amr")).any(|said| said == way),
            Trusted::Acr(class) => words(self.0.get("acr")).any(|said| said == class),
        })
    }

    /// The roles that come with the groups, in order.
    pub(crate) fn grants(&self, groups: &Groups) -> Vec<Grant> {
        let said: Vec<&str> = words(self.0.get(&groups.claim)).collect();
        let given = groups.roles.iter().filter(|(group, _)| said.contains(&group.as_str()));
        let mut grants: Vec<Grant> = given.map(|&(_, grant)| grant).collect();
        grants.sort_unstable();
        grants.dedup();
        grants.truncate(caps::GRANTS);
        grants
    }
}

#[cfg(test)]
mod tests {
    use precinct_base::AreaId;
    use precinct_core::{Code, Role};
    use serde_json::json;

    use super::*;

    fn claims(value: Value) -> Claims {
        let Value::Object(map) = value else { panic!("no object") };
        Claims(map)
    }

    #[test]
    fn a_staff_number_is_a_word_or_a_number() {
        let staff =
            |value: Value| claims(json!({"no": value})).staff("no").map(|no| no.to_string());
        assert_eq!(staff(json!(" K100 ")).as_deref(), Some("K100"));
        assert_eq!(staff(json!(1234)).as_deref(), Some("1234"));
        for bad in [json!(""), json!("a b"), json!(["K1"]), json!(null), json!("x".repeat(99))] {
            assert_eq!(staff(bad.clone()), None, "{bad}");
        }
        assert_eq!(claims(json!({})).staff("no"), None);
    }

    #[test]
    fn a_second_factor_is_trusted_only_where_the_city_says_so() {
        let trusted = [Trusted::Amr("otp".into()), Trusted::Acr("gold".into())];
        for (said, expected) in [
            (json!({"amr": ["pwd", "otp"]}), true),
            (json!({"amr": "otp"}), true),
            (json!({"acr": "gold"}), true),
            (json!({"amr": ["pwd"], "acr": "silver"}), false),
            (json!({"amr": ["gold"], "acr": "otp"}), false),
            (json!({}), false),
        ] {
            assert_eq!(claims(said.clone()).has_second_factor(&trusted), expected, "{said}");
            assert!(!claims(said).has_second_factor(&[]));
        }
    }

    #[test]
    fn roles_follow_from_groups() {
        let grant = |role, area| Grant { role, area: AreaId(area) };
        let (west, all) = (grant(Role::Dispatcher, 1), grant(Role::Auditor, 0));
        let roles = vec![("west".into(), west), ("audit".into(), all), ("west-too".into(), west)];
        let groups = Groups { claim: "groups".into(), roles, force: Code::literal("police") };
        let given = |value: Value| claims(json!({"groups": value})).grants(&groups);
        assert_eq!(given(json!(["west", "west-too", "others"])), [west]);
        assert_eq!(given(json!("audit")), [all]);
        assert!(given(json!(["others"])).is_empty() && given(json!(7)).is_empty());
    }

    #[test]
    fn what_is_said_of_another_is_not_taken_over() {
        let mut first = claims(json!({"sub": "a", "amr": ["pwd"]}));
        let more = |sub: &str| claims(json!({"sub": sub, "no": "K1", "amr": ["otp"]})).0;
        first.take_over(more("b"));
        assert!(!first.has("no"));
        first.take_over(more("a"));
        assert_eq!(first, claims(json!({"sub": "a", "amr": ["pwd"], "no": "K1"})));
        let token = format!("x.{}.y", BASE64_URL_SAFE_NO_PAD.encode("{\"sub\":\"a\"}"));
        assert_eq!(Claims::of_verified(&token), Some(claims(json!({"sub": "a"}))));
        assert_eq!(Claims::of_verified("x.!.y"), None);
    }
}
