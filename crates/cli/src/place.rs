//! A city opened together with its roads, ready to be asked.

use std::path::Path;
use std::sync::Arc;

use precinct_base::{HourOfWeek, LonLat, Metres};
use precinct_city::{City, CityRoads, MadeBecause, OpenOptions};
use precinct_roads::{Network, Profile, RoadMap, Snap, SnapRules};

use crate::args::{Shared, Travel};
use crate::failure::Failure;
use crate::output::remark;
use crate::progress::Bar;

/// A city and its roads.
pub(crate) struct Place {
    /// Everything but the roads.
    pub(crate) city: City,
    /// Its roads.
    pub(crate) map: Arc<RoadMap>,
}

impl Place {
    /// Opens a city with the demand of that name, or its own choice; its road file is made if it is missing or stale.
    pub(crate) fn open(
        path: &Path,
        shared: &Shared,
        demand: Option<&str>,
        bar: &Bar,
    ) -> Result<Self, Failure> {
        Self::open_with(path, &shared.open_options(demand), bar)
    }

    /// As [`Place::open`], with speeds as imported whatever the city's file says.
    pub(crate) fn as_imported(path: &Path, shared: &Shared, bar: &Bar) -> Result<Self, Failure> {
        let options = OpenOptions { as_imported: true, ..shared.open_options(None) };
        Self::open_with(path, &options, bar)
    }

    fn open_with(path: &Path, options: &OpenOptions, bar: &Bar) -> Result<Self, Failure> {
        bar.step("reading the city");
        let city = precinct_city::open(path, options)?;
        bar.step("reading its roads");
        let roads = precinct_city::roads(&city, options, bar)?;
        told_about(&roads);
        Ok(Self { city, map: Arc::new(roads.map) })
    }

    /// Its roads as somebody travels them.
    pub(crate) fn network(&self, travel: &Travel) -> Result<Network, Failure> {
        self.network_at(travel.profile(), travel.hour())
    }

    /// Its roads as one profile travels them at one hour.
    pub(crate) fn network_at(
        &self,
        profile: Profile,
        hour: HourOfWeek,
    ) -> Result<Network, Failure> {
        if !self.map.is_open_to(profile) {
            return Err(Failure::Nothing(no_roads_for(profile, &self.map)));
        }
        Ok(self.city.network(&self.map, profile, hour))
    }
}

/// Remarks on a road file that was damaged or could not be kept: the answer is good, the next one will take as long.
pub(crate) fn told_about(roads: &CityRoads) {
    if let Some(MadeBecause::Damaged(why)) = &roads.made {
        remark(&format!("the road file was damaged ({why}) and has been made anew"));
    }
    if let Some(error) = &roads.not_kept {
        remark(&format!("the road file is not kept: {error}; choose another folder with --cache"));
    }
}

fn no_roads_for(profile: Profile, map: &RoadMap) -> String {
    let open: Vec<&str> = Profile::ALL
        .into_iter()
        .filter(|&profile| map.is_open_to(profile))
        .map(Profile::name)
        .collect();
    let name = profile.name();
    if open.is_empty() {
        "this city has no roads: check its extract and its box with `precinct city check`"
            .to_owned()
    } else {
        format!(
            "no road of this city is open to {name}; its roads are for {}: choose with --profile",
            open.join(", ")
        )
    }
}

/// Puts a place on a road, or says how far the nearest one is.
pub(crate) fn snap(network: &Network, at: LonLat, rules: SnapRules) -> Result<Snap, Failure> {
    network.snap(at, &rules).ok_or_else(|| {
        let anywhere = SnapRules { limit: Metres(u32::MAX), ..rules };
        let nearest = network.snap(at, &anywhere).map(|snap| snap.distance);
        Failure::FarFromRoad { at, profile: network.profile(), limit: rules.limit, nearest }
    })
}
