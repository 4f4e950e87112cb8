//! What holds for each place a post could stand: whether it stays, goes or may be added, what it takes, and what it can serve.

use std::collections::BTreeSet;

use precinct_base::{AreaId, LonLat, Metres, PostId, caps};
use precinct_planner::{Candidate, PerMille, Standing};
use precinct_wire::{BarredBody, SitingBody, TermsBody};

use super::per_mille;
use super::places::{Stand, is_in};
use crate::app::App;
use crate::door::Failure;

/// How near a barred place none is added if nothing is said.
const NEAR: Metres = Metres(200);
/// The most of anything that one post takes or serves: sums of all posts fit.
const MOST: u64 = 1 << 40;

/// Sets what a body says of each place; how many posts stay.
pub(super) fn set(app: &App, body: &SitingBody, stands: &mut [Stand]) -> Result<usize, Failure> {
    let kept = standing(app, body, stands)?;
    if let Some(added) = &body.added {
        let added = read(added)?;
        for stand in stands.iter_mut().filter(|stand| stand.post.is_none()) {
            put(stand, added);
        }
    }
    for of in &body.posts {
        let terms = read(&of.terms)?;
        let stand = stands.iter_mut().find(|stand| stand.post == Some(PostId(of.post)));
        put(stand.ok_or_else(|| lost(of.post, "it has no terms"))?, terms);
    }
    if let Some(barred) = &body.barred {
        bar(app, barred, stands)?;
    }
    Ok(kept)
}

fn lost(post: u32, so: &str) -> Failure {
    Failure::bad(format!("post {post} is not in that area, or near no street: {so}"))
}

/// Which posts stay and which go. Those of the police stay if nothing is said.
fn standing(app: &App, body: &SitingBody, stands: &mut [Stand]) -> Result<usize, Failure> {
    let known: BTreeSet<PostId> = stands.iter().filter_map(|stand| stand.post).collect();
    let forbid: BTreeSet<PostId> = body.forbid.iter().map(|&post| PostId(post)).collect();
    let keep: BTreeSet<PostId> = match &body.keep {
        Some(keep) => keep.iter().map(|&post| PostId(post)).collect(),
        None => app.board.look(|state, _| {
            let police = state.posts().iter().filter(|(_, post)| post.kind.is_police());
            let all = police.map(|(&id, _)| id).filter(|id| known.contains(id));
            all.filter(|id| !forbid.contains(id)).collect()
        }),
    };
    if let Some(post) = keep.iter().find(|post| !known.contains(post)) {
        return Err(lost(post.0, "it cannot stay"));
    }
    if let Some(post) = forbid.iter().find(|post| !known.contains(post)) {
        return Err(lost(post.0, "it cannot go"));
    }
    if let Some(post) = keep.intersection(&forbid).next() {
        return Err(Failure::bad(format!("post {} cannot both stay and go", post.0)));
    }
    for stand in stands.iter_mut() {
        let is_of = |posts: &BTreeSet<PostId>| stand.post.is_some_and(|post| posts.contains(&post));
        stand.candidate.standing = match (is_of(&keep), is_of(&forbid)) {
            (true, _) => Standing::Kept,
            (_, true) => Standing::Forbidden,
            _ => Standing::Free,
        };
    }
    Ok(keep.len())
}

/// Terms as the planner has them: demand is in thousandths of its measure, and so is what can be served of it.
fn read(terms: &TermsBody) -> Result<Candidate, Failure> {
    let fits = |number: Option<u64>| number.unwrap_or(0) <= MOST;
    if ![terms.money, terms.staff, terms.capacity].into_iter().all(fits) {
        return Err(Failure::bad(format!("`money`, `staff` and `capacity` are at most {MOST}")));
    }
    let busy: Option<PerMille> = per_mille(terms.busy, "busy")?;
    Ok(Candidate {
        standing: Standing::Free,
        money: terms.money.unwrap_or(0),
        staff: terms.staff.unwrap_or(0),
        capacity: terms.capacity.map(|capacity| capacity * 1_000),
        busy,
    })
}

const fn put(stand: &mut Stand, terms: Candidate) {
    let standing = stand.candidate.standing;
    stand.candidate = Candidate { standing, ..terms };
}

/// No post is added in these areas and near these places.
fn bar(app: &App, barred: &BarredBody, stands: &mut [Stand]) -> Result<(), Failure> {
    let most = caps::SITING_PLACES;
    if barred.places.len() > most || barred.areas.len() > most {
        return Err(Failure::bad(format!("at most {most} places and areas are barred")));
    }
    let metres = barred.metres.map_or(NEAR, Metres);
    let near = |at: LonLat| {
        barred.places.iter().any(|place| place.0.distance(at).0 <= u64::from(metres.0) * 1_000)
    };
    let within = |at: LonLat| barred.areas.iter().any(|&area| is_in(app, at, AreaId(area)));
    for stand in stands.iter_mut().filter(|stand| stand.post.is_none()) {
        if near(stand.place.at) || within(stand.place.at) {
            stand.candidate.standing = Standing::Forbidden;
        }
    }
    Ok(())
}
