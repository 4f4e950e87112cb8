//! A plan that `precinct plan posts --save` wrote, as changes to a city as it is.

use precinct_base::{LonLat, PostId, PostKind, UnitId};
use precinct_city::City;
use precinct_core::Title;
use precinct_planner::{Plan as Saved, Sited};
use precinct_whatif::{Change, ChangeError, Plan};

use super::area_at;
use crate::failure::Failure;

/// Makes the posts of a plan those that were chosen. A post that is new gets a crew from the nearest post that has more than one; a post
/// of today that was not kept goes, and its crews work from the nearest that is left.
pub(crate) fn make(saved: &Saved, plan: &mut Plan, city: &City) -> Result<(), Failure> {
    let refused = |why: ChangeError| Failure::Usage(why.to_string());
    let is_chosen = |index: usize| saved.answer.chosen.binary_search(&(index as u32)).is_ok();
    let is_today = |one: &Sited| one.origin == "post";
    let all = || saved.candidates.iter().enumerate();
    let new: Vec<&Sited> =
        all().filter(|&(at, one)| is_chosen(at) && !is_today(one)).map(|(_, one)| one).collect();
    let gone = all().filter(|&(at, one)| !is_chosen(at) && is_today(one)).map(|(_, one)| one);
    let gone: Vec<PostId> = gone.filter_map(|one| post_at(plan, one.at)).collect();
    for (number, one) in (1..).zip(new) {
        let named = |otherwise: String| {
            if one.name.is_empty() { otherwise } else { one.name.clone() }
        };
        let title = Title {
            en: named(format!("New post {number}")),
            zh: named(format!("新岗点 {number}")),
        };
        let (kind, at, area) = (PostKind::Standby, one.at, area_at(city, one.at));
        let crews = spare(plan, at).into_iter().collect();
        plan.change(&[Change::AddPost { title, kind, at, area, crews }]).map_err(refused)?;
    }
    for post in gone {
        plan.change(&[Change::RemovePost { post }]).map_err(refused)?;
    }
    Ok(())
}

fn post_at(plan: &Plan, at: LonLat) -> Option<PostId> {
    plan.posts.iter().find(|post| post.at == at).map(|post| post.post)
}

/// The last crew of the nearest post that has more than one.
fn spare(plan: &Plan, at: LonLat) -> Option<UnitId> {
    let crews = |post: PostId| {
        plan.crews
            .iter()
            .filter(move |crew| crew.unit.home == Some(post))
            .map(|crew| crew.unit.unit)
    };
    let several = plan.posts.iter().filter(|post| crews(post.post).count() > 1);
    let nearest = several.min_by_key(|post| (post.at.distance(at), post.post))?;
    crews(nearest.post).next_back()
}
