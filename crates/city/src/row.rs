//! One row of an input, by what its columns say.

use precinct_base::LonLat;
use precinct_roads::Name;

use crate::decimal::Decimal;
use crate::schema::Role;
use crate::source::{Origin, Source};
use crate::table::{Record, Shape};
use crate::{Fault, Grade, Severity, Thresholds};

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
    pub(crate) fn fault(
        &self,
        role: Role,
        what: impl Into<String>,
        mend: impl Into<String>,
    ) -> Fault {
        let column = self.source.columns.get(&role).map_or(role.name(), String::as_str);
        self.fault_at(column, what, mend)
    }

    /// A fault in the column called `column`.
    pub(crate) fn fault_at(
        &self,
        column: &str,
        what: impl Into<String>,
        mend: impl Into<String>,
    ) -> Fault {
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
            let what = if text.is_empty() {
                format!("the row has no {}", role.name())
            } else {
                format!("{text:?} is not a {} known here", role.name())
            };
            let name = role.name();
            let mend = format!(
                "say in the city's file what it is: translate.{name} = {{ {text:?} = \"…\" }} or constants.{name}, with one of {}",
                names.join(", ")
            );
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
                let what = format!("{lon},{lat} is outside the earth");
                let swapped = self.source.datum.to_wgs84(lat, lon).is_some();
                let mend = if swapped {
                    "swap longitude and latitude"
                } else {
                    "write degrees, such as 113.5439 and 22.1987"
                };
                self.fault(Role::Lon, what, mend)
            });
        }
        match &self.record.shape {
            Shape::Point(place) => Ok(*place),
            Shape::Area(area) => crate::inside::place_inside(area).ok_or_else(|| self.no_place()),
            Shape::Bad(what) => Err(self.bad_shape(what)),
            Shape::None => Err(self.no_place()),
        }
    }

    pub(crate) fn bad_shape(&self, what: &str) -> Fault {
        self.fault_at("geometry", what, "give it a point or polygons")
    }

    fn no_place(&self) -> Fault {
        let mend = "give it a geometry, or name its columns in the city's file: columns.lon and columns.lat";
        self.fault_at("geometry", "the row has no place", mend)
    }

    fn degrees(&self, role: Role) -> Result<f64, Fault> {
        let text = self.text(role);
        if text.is_empty() {
            let mend = "write degrees there, or leave such rows out: where = [{ column = \"…\", empty = false }]";
            return Err(self.fault(role, format!("the row has no {}", role.name()), mend));
        }
        text.parse::<f64>().ok().filter(|degrees| degrees.is_finite()).ok_or_else(|| {
            let mend = "write digits with a point, such as 113.5439";
            self.fault(role, format!("{text:?} is not a number of degrees"), mend)
        })
    }

    /// The number the row gives for `role`; `None` if it gives none.
    pub(crate) fn number(&self, role: Role) -> Result<Option<Decimal>, Fault> {
        let text = self.text(role);
        if text.is_empty() {
            return Ok(None);
        }
        Decimal::parse(text).map(Some).ok_or_else(|| {
            let mend = "write digits with a point, no thousands separator and no sign";
            self.fault(role, format!("{text:?} is not a number from 0 up"), mend)
        })
    }
}
