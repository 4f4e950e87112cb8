//! The candidates of a plan: street corners, what the city has, or a list.

use std::path::{Path, PathBuf};

use clap::Args;
use precinct_base::{LonLat, PostId};
use precinct_city::City;
use precinct_planner::{Candidate, Standing};
use precinct_roads::{Name, Network, SnapRules};
use precinct_siting::{
    Origin, Place as Spot, PlaceRules, among_streets, at_places, at_posts, at_sites,
};

use super::aim::per_mille;
use crate::failure::Failure;
use crate::given::Posts as Kinds;

/// Where candidates come from.
#[derive(Clone, Debug, Args)]
pub(super) struct Choices {
    /// Choose among the city's posts and sites
    #[arg(long, conflicts_with = "candidates")]
    from_existing: bool,
    /// Choose among these places
    #[arg(long, value_name = "FILE.csv")]
    candidates: Option<PathBuf>,
    /// How many street corners to choose among
    #[arg(long, value_name = "N", default_value_t = 600, value_parser = clap::value_parser!(u32).range(1..=20_000))]
    corners: u32,
}

/// Candidates, and what is known of them.
pub(super) struct Chosen {
    pub(super) spots: Vec<Spot>,
    pub(super) candidates: Vec<Candidate>,
    /// Candidates where a post of the city stands today.
    pub(super) today: Vec<u32>,
}

impl Chosen {
    /// How many posts stay.
    pub(super) fn kept(&self) -> usize {
        self.candidates.iter().filter(|one| one.standing == Standing::Kept).count()
    }
}

/// A place of a list.
#[derive(Debug)]
struct Listed {
    at: LonLat,
    name: Name,
    candidate: Candidate,
}

impl Choices {
    /// The most street corners.
    pub(super) const fn most(&self) -> usize {
        self.corners as usize
    }

    /// All candidates: today's police posts and those kept first, then the others. A post that is not kept is no candidate unless the
    /// choice is among what exists; it still counts as what stands today.
    pub(super) fn all(
        &self,
        city: &City,
        network: &Network,
        (rules, near): (&SnapRules, PlaceRules),
        keep: &[Kinds],
    ) -> Result<Chosen, Failure> {
        let kept = |kind| keep.iter().any(|kinds| kinds.holds(kind));
        let posts = at_posts(city, network, rules, |post| kept(post.kind) || post.kind.is_police());
        let mut chosen = Chosen { spots: Vec::new(), candidates: Vec::new(), today: Vec::new() };
        for spot in posts {
            let Origin::Post(PostId(post)) = spot.origin else { continue };
            let stays = kept(city.posts[post as usize].kind);
            let standing = match (stays, self.from_existing) {
                (true, _) => Standing::Kept,
                (false, true) => Standing::Free,
                (false, false) => Standing::Forbidden,
            };
            chosen.today.push(chosen.spots.len() as u32);
            chosen.spots.push(spot);
            chosen.candidates.push(Candidate { standing, ..Candidate::default() });
        }
        let free = self.others(city, network, (rules, near))?;
        for (spot, candidate) in free {
            chosen.spots.push(spot);
            chosen.candidates.push(candidate);
        }
        let open = chosen.candidates.iter().any(|one| one.standing == Standing::Free);
        if !open {
            return Err(Failure::Nothing(
                "there is no candidate that a road is near to: give places with --candidates, or allow more with --snap".to_owned(),
            ));
        }
        Ok(chosen)
    }

    fn others(
        &self,
        city: &City,
        network: &Network,
        (rules, near): (&SnapRules, PlaceRules),
    ) -> Result<Vec<(Spot, Candidate)>, Failure> {
        let plain = |spots: Vec<Spot>| {
            spots.into_iter().map(|spot| (spot, Candidate::default())).collect::<Vec<_>>()
        };
        let Some(file) = &self.candidates else {
            return Ok(plain(if self.from_existing {
                at_sites(city, network, rules)
            } else {
                among_streets(city, network, rules, near)
            }));
        };
        let listed = read(file)?;
        let places: Vec<(LonLat, Name)> =
            listed.iter().map(|one| (one.at, one.name.clone())).collect();
        let spots = at_places(&places, network, rules);
        let with = |spot: Spot| {
            let index = if let Origin::Listed(index) = spot.origin { index as usize } else { 0 };
            let candidate = listed[index].candidate;
            (spot, candidate)
        };
        Ok(spots.into_iter().map(with).collect())
    }
}

/// Reads a list: a heading, then a candidate a line.
fn read(path: &Path) -> Result<Vec<Listed>, Failure> {
    let failed = |source| Failure::ReadFile { path: path.to_owned(), source };
    let text = std::fs::read_to_string(path).map_err(failed)?;
    let wrong = |line: usize, what: &str| {
        Failure::Nothing(format!("{}, line {line}: {what}", path.display()))
    };
    let mut lines = text.lines().enumerate();
    let heading: Vec<&str> =
        lines.next().map(|one| one.1.split(',').map(str::trim).collect()).unwrap_or_default();
    let column = |name: &str| heading.iter().position(|one| one.eq_ignore_ascii_case(name));
    let (Some(lon), Some(lat)) = (column("lon"), column("lat")) else {
        return Err(wrong(
            1,
            "the heading has no lon and lat: write lon,lat,name,money,staff,capacity,busy,standing",
        ));
    };
    let mut all = Vec::new();
    for (index, line) in lines.filter(|one| !one.1.trim().is_empty()) {
        let cells: Vec<&str> = line.split(',').map(str::trim).collect();
        let cell = |column: Option<usize>| column.and_then(|i| cells.get(i)).copied().unwrap_or("");
        let number = |name: &str| match cell(column(name)) {
            "" => Ok(0),
            text => text
                .parse::<u64>()
                .map_err(|_| wrong(index + 1, &format!("{name} {text:?} is not a whole number"))),
        };
        let at = format!("{},{}", cell(Some(lon)), cell(Some(lat)));
        let at = at.parse::<LonLat>().map_err(|fault| wrong(index + 1, &fault.to_string()))?;
        let busy = match cell(column("busy")) {
            "" => None,
            text => Some(per_mille(text).map_err(|fault| wrong(index + 1, &fault))?),
        };
        let standing = standing(cell(column("standing")))
            .ok_or_else(|| wrong(index + 1, "standing is none of free, kept, forbidden"))?;
        let (money, staff) = (number("money")?, number("staff")?);
        let has_capacity = !cell(column("capacity")).is_empty();
        // Demand is in thousandths of its measure, and so is what can be served of it.
        let capacity =
            if has_capacity { Some(number("capacity")?.saturating_mul(1_000)) } else { None };
        let candidate = Candidate { standing, money, staff, capacity, busy };
        let name = Name { local: cell(column("name")).to_owned(), ..Name::default() };
        all.push(Listed { at, name, candidate });
    }
    Ok(all)
}

fn standing(text: &str) -> Option<Standing> {
    match text {
        "" | "free" => Some(Standing::Free),
        "kept" => Some(Standing::Kept),
        "forbidden" => Some(Standing::Forbidden),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use precinct_planner::PerMille;

    use super::*;

    #[test]
    fn a_list_is_read_by_its_heading() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("places.csv");
        std::fs::write(
            &file,
            "name,lat,lon,money,standing,busy\nA,22.19,113.54,7,kept,25\nB,22.2,113.55,,,\n",
        )
        .unwrap();
        let read = read(&file).unwrap();
        assert_eq!(read[0].at, "113.54,22.19".parse().unwrap());
        let a = Candidate {
            standing: Standing::Kept,
            money: 7,
            busy: Some(PerMille(250)),
            ..Candidate::default()
        };
        assert_eq!([read[0].candidate, read[1].candidate], [a, Candidate::default()]);
        std::fs::write(&file, "lon,lat,standing\n1,2,maybe\n").unwrap();
        let fault = super::read(&file).unwrap_err().to_string();
        assert!(fault.contains("line 2: standing"), "{fault}");
    }
}
