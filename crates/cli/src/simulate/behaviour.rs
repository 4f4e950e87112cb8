//! How crews behave in a city: by its calibration where it has one, else as the record that is simulated shows.

use precinct_base::{HourOfWeek, Millis};
use precinct_calibration::{Stay, StayGroup};
use precinct_city::City;
use precinct_core::Code;
use precinct_roads::Profile;
use precinct_whatif::{ALL_HOURS, Behaviour, Call, Rule, Spread, Table, called_off};

/// How crews behave who travel as `profile` on roads as they are at `base`, each street taking `pace` thousandths of its time.
pub(crate) fn behaviour(
    city: &City,
    calls: &[Call],
    (profile, base): (Profile, HourOfWeek),
    pace: u16,
) -> Behaviour {
    let mut behaviour = Behaviour::observed(calls);
    let scaled = |hour: u16| u16::try_from(u32::from(hour) * u32::from(pace) / 1_000);
    let hours = city.pace_by_hour(profile, base).into_iter();
    behaviour.pace = hours.map(|hour| scaled(hour).unwrap_or(u16::MAX)).collect();
    behaviour.called_off = called_off(calls);
    if let Some(used) = city.calibrated_for(profile) {
        first(&used.calibration.turnout, &mut behaviour.turnout);
        first(&used.calibration.on_scene, &mut behaviour.stay);
    }
    behaviour
}

/// What was fitted goes before what the record shows, the narrowest group first.
fn first(fitted: &Stay, table: &mut Table) {
    let fitted: Vec<Rule> = fitted.groups.iter().rev().filter_map(rule).collect();
    table.0.splice(0..0, fitted);
}

/// The rule of a group; none where its force or type has no code.
fn rule(group: &StayGroup) -> Option<Rule> {
    let code = |text: &str| -> Option<Option<Code>> {
        if text.is_empty() { Some(None) } else { text.parse().ok().map(Some) }
    };
    Some(Rule {
        force: code(&group.force)?,
        kind: code(&group.kind)?,
        priority: None,
        hours: hours(&group.hours)?,
        spread: Spread::skewed(Millis(group.median_ms), Millis(group.p90_ms)),
    })
}

/// Hours such as `06-12` as bits; all of them where nothing is said.
fn hours(text: &str) -> Option<u32> {
    if text.is_empty() {
        return Some(ALL_HOURS);
    }
    let (from, to) = text.split_once('-')?;
    let (from, to): (u32, u32) = (from.parse().ok()?, to.parse().ok()?);
    (from < to && to <= 24).then(|| ALL_HOURS >> (24 - (to - from)) << from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_narrowest_group_holds_first() {
        let group = |force: &str, kind: &str, hours: &str, median_ms: u32| StayGroup {
            force: force.to_owned(),
            kind: kind.to_owned(),
            hours: hours.to_owned(),
            rows: 30,
            median_ms,
            p90_ms: median_ms,
        };
        let fitted = Stay {
            groups: vec![
                group("", "", "", 1),
                group("fire", "", "", 2),
                group("fire", "theft", "06-12", 3),
                group("fire", "two words", "", 4),
            ],
            ..Stay::default()
        };
        let mut table = Table::any(Spread::always(9));
        first(&fitted, &mut table);
        assert_eq!(table.0.len(), 4, "a type without a code is left out");
        let asked = |hour: u8| precinct_whatif::For {
            force: Some(Code::literal("fire")),
            kind: Code::literal("theft"),
            priority: precinct_core::Priority::HIGHEST,
            hour: HourOfWeek::new(hour).unwrap(),
        };
        let at = |hour| table.at(asked(hour), 0).0;
        assert_eq!((at(5), at(6), at(11), at(12)), (2, 3, 3, 2));
    }
}
