//! Access tags: who may use a road or pass a barrier.
//!
//! Keys go from the general to the particular (OpenStreetMap wiki, *Key:access*), and the most particular that is understood
//! wins. Two rules are Precinct's own, because its travellers are police on duty:
//! - what is closed by law to the public but not physically (`private`, `destination`, `customers`, `agricultural` …) is open;
//!   `no` is closed, since it also stands for what cannot be driven at all;
//! - lanes and ways for buses are open to cars and motorcycles, and `emergency=yes|designated|official` opens to them whatever
//!   else is closed.

use precinct_roads::{Along, Profile};

use super::Who;
use super::highway::Kind;
use crate::element::Tags;

/// What one value of an access tag says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Open,
    Closed,
}

/// The keys that speak of a profile beyond `access`, from general to particular.
const fn keys(profile: Profile) -> &'static [&'static str] {
    match profile {
        Profile::PoliceCar => &["vehicle", "motor_vehicle", "motorcar"],
        Profile::Motorcycle => &["vehicle", "motor_vehicle", "motorcycle"],
        Profile::Bicycle => &["vehicle", "bicycle"],
        Profile::Foot => &["foot"],
    }
}

const fn is_motor(profile: Profile) -> bool {
    matches!(profile, Profile::PoliceCar | Profile::Motorcycle)
}

/// Who may use a road of this kind going `along`.
pub(super) fn who(kind: Kind, tags: Tags<'_>, along: Along) -> Who {
    let suffix = match along {
        Along::Forward => ":forward",
        Along::Backward => ":backward",
    };
    Who::where_(|profile| {
        let default = kind.open.has(profile) || (profile == Profile::Foot && has_sidewalk(tags));
        allowed(profile, tags, suffix, default)
    })
    .without(kind.never)
}

/// Whether `profile` may, where it may by default or not.
pub(super) fn allowed(profile: Profile, tags: Tags<'_>, suffix: &str, default: bool) -> bool {
    // "access=yes" on a footway does not make it a street: the general key can close, or leave the default.
    let mut open = match verdict_on("access", suffix, tags, profile) {
        Some(Verdict::Closed) => false,
        Some(Verdict::Open) | None => default,
    };
    for key in keys(profile) {
        if let Some(verdict) = verdict_on(key, suffix, tags, profile) {
            open = verdict == Verdict::Open;
        }
    }
    if is_motor(profile) {
        let bus = ["psv", "bus"]
            .iter()
            .any(|key| verdict_on(key, suffix, tags, profile) == Some(Verdict::Open));
        open = match tags.get("emergency") {
            Some("yes" | "designated" | "official" | "only") => true,
            Some("no") => false,
            _ => open || bus,
        };
    }
    open
}

/// What `key`, or more particularly `key:forward` or `key:backward`, says.
fn verdict_on(key: &str, suffix: &str, tags: Tags<'_>, profile: Profile) -> Option<Verdict> {
    // Most elements have no access tag at all: look before building the longer key.
    let directed =
        tags.0.iter().find(|(k, _)| k.strip_prefix(key) == Some(suffix) && !suffix.is_empty());
    let directed = directed.and_then(|(_, value)| verdict(value, profile));
    directed.or_else(|| tags.get(key).and_then(|value| verdict(value, profile)))
}

/// What a value says to `profile`; of several, the most open. `None` if it is not understood.
fn verdict(values: &str, profile: Profile) -> Option<Verdict> {
    let each = values.split(';').filter_map(|value| match value.trim() {
        "yes" | "permissive" | "designated" | "official" | "destination" | "private"
        | "customers" | "delivery" | "permit" | "residents" | "employees" | "agricultural"
        | "forestry" | "discouraged" | "restricted" | "public" => Some(Verdict::Open),
        "emergency" | "psv" | "bus" | "taxi" | "hov" if is_motor(profile) => Some(Verdict::Open),
        "no" | "military" | "emergency" | "psv" | "bus" | "taxi" | "hov" | "use_sidepath"
        | "dismount" => Some(Verdict::Closed),
        _ => None,
    });
    each.reduce(|a, b| if a == Verdict::Open { a } else { b })
}

/// Whether there is a sidewalk along the road, which lets walkers use it whatever its class.
fn has_sidewalk(tags: Tags<'_>) -> bool {
    let yes = |key: &str| matches!(tags.get(key), Some("yes" | "both" | "left" | "right"));
    ["sidewalk", "sidewalk:both", "sidewalk:left", "sidewalk:right"].into_iter().any(yes)
}
