//! Where posts could stand: where they do, at street corners, at sites, and where somebody points.

use precinct_base::{AreaId, LonLat, Metres, PostId, caps};
use precinct_planner::Candidate;
use precinct_roads::{Name, Network};
use precinct_siting::{Place, PlaceRules, among_streets, at_places, at_sites};
use precinct_wire::CandidatesBody;

use super::STREETS;
use crate::app::App;
use crate::cover::rules;
use crate::door::Failure;

/// How far a street corner may be from demand.
const NEAR: Metres = Metres(500);

/// Where a post could stand, or does.
#[derive(Clone, Debug)]
pub(crate) struct Stand {
    pub(crate) place: Place,
    /// What it is: `post`, `street`, `site` or `listed`.
    pub(crate) origin: &'static str,
    /// The post that stands there.
    pub(crate) post: Option<PostId>,
    pub(crate) candidate: Candidate,
}

fn network(app: &App) -> Result<&Network, Failure> {
    let network = app.ground.planned().map(|network| &**network);
    network.ok_or_else(|| Failure::conflict("this city has no streets that a unit can drive on"))
}

/// Whether a place is in an area; area 0 is the whole city.
pub(crate) fn is_in(app: &App, at: LonLat, area: AreaId) -> bool {
    let of_ground = || app.ground.city.areas_at(at).into_iter();
    area == AreaId(0) || of_ground().any(|one| app.ground.area_number(one.index()) == Some(area))
}

fn stand(place: Place, origin: &'static str, post: Option<PostId>) -> Stand {
    Stand { place, origin, post, candidate: Candidate::default() }
}

/// Posts that are there by now, in the area.
fn posts(app: &App, network: &Network, area: AreaId) -> Vec<Stand> {
    let known: Vec<(PostId, LonLat, Name)> = app.board.look(|state, _| {
        let all = state.posts().iter().map(|(&id, post)| {
            let (en, zh) = (post.title.en.clone(), post.title.zh.clone());
            let local = if zh.is_empty() { en.clone() } else { zh.clone() };
            (id, post.at, Name { local, zh, en })
        });
        all.collect()
    });
    let known = known.into_iter().filter(|one| is_in(app, one.1, area));
    let stands = known.filter_map(|(id, at, name)| {
        let place = at_places(&[(at, name)], network, &rules()).pop()?;
        Some(stand(place, "post", Some(id)))
    });
    stands.collect()
}

/// Where posts could stand: those there are first.
pub(crate) fn stands(app: &App, body: &CandidatesBody) -> Result<Vec<Stand>, Failure> {
    let (network, city) = (network(app)?, &app.ground.city);
    let area = AreaId(body.area.unwrap_or(0));
    let most = body.streets.unwrap_or(STREETS) as usize;
    if most > caps::SITING_STREETS || body.places.len() > caps::SITING_PLACES {
        let (streets, places) = (caps::SITING_STREETS, caps::SITING_PLACES);
        return Err(Failure::bad(format!(
            "at most {streets} street corners and {places} places of one's own choice"
        )));
    }
    let mut all = posts(app, network, area);
    let mut add = |places: Vec<Place>, origin| {
        let within = places.into_iter().filter(|place| is_in(app, place.at, area));
        all.extend(within.map(|place| stand(place, origin, None)));
    };
    let listed: Vec<(LonLat, Name)> =
        body.places.iter().map(|at| (at.0, Name::default())).collect();
    add(at_places(&listed, network, &rules()), "listed");
    if body.sites {
        add(at_sites(city, network, &rules()), "site");
    }
    if most > 0 {
        add(among_streets(city, network, &rules(), PlaceRules { most, near: NEAR }), "street");
    }
    if all.is_empty() {
        return Err(Failure::conflict("there is no place where a post could stand: ask for some"));
    }
    Ok(all)
}
