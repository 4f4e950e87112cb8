//! One input of a city, as `city.toml` describes it: where it is, which of its columns say what, which of its rows are wanted.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;

use crate::filter::Filter;
use crate::parse::Place;
use crate::schema::{DensityPer, FileFormat, Role, SourceFile, Spread};
use crate::{AreaLevel, Datum, PostKind, SiteKind, Thresholds, says};

/// What is counted where nothing is known but buildings.
const ESTIMATE: &str = "people, estimated";

/// What an input gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Posts,
    Sites,
    Areas,
    Demand,
    Addresses,
    HotSpots,
}

impl Section {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Posts => "posts",
            Self::Sites => "sites",
            Self::Areas => "areas",
            Self::Demand => "demand",
            Self::Addresses => "addresses",
            Self::HotSpots => "hot_spots",
        }
    }

    /// What its rows may say.
    const fn roles(self) -> &'static [Role] {
        use Role::{
            Area, AreaKm2, Density, Detail, DoseMin, EveryMin, Grade, Id, Kind, Lat, Level, Lon,
            Name, NameEn, NameZh, Number, RadiusM, Street, Weight,
        };
        match self {
            Self::Posts => &[Lon, Lat, Id, Name, NameZh, NameEn, Kind],
            Self::Sites => &[Lon, Lat, Id, Name, NameZh, NameEn, Kind, Grade],
            Self::Areas => &[Id, Name, NameZh, NameEn, Level, Grade],
            Self::Demand => {
                &[Lon, Lat, Id, Name, NameZh, NameEn, Grade, Weight, Density, AreaKm2, Area]
            }
            Self::Addresses => &[Lon, Lat, Number, Street, Detail],
            Self::HotSpots => &[Lon, Lat, Id, Name, NameZh, NameEn, RadiusM, DoseMin, EveryMin],
        }
    }

    /// Whether `value` may stand for `role` here, and if not, what may.
    pub(crate) fn accepts(
        self,
        role: Role,
        value: &str,
        thresholds: &Thresholds,
    ) -> Result<(), String> {
        let among = |names: Vec<&str>| {
            if names.contains(&value) { Ok(()) } else { Err(names.join(", ")) }
        };
        match (self, role) {
            (Self::Posts, Role::Kind) => {
                among(PostKind::ALL.iter().map(|kind| kind.name()).collect())
            }
            (_, Role::Kind) => among(SiteKind::ALL.iter().map(|kind| kind.name()).collect()),
            (_, Role::Level) => among(AreaLevel::ALL.iter().map(|level| level.name()).collect()),
            (_, Role::Grade) => {
                among(thresholds.all().iter().map(|one| one.grade.as_str()).collect())
            }
            _ => Ok(()),
        }
    }
}

/// Where the rows of an input come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The extract the roads come from.
    Extract,
    /// A table.
    File { path: String, format: FileFormat, delimiter: u8 },
}

/// One input.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) section: Section,
    pub(crate) name: String,
    pub(crate) origin: Origin,
    pub(crate) datum: Datum,
    pub(crate) columns: BTreeMap<Role, String>,
    pub(crate) constants: BTreeMap<Role, String>,
    pub(crate) filters: Vec<Filter>,
    pub(crate) translate: BTreeMap<Role, BTreeMap<String, String>>,
    pub(crate) measure: String,
    pub(crate) spread: Spread,
    /// The areas that the column `area` names, and where the city's file says so.
    pub(crate) areas: Option<(String, Range<usize>)>,
    pub(crate) density_per: DensityPer,
    /// The line of the city's file it stands in.
    pub(crate) line: u64,
}

impl Source {
    /// Whether it needs the extract's places: its own rows, or the homes that demand is spread over.
    pub(crate) fn reads_extract(&self) -> bool {
        self.origin == Origin::Extract
    }

    /// What faults call it.
    pub(crate) fn file(&self) -> &str {
        match &self.origin {
            Origin::Extract => "osm",
            Origin::File { path, .. } => path,
        }
    }

    /// An input taken from the extract with nothing said about it.
    pub(crate) fn of_extract(section: Section) -> Self {
        Self {
            section,
            name: section.name().to_owned(),
            origin: Origin::Extract,
            datum: Datum::Wgs84,
            columns: BTreeMap::new(),
            constants: BTreeMap::new(),
            filters: Vec::new(),
            translate: BTreeMap::new(),
            measure: ESTIMATE.to_owned(),
            spread: Spread::Homes,
            areas: None,
            density_per: DensityPer::SquareKilometre,
            line: 1,
        }
    }
}

/// The input that `file` describes; `None` if it describes none, which `place` has then been told.
pub(crate) fn describe_source(
    section: Section,
    index: usize,
    file: &Spanned<SourceFile>,
    thresholds: &Thresholds,
    place: &mut Place<'_>,
) -> Option<Source> {
    let line = place.line(file);
    let span = file.span();
    let file = file.as_ref();
    check_words(section, file, place);
    check_roles(section, file, thresholds, place);
    let origin = describe_origin(section, file, &span, place)?;
    let name = file.name.as_ref().map(|name| name.as_ref().clone());
    let filters = file.filters.iter();
    let filters =
        filters.filter_map(|filter| Filter::new(filter.as_ref(), &filter.span(), place)).collect();
    let plain = |text: &Spanned<String>| text.as_ref().clone();
    let usual = if origin == Origin::Extract { ESTIMATE } else { "people" };
    let measure = file.measure.as_ref().map_or_else(|| usual.to_owned(), plain);
    let words = |words: &BTreeMap<String, Spanned<String>>| {
        words.iter().map(|(there, here)| (there.clone(), plain(here))).collect()
    };
    Some(Source {
        section,
        name: name.unwrap_or_else(|| format!("{}-{}", section.name(), index + 1)),
        origin,
        datum: file.coordinates,
        columns: file.columns.iter().map(|(&role, column)| (role, plain(column))).collect(),
        constants: file
            .constants
            .iter()
            .map(|(&role, value)| (role, value.as_ref().0.clone()))
            .collect(),
        filters,
        translate: file.translate.iter().map(|(&role, one)| (role, words(one))).collect(),
        measure,
        spread: file.spread.as_ref().map_or(Spread::Homes, |spread| *spread.as_ref()),
        areas: file.areas.as_ref().map(|areas| (plain(areas), areas.span())),
        density_per: file
            .density_per
            .as_ref()
            .map_or(DensityPer::SquareKilometre, |per| *per.as_ref()),
        line,
    })
}

fn describe_origin(
    section: Section,
    file: &SourceFile,
    span: &Range<usize>,
    place: &mut Place<'_>,
) -> Option<Origin> {
    let mend = says::write_source();
    match (&file.source, &file.file) {
        (Some(source), _) if section == Section::Addresses => {
            let (what, mend) = (says::addresses_from_extract(), says::addresses_table());
            place.refuse(&source.span(), what, mend);
            None
        }
        (Some(source), _) if section == Section::HotSpots => {
            let (what, mend) = (says::spots_from_extract(), says::spots_table());
            place.refuse(&source.span(), what, mend);
            None
        }
        (Some(source), None) if source.as_ref() == "osm" => Some(Origin::Extract),
        (Some(source), None) => {
            let what = says::not_a_source(says::shown(source.as_ref()));
            place.refuse(&source.span(), what, mend);
            None
        }
        (None, Some(path)) => {
            let Some(format) = file.format.or_else(|| format_of(path.as_ref())) else {
                let what = says::no_format(says::shown(path.as_ref()));
                place.refuse(&path.span(), what, says::add_format());
                return None;
            };
            let delimiter = describe_delimiter(file.delimiter.as_ref(), place)?;
            Some(Origin::File { path: path.as_ref().clone(), format, delimiter })
        }
        _ => {
            place.refuse(span, says::one_place(), mend);
            None
        }
    }
}

fn describe_delimiter(delimiter: Option<&Spanned<String>>, place: &mut Place<'_>) -> Option<u8> {
    let Some(delimiter) = delimiter else { return Some(b',') };
    if let [byte @ (b'\t' | b' '..=b'~')] = delimiter.as_ref().as_bytes()
        && *byte != b'"'
    {
        return Some(*byte);
    }
    place.refuse(&delimiter.span(), says::delimiter(), says::write_delimiter());
    None
}

/// The format a file's name tells, `.gz` aside.
pub(crate) fn format_of(path: &str) -> Option<FileFormat> {
    let lower = path.to_ascii_lowercase();
    let name = lower.strip_suffix(".gz").unwrap_or(&lower);
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if ends(&[".csv", ".tsv", ".txt"]) {
        Some(FileFormat::Csv)
    } else if ends(&[".geojson", ".json"]) {
        Some(FileFormat::Geojson)
    } else {
        None
    }
}

/// Words that only demand understands.
fn check_words(section: Section, file: &SourceFile, place: &mut Place<'_>) {
    if section == Section::Demand {
        return;
    }
    let words = [
        ("measure", file.measure.as_ref().map(Spanned::span)),
        ("spread", file.spread.as_ref().map(Spanned::span)),
        ("areas", file.areas.as_ref().map(Spanned::span)),
        ("density_per", file.density_per.as_ref().map(Spanned::span)),
    ];
    for (word, span) in words {
        if let Some(span) = span {
            let what = says::section_has_no(section.name(), word);
            place.refuse(&span, what, says::under_demand());
        }
    }
}

fn check_roles(
    section: Section,
    file: &SourceFile,
    thresholds: &Thresholds,
    place: &mut Place<'_>,
) {
    let columns = file.columns.iter().map(|(&role, column)| (role, column.span()));
    let constants = file.constants.iter().map(|(&role, value)| (role, value.span()));
    for (role, span) in columns.chain(constants) {
        if !section.roles().contains(&role) {
            let names: Vec<&str> = section.roles().iter().map(|role| role.name()).collect();
            let what = says::section_has_no(section.name(), role.name());
            place.refuse(&span, what, says::it_has(names.join(", ")));
        }
    }
    let named = file.constants.iter().map(|(&role, value)| (role, &value.as_ref().0, value.span()));
    let translated = file.translate.iter().flat_map(|(&role, words)| {
        words.values().map(move |here| (role, here.as_ref(), here.span()))
    });
    for (role, value, span) in named.chain(translated) {
        if let Err(names) = section.accepts(role, value, thresholds) {
            let what = says::not_of_section(says::shown(value), role.name(), section.name());
            place.refuse(&span, what, says::write_one_of(names));
        }
    }
    if let Some(areas) = &file.areas
        && !file.columns.contains_key(&Role::Area)
    {
        place.refuse(&areas.span(), says::no_area_column(), says::add_area_column());
    }
}
