//! One row of an input, by what its columns say.

use precinct_base::{LonLat, Said};
use precinct_roads::Name;

use crate::decimal::Decimal;
use crate::schema::Role;
use crate::source::{Origin, Source};
use crate::table::{Record, Shape};
use crate::{Fault, Grade, Severity, Thresholds, says};

/// A row, and the input it is of.
pub(crate) struct Row<'a> {
    pub(crate) source: &'a Source,
    pub(crate) columns: &'a [String],
    pub(crate) record: &'a Record,
}

impl Row<'_> {
    /// What the row says of `role`: the value in its column, else the constant, in the words of this program. Empty if neither.
    pub(crate) fn text(&self, role: Role) -> &str {
        let value = self.source.columns.get(&role).map_or("", |column| self.value(column));
        let value = if value.is_empty() {
            self.source.constants.get(&role).map_or("", String::as_str)
        } else {
            value
        };
        let words = self.source.translate.get(&role);
        words.and_then(|words| words.get(value)).map_or(value, String::as_str)
    }

    /// What stands in the column called `column`.
    pub(crate) fn value(&self, column: &str) -> &str {
        let index = self.columns.iter().position(|one| one == column);
        index.and_then(|index| self.record.values.get(index)).map_or("", String::as_str)
    }

    /// A fault in the column of `role`.
    pub(crate) fn fault(&self, role: Role, what: Said, mend: Said) -> Fault {
        let column = self.source.columns.get(&role).map_or(role.name(), String::as_str);
        self.fault_at(column, what, mend)
    }

    /// A fault in the column called `column`.
    pub(crate) fn fault_at(&self, column: &str, what: Said, mend: Said) -> Fault {
        let fault = Fault::new(Severity::Fault, self.source.file(), what, mend);
        match (&self.source.origin, self.value(Role::Id.name())) {
            // An element of the extract is known by its number, and what is wrong with it is said in the words of its tags.
            (Origin::Extract, id) if !id.is_empty() => fault.column(id),
            _ => fault.row(self.record.row).column(column),
        }
    }

    pub(crate) fn name(&self) -> Name {
        Name {
            local: self.text(Role::Name).to_owned(),
            zh: self.text(Role::NameZh).to_owned(),
            en: self.text(Role::NameEn).to_owned(),
        }
    }

    /// The one of a list of kinds that the row names.
    pub(crate) fn kind<T>(
        &self,
        role: Role,
        from_name: impl Fn(&str) -> Option<T>,
        names: &[&str],
    ) -> Result<T, Fault> {
        let text = self.text(role);
        from_name(text).ok_or_else(|| {
            let (name, text) = (role.name(), says::shown(text));
            let what =
                if text.is_empty() { says::row_lacks(name) } else { says::not_known(&text, name) };
            let mend = says::say_what_it_is(name, text, names.join(", "));
            self.fault(role, what, mend)
        })
    }

    /// The grade the row names; `None` if it names none.
    pub(crate) fn grade(&self, thresholds: &Thresholds) -> Result<Option<Grade>, Fault> {
        if self.text(Role::Grade).is_empty() {
            return Ok(None);
        }
        let names: Vec<&str> = thresholds.all().iter().map(|one| one.grade.as_str()).collect();
        self.kind(Role::Grade, |name| thresholds.named(name), &names).map(Some)
    }

    /// Where the row is: its columns, else its geometry, a polygon's middle.
    pub(crate) fn place(&self) -> Result<LonLat, Fault> {
        if self.source.columns.contains_key(&Role::Lon)
            || self.source.columns.contains_key(&Role::Lat)
        {
            let (lon, lat) = (self.degrees(Role::Lon)?, self.degrees(Role::Lat)?);
            return self.source.datum.to_wgs84(lon, lat).ok_or_else(|| {
                let what = says::outside_earth(lon, lat);
                let swapped = self.source.datum.to_wgs84(lat, lon).is_some();
                let mend = if swapped { says::swap_them() } else { says::write_degrees() };
                self.fault(Role::Lon, what, mend)
            });
        }
        match &self.record.shape {
            Shape::Point(place) => Ok(*place),
            Shape::Area(area) => crate::inside::place_inside(area).ok_or_else(|| self.no_place()),
            Shape::Bad(what) => Err(self.bad_shape(*what)),
            Shape::None => Err(self.no_place()),
        }
    }

    pub(crate) fn bad_shape(&self, what: fn() -> Said) -> Fault {
        self.fault_at("geometry", what(), says::point_or_polygons())
    }

    fn no_place(&self) -> Fault {
        self.fault_at("geometry", says::no_place(), says::give_geometry())
    }

    fn degrees(&self, role: Role) -> Result<f64, Fault> {
        let text = self.text(role);
        if text.is_empty() {
            let what = says::row_lacks(role.name());
            return Err(self.fault(role, what, says::degrees_or_leave_out()));
        }
        text.parse::<f64>().ok().filter(|degrees| degrees.is_finite()).ok_or_else(|| {
            self.fault(role, says::not_degrees(says::shown(text)), says::write_digits())
        })
    }

    /// The number the row gives for `role`; `None` if it gives none.
    pub(crate) fn number(&self, role: Role) -> Result<Option<Decimal>, Fault> {
        let text = self.text(role);
        if text.is_empty() {
            return Ok(None);
        }
        Decimal::parse(text).map(Some).ok_or_else(|| {
            self.fault(role, says::not_a_number(says::shown(text)), says::write_plain_digits())
        })
    }
}
