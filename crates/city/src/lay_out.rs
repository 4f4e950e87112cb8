//! Demand given for areas, laid out over the homes in them.

use precinct_base::{LonLat, MultiPolygon, caps};
use precinct_roads::Name;

use crate::demand::Ground;
use crate::inputs::Inputs;
use crate::inside::place_inside;
use crate::locate::ShapeIndex;
use crate::schema::Spread;
use crate::source::Source;
use crate::spread::apportion;
use crate::{Demand, Fault, Grade, Severity, says};

/// Demand given for an area.
pub(crate) struct Lump {
    pub(crate) row: u64,
    /// In thousandths.
    pub(crate) weight: u64,
    pub(crate) name: Name,
    pub(crate) grade: Option<Grade>,
    pub(crate) shape: MultiPolygon,
}

/// A place and how much of an area's demand it takes, relative to the others.
type Share = (LonLat, u32);

/// Lays each lump out over the homes in it, or at one place if it has none or if that is what is asked.
pub(crate) fn lay_out(
    inputs: &mut Inputs,
    source: &Source,
    lumps: &[Lump],
    ground: &Ground<'_>,
    demand: &mut Vec<Demand>,
) {
    let homes = match homes_in(inputs, source, lumps) {
        Ok(homes) => homes,
        Err(fault) => return inputs.faults.push(fault),
    };
    let without: Vec<u64> = lumps
        .iter()
        .zip(&homes)
        .filter(|(_, homes)| homes.is_empty())
        .map(|(lump, _)| lump.row)
        .collect();
    if let (Spread::Homes, Some(&first)) = (source.spread, without.first()) {
        inputs.faults.push(no_homes(source, first, without.len()));
    }
    for (lump, homes) in lumps.iter().zip(homes) {
        if let Err(fault) = lay_out_one(source, lump, homes, ground, demand) {
            let is_last = fault.severity == Severity::Refusal;
            inputs.faults.push(fault);
            if is_last {
                return;
            }
        }
    }
}

/// The homes in each lump, if they are to be used.
fn homes_in(
    inputs: &mut Inputs,
    source: &Source,
    lumps: &[Lump],
) -> Result<Vec<Vec<Share>>, Fault> {
    let mut homes = vec![Vec::new(); lumps.len()];
    if source.spread == Spread::Homes {
        let index = ShapeIndex::new(lumps.iter().map(|lump| &lump.shape));
        for &home in inputs.homes()? {
            for lump in index.at(home.0, |index| lumps.get(index).map(|lump| &lump.shape)) {
                homes[lump].push(home);
            }
        }
    }
    Ok(homes)
}

fn no_homes(source: &Source, first: u64, count: usize) -> Fault {
    let (what, mend) = (says::no_homes(count), says::add_buildings());
    Fault::new(Severity::Note, source.file(), what, mend).row(first)
}

fn lay_out_one(
    source: &Source,
    lump: &Lump,
    homes: Vec<Share>,
    ground: &Ground<'_>,
    demand: &mut Vec<Demand>,
) -> Result<(), Fault> {
    let tell = |severity, what, mend| Fault::new(severity, source.file(), what, mend).row(lump.row);
    let places = if homes.is_empty() {
        let inside = place_inside(&lump.shape);
        let place = inside
            .ok_or_else(|| tell(Severity::Fault, says::no_ground(), says::correct_outline()))?;
        vec![(place, 1)]
    } else {
        homes
    };
    if demand.len() + places.len() > caps::DEMAND_POINTS {
        let what = says::too_many_places(caps::DEMAND_POINTS);
        return Err(tell(Severity::Refusal, what, says::use_point()));
    }
    let weights: Vec<u32> = places.iter().map(|&(_, weight)| weight).collect();
    let shares = apportion(lump.weight, &weights);
    if shares.iter().any(|&share| share > u64::from(u32::MAX)) {
        return Err(tell(Severity::Fault, says::too_much(), says::correct_weight()));
    }
    let own = places.iter().zip(shares).filter(|(_, share)| *share > 0);
    demand.extend(
        own.map(|(&(at, _), share)| ground.demand(at, share as u32, lump.name.clone(), lump.grade)),
    );
    Ok(())
}
