//! Hot spots from their rows: places to be visited, how long, and how soon again.

use std::collections::BTreeMap;

use precinct_base::{Metres, Millis, Said, caps};

use crate::inputs::{Inputs, Verdict, check_inside};
use crate::places::within_cap;
use crate::row::Row;
use crate::schema::Role;
use crate::source::Source;
use crate::{Fault, HotSpot, says};

/// How far round a hot spot a unit is still there, if nothing is said: a fix between houses may be some tens of metres off.
const RADIUS: Metres = Metres(100);
/// Minutes of a visit, if nothing is said. Stays of 10 to 16 minutes were followed by the longest quiet: C. S. Koper, "Just enough police
/// presence", Justice Quarterly 12 (1995).
const DOSE: u64 = 12;
/// Minutes after which it is to be visited again, if nothing is said.
const EVERY: u64 = 120;
/// Minutes of a week: a place that is visited less often is no hot spot.
const WEEK: u64 = 7 * 24 * 60;
/// Thousandths of a minute are 60 milliseconds each.
const MS: u64 = 60;

pub(crate) fn hot_spots(inputs: &mut Inputs, sources: &[Source]) -> Vec<HotSpot> {
    let mut spots = Vec::new();
    let mut known: BTreeMap<String, u64> = BTreeMap::new();
    for source in sources {
        let clip = inputs.clip.clone();
        inputs.rows(source, &mut |row| {
            let spot = hot_spot(row)?;
            check_inside(&clip, row, spot.at)?;
            within_cap(spots.len(), caps::HOT_SPOTS, row)?;
            if let Some(first) = known.get(&spot.key()) {
                let what = says::spot_taken(says::shown(&spot.key()), first);
                let mend = says::spot_own_id();
                return Err(row.fault(Role::Id, what, mend));
            }
            known.insert(spot.key(), row.record.row);
            spots.push(spot);
            Ok(Verdict::Used)
        });
    }
    spots
}

fn hot_spot(row: &Row<'_>) -> Result<HotSpot, Fault> {
    let most = u64::from(caps::HOT_SPOT_RADIUS_M) * 1_000;
    let radius =
        thousandths(row, Role::RadiusM, (1_000, most), says::write_metres, RADIUS.0.into())?;
    let every =
        thousandths(row, Role::EveryMin, (1_000, WEEK * 1_000), says::write_minutes, EVERY)?;
    let dose = thousandths(row, Role::DoseMin, (1_000, WEEK * 1_000), says::write_minutes, DOSE)?;
    if dose > every {
        let (what, mend) = (says::visit_too_long(), says::fewer_minutes());
        return Err(row.fault(Role::DoseMin, what, mend));
    }
    let minutes = |thousandths: u64| Millis((thousandths * MS) as u32);
    let (name, id, at) = (row.name(), row.text(Role::Id).to_owned(), row.place()?);
    let radius = Metres((radius / 1_000) as u32);
    Ok(HotSpot { name, id, at, radius, dose: minutes(dose), every: minutes(every) })
}

/// What a row says in thousandths, or so many whole ones if it says nothing.
fn thousandths(
    row: &Row<'_>,
    role: Role,
    (least, most): (u64, u64),
    range: fn(u64, u64) -> Said,
    usual: u64,
) -> Result<u64, Fault> {
    let Some(given) = row.number(role)? else { return Ok(usual * 1_000) };
    given.thousandths().filter(|given| (least..=most).contains(given)).ok_or_else(|| {
        let what = says::not_of_spot(says::shown(row.text(role)), role.name());
        let mend = range(least / 1_000, most / 1_000);
        row.fault(role, what, mend)
    })
}
