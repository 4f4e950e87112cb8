//! From rows to trips: where each unit started, how long it drove, and which rows tell neither.

use precinct_base::{LonLat, Millis};

use crate::measure::{Fault, Refused};
use crate::response::{Response, gap};

/// What is believed of a row. The defaults suit emergency vehicles in a city.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// A unit sent within this of being free is still where it was.
    pub still_there: Millis,
    /// A unit free for this long stands at its post again.
    pub back_home: Millis,
    /// A drive shorter than this is a button pressed late.
    pub shortest: Millis,
    /// Metres a second that no vehicle goes as the crow flies: 40 is 144 km/h.
    pub fastest_m_s: u64,
    /// Whoever takes longer than this and the walk was doing something else.
    pub grace: Millis,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            still_there: Millis::from_minutes(2),
            back_home: Millis::from_minutes(20),
            shortest: Millis::from_seconds(10),
            fastest_m_s: 40,
            grace: Millis::from_minutes(10),
        }
    }
}

/// Walking pace in millimetres a second.
const WALK_MM_S: u64 = 1_400;

/// A drive whose start is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Drive {
    /// Which response.
    pub(crate) index: usize,
    /// Where the unit set off.
    pub(crate) from: LonLat,
    /// From wheels turning to being there.
    pub(crate) took: Millis,
}

/// The drives that the responses tell of, in their order; the rows that tell of none are refused.
pub(crate) fn drives(responses: &[Response], rules: &Rules, refused: &mut Refused) -> Vec<Drive> {
    let mut order: Vec<usize> = (0..responses.len()).collect();
    order.sort_by_key(|&i| {
        let one = &responses[i];
        (&one.unit, one.dispatch, one.row)
    });
    let mut drives = Vec::new();
    for unit in order.chunk_by(|&a, &b| responses[a].unit == responses[b].unit) {
        let mut last: Option<&Response> = None;
        for &index in unit {
            let one = &responses[index];
            match drive(one, last, rules) {
                Ok((from, took)) => drives.push(Drive { index, from, took }),
                Err(fault) => refused.add(fault, one.row),
            }
            if one.dispatch.is_some() && last.is_none_or(|last| last.clear <= one.clear) {
                last = Some(one);
            }
        }
    }
    drives.sort_by_key(|drive| drive.index);
    drives
}

fn drive(
    one: &Response,
    last: Option<&Response>,
    rules: &Rules,
) -> Result<(LonLat, Millis), Fault> {
    one.dispatch.ok_or(Fault::NotSent)?;
    one.en_route.ok_or(Fault::NotSetOff)?;
    one.on_scene.ok_or(Fault::NotThere)?;
    let sent = gap(one.dispatch, one.en_route).ok_or(Fault::NotSetOff)?;
    let took = gap(one.en_route, one.on_scene).ok_or(Fault::NotThere)?;
    if sent < 0 || took < 0 {
        return Err(Fault::Order);
    }
    let took = u32::try_from(took).map(Millis).map_err(|_| Fault::TooSlow)?;
    if took < rules.shortest {
        return Err(Fault::AtOnce);
    }
    let from = start(one, last, rules)?;
    let (mm, ms) = (from.distance(one.at).0, u64::from(took.0));
    if mm > rules.fastest_m_s * ms {
        return Err(Fault::TooFast);
    }
    if ms > u64::from(rules.grace.0) + mm * 1_000 / WALK_MM_S {
        return Err(Fault::TooSlow);
    }
    Ok((from, took))
}

/// Where a unit was when it was sent: its position if the record has it; else where it had just been, or its post if it had been free
/// for long enough to be back.
fn start(one: &Response, last: Option<&Response>, rules: &Rules) -> Result<LonLat, Fault> {
    if let Some(from) = one.from {
        return Ok(from);
    }
    let Some(last) = last else { return one.home.ok_or(Fault::StartUnknown) };
    let free = gap(last.clear, one.dispatch).ok_or(Fault::OnAnotherCall)?;
    if free < 0 {
        return Err(Fault::OnAnotherCall);
    }
    if free >= i64::from(rules.back_home.0) {
        return one.home.ok_or(Fault::StartUnknown);
    }
    // Who left for elsewhere was freed there, and the record does not say where.
    if free <= i64::from(rules.still_there.0) && last.leave.is_none() && last.on_scene.is_some() {
        return Ok(last.at);
    }
    Err(Fault::OnItsWayBack)
}

#[cfg(test)]
pub(crate) mod tests {
    use precinct_base::{HourOfWeek, Timestamp};

    use super::*;

    pub(crate) fn place(lon: i32, lat: i32) -> LonLat {
        LonLat::new(lon, lat).unwrap()
    }

    /// Sent at `sent` seconds, a minute to set off, `drive` seconds, ten minutes there.
    pub(crate) fn response(row: u64, sent: i64, drive: i64) -> Response {
        let at = |s: i64| Some(Timestamp(s * 1_000));
        Response {
            row,
            unit: "A".to_owned(),
            force: "car".to_owned(),
            kind: "theft".to_owned(),
            day: 0,
            hour: HourOfWeek::default(),
            home: Some(place(0, 0)),
            from: None,
            at: place(100_000, 0),
            dispatch: at(sent),
            en_route: at(sent + 60),
            on_scene: at(sent + 60 + drive),
            leave: None,
            clear: at(sent + 660 + drive),
        }
    }

    type Starts = Vec<(usize, LonLat)>;

    fn judged(rows: &[Response]) -> (Starts, Vec<(Fault, u64)>) {
        let mut refused = Refused::default();
        let drives = drives(rows, &Rules::default(), &mut refused);
        let told = refused.each().map(|(fault, _, first)| (fault, first[0])).collect();
        (drives.iter().map(|one| (one.index, one.from)).collect(), told)
    }

    #[test]
    fn a_unit_starts_where_it_was_or_at_home_and_else_nobody_knows() {
        let mut rows: Vec<Response> = (0..5).map(|i| response(i, 0, 120)).collect();
        // Free at 780; sent a minute later, ten minutes later, an hour later, and while still busy.
        for (row, sent) in [(1, 840), (2, 2_200), (3, 7_000), (4, 7_100)] {
            rows[row] = response(row as u64, sent, 120);
        }
        rows[1].at = place(150_000, 0);
        let (drives, refused) = judged(&rows);
        let (home, last) = (place(0, 0), place(100_000, 0));
        assert_eq!(drives, [(0, home), (1, last), (3, home)]);
        assert_eq!(refused, [(Fault::OnAnotherCall, 4), (Fault::OnItsWayBack, 2)]);
    }

    #[test]
    fn wrong_rows_are_told_apart_from_those_that_say_too_little() {
        let mut rows: Vec<Response> = (0..8).map(|i| response(i, i as i64 * 10_000, 120)).collect();
        rows[0].dispatch = None;
        rows[1].on_scene = None;
        rows[2].en_route = Some(Timestamp(0));
        rows[3] = response(3, 30_000, 4);
        rows[4].at = place(10_000_000, 0);
        rows[5] = response(5, 50_000, 7_200);
        rows[6].home = None;
        let (drives, refused) = judged(&rows);
        assert_eq!(drives.len(), 1);
        assert_eq!(
            refused,
            [
                (Fault::NotSent, 0),
                (Fault::NotThere, 1),
                (Fault::Order, 2),
                (Fault::AtOnce, 3),
                (Fault::TooFast, 4),
                (Fault::TooSlow, 5),
                (Fault::StartUnknown, 6)
            ]
        );
        assert!(Fault::TooFast.is_wrong() && !Fault::NotThere.is_wrong());
    }
}
