//! From the record of a day to the rows that a calibration is fitted to.

use precinct_base::{HourOfWeek, LonLat};
use precinct_calibration::Response;
use precinct_city::City;
use precinct_play::{Day, Zone};

/// Every response of the day. One that was never sent has the day and hour of its call.
pub(super) fn responses(day: &Day, city: &City, zone: &Zone) -> Vec<Response> {
    let posts = Posts::of(city);
    let mut rows = Vec::new();
    for call in &day.calls {
        for one in &call.responses {
            let sent = one.dispatch.unwrap_or(call.received);
            rows.push(Response {
                row: one.row,
                unit: one.unit.clone(),
                force: one.force.clone(),
                kind: call.kind.as_str().to_owned(),
                day: zone.day(sent),
                hour: HourOfWeek::new(zone.hour_of_week(sent) as u8).unwrap_or_default(),
                home: posts.home(&one.post, &one.unit, &day.numbered),
                from: one.from,
                at: call.at,
                dispatch: one.dispatch,
                en_route: one.en_route,
                on_scene: one.on_scene,
                leave: one.leave,
                clear: one.clear,
            });
        }
    }
    rows
}

/// The city's posts by what a record may call them.
struct Posts<'a>(Vec<Post<'a>>);

/// A post's id, name, number and place.
type Post<'a> = (&'a str, &'a str, Option<u32>, LonLat);

impl<'a> Posts<'a> {
    fn of(city: &'a City) -> Self {
        let post = |post: &'a precinct_city::Post| {
            let name = post.name.local.as_str();
            (post.id.as_str(), name, number(name), post.at)
        };
        Self(city.posts.iter().map(post).collect())
    }

    /// Where a unit stands: at the post the record names, or at that of its number.
    fn home(&self, named: &str, unit: &str, numbered: &[String]) -> Option<LonLat> {
        let find = |fits: &dyn Fn(&Post<'_>) -> bool| {
            self.0.iter().find(|post| fits(post)).map(|post| post.3)
        };
        if !named.is_empty() {
            return find(&|post| post.0 == named || post.1 == named);
        }
        let letters = unit.trim_end_matches(|c: char| c.is_ascii_digit());
        if !numbered.iter().any(|one| one == letters) {
            return None;
        }
        let own = number(unit)?;
        find(&|post| post.2 == Some(own))
    }
}

/// The first number in a name.
fn number(name: &str) -> Option<u32> {
    let from = name.find(|c: char| c.is_ascii_digit())?;
    let digits: String = name[from..].chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_stands_where_it_is_named_or_numbered() {
        let at = |lon| LonLat::new(lon, 0).unwrap();
        let posts = Posts(vec![
            ("a", "Fire Station #7 - Division 3", Some(7), at(1)),
            ("b", "North", None, at(2)),
        ]);
        let letters = ["E".to_owned()];
        assert_eq!(posts.home("", "E07", &letters), Some(at(1)));
        assert_eq!(posts.home("", "M07", &letters), None);
        assert_eq!(posts.home("", "E08", &letters), None);
        assert_eq!(posts.home("North", "E07", &letters), Some(at(2)));
        assert_eq!(posts.home("b", "X", &[]), Some(at(2)));
        assert_eq!(posts.home("South", "E07", &letters), None);
        assert_eq!(number("Engine 12B3"), Some(12));
    }
}
