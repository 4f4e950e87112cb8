//! What was fitted to a city's own record, taken over: it goes before what the days that are simulated show.

use precinct_base::Millis;
use precinct_calibration::{Calibration, Stay, StayGroup};
use precinct_core::Code;

use crate::{ALL_HOURS, Behaviour, Rule, Spread, Table};

impl Behaviour {
    /// Turnout and time on scene as a city's calibration has them, if it has one; where that has no group for somebody, as they were.
    #[must_use]
    pub fn calibrated(mut self, fitted: Option<&Calibration>) -> Self {
        if let Some(fitted) = fitted {
            first(&fitted.turnout, &mut self.turnout);
            first(&fitted.on_scene, &mut self.stay);
        }
        self
    }

    /// Drives at the pace of each hour of the week, in thousandths of what streets take on the roads they are simulated on, and each
    /// `pace` thousandths of that.
    #[must_use]
    pub fn paced(mut self, hours: &[u16], pace: u16) -> Self {
        let scaled = |&hour: &u16| u16::try_from(u32::from(hour) * u32::from(pace) / 1_000);
        self.pace = hours.iter().map(|hour| scaled(hour).unwrap_or(u16::MAX)).collect();
        self
    }
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
    use precinct_base::HourOfWeek;
    use precinct_core::Priority;

    use super::*;
    use crate::For;

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
        let asked = |hour: u8| For {
            force: Some(Code::literal("fire")),
            kind: Code::literal("theft"),
            priority: Priority::HIGHEST,
            hour: HourOfWeek::new(hour).unwrap(),
        };
        let at = |hour| table.at(asked(hour), 0).0;
        assert_eq!((at(5), at(6), at(11), at(12)), (2, 3, 3, 2));
    }

    #[test]
    fn a_pace_comes_on_top_of_that_of_the_hour() {
        let paced = Behaviour::default().paced(&[1_000, 1_500, u16::MAX], 1_700);
        assert_eq!(paced.pace, [1_700, 2_550, u16::MAX]);
    }
}
