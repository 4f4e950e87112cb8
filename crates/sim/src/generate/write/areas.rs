//! `areas.geojson`: the city, its districts, station areas and grid cells (RFC 7946).

use std::io::{Result, Write};

use precinct_base::{LonLat, MultiPolygon};

use super::super::city::City;

pub(super) fn write(city: &City, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "{{\"type\":\"FeatureCollection\",\"features\":[")?;
    for (i, area) in city.areas.iter().enumerate() {
        let (zh, en) = (&area.name.zh, &area.name.en);
        let comma = if i == 0 { "" } else { "," };
        write!(
            out,
            "{comma}{{\"type\":\"Feature\",\"properties\":{{\"id\":\"A{:05}\",\"level\":\"{}\",",
            i + 1,
            area.level.name()
        )?;
        // The words names are made of hold nothing JSON would have to escape.
        write!(out, "\"name\":\"{zh}\",\"name_en\":\"{en}\",\"people\":{}}},", area.people)?;
        write!(out, "\"geometry\":{{\"type\":\"MultiPolygon\",\"coordinates\":")?;
        shape(&area.shape, out)?;
        writeln!(out, "}}}}")?;
    }
    writeln!(out, "]}}")
}

fn shape(shape: &MultiPolygon, out: &mut dyn Write) -> Result<()> {
    let polygons = shape.0.iter().map(|polygon| {
        let rings =
            std::iter::once(&polygon.outer).chain(&polygon.holes).map(|points| ring(points));
        format!("[{}]", rings.collect::<Vec<_>>().join(","))
    });
    write!(out, "[{}]", polygons.collect::<Vec<_>>().join(","))
}

fn ring(points: &[LonLat]) -> String {
    let closed = points.iter().chain(points.first());
    let places: Vec<String> = closed.map(|at| format!("[{at}]")).collect();
    format!("[{}]", places.join(","))
}
