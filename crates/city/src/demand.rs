//! Where calls arise, from points, or from areas laid out over the homes in them.

use std::collections::BTreeMap;

use precinct_base::{AreaId, LonLat, MultiPolygon, caps};
use precinct_roads::Name;

use crate::decimal::Decimal;
use crate::inputs::{Inputs, Verdict, check_inside};
use crate::inside::square_kilometres;
use crate::lay_out::{Lump, lay_out};
use crate::locate::ShapeIndex;
use crate::places::{SourcedArea, within_cap};
use crate::row::Row;
use crate::schema::{DensityPer, Role};
use crate::source::Source;
use crate::table::Shape;
use crate::{Demand, Fault, Grade, Thresholds, WEIGHT_ONE, says};

/// The areas of the city, and which a place lies in.
pub(crate) struct Ground<'a> {
    pub(crate) areas: &'a [SourcedArea],
    pub(crate) index: &'a ShapeIndex,
    pub(crate) thresholds: &'a Thresholds,
}

impl Ground<'_> {
    /// The areas at `place`, the largest level first.
    fn at(&self, place: LonLat) -> impl DoubleEndedIterator<Item = usize> {
        let shape = |index: usize| self.areas.get(index).map(|one| &one.area.shape);
        self.index.at(place, shape).collect::<Vec<_>>().into_iter()
    }

    pub(crate) fn demand(
        &self,
        at: LonLat,
        weight: u32,
        name: Name,
        grade: Option<Grade>,
    ) -> Demand {
        let area = self.at(at).next_back().map(|index| AreaId(index as u32));
        let of_area = || self.at(at).rev().find_map(|index| self.areas[index].area.grade);
        let grade = grade.or_else(of_area).unwrap_or(self.thresholds.of_places());
        Demand { at, weight, name, grade, area }
    }
}

/// The demand that `source` gives.
pub(crate) fn demand(inputs: &mut Inputs, source: &Source, ground: &Ground<'_>) -> Vec<Demand> {
    let clip = inputs.clip.clone();
    let (mut demand, mut lumps) = (Vec::new(), Vec::new());
    let areas = named_areas(source, ground);
    inputs.rows(source, &mut |row| {
        let grade = row.grade(ground.thresholds)?;
        let shape = match ground_of(row, &areas, ground)? {
            Found::Point => None,
            Found::Area(shape) => Some(shape),
            Found::Nothing(note) => return Ok(Verdict::LeftOut(note)),
        };
        let weight = weight(row, shape)?;
        if weight == 0 {
            return Ok(Verdict::Weightless);
        }
        let Some(shape) = shape else {
            let at = row.place()?;
            check_inside(&clip, row, at)?;
            within_cap(demand.len(), caps::DEMAND_POINTS, row)?;
            let weight = u32::try_from(weight).map_err(|_| too_much(row))?;
            demand.push(ground.demand(at, weight, row.name(), grade));
            return Ok(Verdict::Used);
        };
        let name = if row.name().is_empty() { area_name(row, &areas, ground) } else { row.name() };
        lumps.push(Lump { row: row.record.row, weight, name, grade, shape: shape.clone() });
        Ok(Verdict::Used)
    });
    if !lumps.is_empty() {
        lay_out(inputs, source, &lumps, ground, &mut demand);
    }
    demand
}

/// The areas a row may name, by their id.
fn named_areas(source: &Source, ground: &Ground<'_>) -> BTreeMap<String, usize> {
    let wanted = source.areas.as_ref().map(|(name, _)| name.as_str());
    let own =
        ground.areas.iter().enumerate().filter(|(_, one)| Some(one.source.as_str()) == wanted);
    own.map(|(index, one)| (one.area.id.clone(), index)).collect()
}

fn area_name(row: &Row<'_>, areas: &BTreeMap<String, usize>, ground: &Ground<'_>) -> Name {
    areas
        .get(row.text(Role::Area))
        .map_or_else(Name::default, |&index| ground.areas[index].area.name.clone())
}

enum Found<'a> {
    Point,
    Area(&'a MultiPolygon),
    Nothing(Fault),
}

/// The area a row is about, if it is about one.
fn ground_of<'a>(
    row: &'a Row<'_>,
    areas: &BTreeMap<String, usize>,
    ground: &'a Ground<'_>,
) -> Result<Found<'a>, Fault> {
    if row.source.areas.is_some() {
        let id = row.text(Role::Area);
        if let Some(&index) = areas.get(id) {
            return Ok(Found::Area(&ground.areas[index].area.shape));
        }
        let fault = row.fault(Role::Area, says::no_area(says::shown(id)), says::add_area());
        // What weighs nothing is missed by nobody.
        return if weight(row, Some(&MultiPolygon::default()))? == 0 {
            Ok(Found::Nothing(fault))
        } else {
            Err(fault)
        };
    }
    if row.source.columns.contains_key(&Role::Lon) {
        return Ok(Found::Point);
    }
    match &row.record.shape {
        Shape::Area(shape) => Ok(Found::Area(shape)),
        _ => Ok(Found::Point),
    }
}

/// The weight of a row, in thousandths: its `weight`, else its density times its area, else one.
fn weight(row: &Row<'_>, shape: Option<&MultiPolygon>) -> Result<u64, Fault> {
    if let Some(weight) = row.number(Role::Weight)? {
        return weight.thousandths().ok_or_else(|| too_much(row));
    }
    if row.source.columns.contains_key(&Role::Weight) {
        return Err(row.fault(Role::Weight, says::no_weight(), says::write_weight()));
    }
    let Some(density) = row.number(Role::Density)? else { return Ok(u64::from(WEIGHT_ONE)) };
    let area = match (row.number(Role::AreaKm2)?, shape) {
        (Some(area), _) => area,
        (None, Some(shape)) => square_kilometres(shape),
        (None, None) => {
            return Err(row.fault(Role::Density, says::density_alone(), says::give_square()));
        }
    };
    // Square kilometres in one of what the density counts by, in millionths.
    let per = Decimal::from_millionths(match row.source.density_per {
        DensityPer::SquareKilometre => 1_000_000,
        DensityPer::SquareMile => 2_589_988,
        DensityPer::Hectare => 10_000,
    });
    let weight =
        density.times(area).and_then(|product| product.over(per)).and_then(Decimal::thousandths);
    weight.ok_or_else(|| too_much(row))
}

fn too_much(row: &Row<'_>) -> Fault {
    row.fault(Role::Weight, says::too_heavy(u32::MAX / WEIGHT_ONE), says::several_places())
}
