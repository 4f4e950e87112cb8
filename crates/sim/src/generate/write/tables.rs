//! The tables of a city's folder, as comma-separated values with a header.

use std::io::{Result, Write};

use precinct_base::LonLat;

use super::super::Title;
use super::super::city::City;
use super::super::demand::{PARTS, Rhythm};
use super::super::hot_spots::{self, HotSpot};

pub(super) fn posts(city: &City, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "id,kind,name,name_en,lon,lat,staff")?;
    for (i, post) in city.posts.iter().enumerate() {
        writeln!(
            out,
            "P{:05},{},{},{},{}",
            i + 1,
            post.kind.name(),
            names(&post.name),
            place(post.at),
            post.staff
        )?;
    }
    Ok(())
}

pub(super) fn sites(city: &City, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "id,kind,name,name_en,lon,lat,people")?;
    for (i, site) in city.sites.iter().enumerate() {
        writeln!(
            out,
            "S{:06},{},{},{},{}",
            i + 1,
            site.kind.name(),
            names(&site.name),
            place(site.at),
            site.people
        )?;
    }
    Ok(())
}

pub(super) fn demand(city: &City, out: &mut dyn Write) -> Result<()> {
    writeln!(
        out,
        "id,name,name_en,grade,rhythm,lon,lat,people,calls,{}",
        PARTS.map(|part| format!("calls_{part}")).join(",")
    )?;
    for (i, one) in city.demand.iter().enumerate() {
        let (grade, rhythm) = (one.grade, one.rhythm.name());
        let [morning, afternoon, evening, night] = one.by_part;
        let (names, place) = (names(&one.name), place(one.at));
        writeln!(
            out,
            "D{:07},{names},{grade},{rhythm},{place},{},{},{morning},{afternoon},{evening},{night}",
            i + 1,
            one.people,
            one.calls
        )?;
    }
    Ok(())
}

pub(super) fn hot_spots(city: &City, out: &mut dyn Write) -> Result<()> {
    writeln!(out, "id,name,name_en,lon,lat,radius_m,dose_min,every_min")?;
    for (i, one) in hot_spots::hot_spots(city).iter().enumerate() {
        let HotSpot { place: spot, radius_m, dose_min, every_min } = one;
        let (names, at) = (names(&spot.name), place(spot.at));
        writeln!(out, "H{:04},{names},{at},{radius_m},{dose_min},{every_min}", i + 1)?;
    }
    Ok(())
}

/// How the calls of each rhythm lie in the week: parts of a million for each hour from Monday 00:00.
pub(super) fn hours(_: &City, out: &mut dyn Write) -> Result<()> {
    let weeks = Rhythm::ALL.map(Rhythm::week);
    writeln!(out, "hour_of_week,{}", Rhythm::ALL.map(Rhythm::name).join(","))?;
    for hour in 0..168 {
        let row: Vec<String> = weeks.iter().map(|week| week[hour].to_string()).collect();
        writeln!(out, "{hour},{}", row.join(","))?;
    }
    Ok(())
}

/// Both names as fields. They are made of the words of `names`, none of which holds a comma or a quotation mark.
fn names(title: &Title) -> String {
    format!("{},{}", title.zh, title.en)
}

fn place(at: LonLat) -> String {
    at.to_string()
}
