//! The doors, by what they are about.

mod advice;
mod areas;
mod board;
mod changes;
mod check;
mod checkpoints;
mod clocks;
mod containments;
mod crossings;
mod eido;
mod incidents;
mod joint;
mod lanes;
mod law;
mod live;
mod looking;
mod media;
mod meta;
mod ogc;
mod oidc;
mod outcome;
mod own;
mod pages;
mod patrols;
mod places;
mod planning;
mod plans;
mod positions;
mod posts;
mod presence;
mod proposal;
mod reach;
mod review;
mod rights;
mod rings;
mod runs;
mod seal_live;
mod sealing;
mod sensitive;
mod session;
mod shadow;
mod shifts;
mod siting;
mod statistics;
mod stream;
mod tasks;
mod units;
mod ways;
mod whatif;

use std::sync::Arc;

use axum::Router;
use utoipa::PartialSchema;
use utoipa::openapi::{InfoBuilder, OpenApi};
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;

/// Every door, and the document that describes them.
pub(crate) fn all() -> (Router<Arc<App>>, OpenApi) {
    let doors = OpenApiRouter::new()
        .merge(session::routes())
        .merge(oidc::routes())
        .merge(rights::routes())
        .merge(law::routes())
        .merge(board::routes())
        .merge(stream::routes())
        .merge(changes::routes())
        .merge(review::routes())
        .merge(incidents::routes())
        .merge(looking::routes())
        .merge(sensitive::routes())
        .merge(media::routes())
        .merge(tasks::routes())
        .merge(advice::routes())
        .merge(joint::routes())
        .merge(units::routes())
        .merge(shifts::routes())
        .merge(own::routes())
        .merge(posts::routes())
        .merge(areas::routes())
        .merge(rings::routes())
        .merge(crossings::routes())
        .merge(checkpoints::all())
        .merge(lanes::routes())
        .merge(containments::all())
        .merge(check::routes())
        .merge(clocks::routes())
        .merge(positions::routes())
        .merge(live::routes())
        .merge(places::routes())
        .merge(ways::routes())
        .merge(reach::routes())
        .merge(statistics::routes())
        .merge(planning::routes())
        .merge(siting::routes())
        .merge(plans::routes())
        .merge(proposal::routes())
        .merge(patrols::routes())
        .merge(whatif::routes())
        .merge(shadow::all())
        .merge(presence::routes())
        .merge(ogc::routes())
        .merge(eido::routes());
    let (router, mut api) = doors.split_for_parts();
    name_operations(&mut api);
    // What streams tell beside their own documents.
    let told = ("LookingDoc".to_owned(), precinct_wire::LookingDoc::schema());
    api.components.get_or_insert_default().schemas.extend([told]);
    api.info = InfoBuilder::new()
        .title("Precinct")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some("What a control room, its crews and other systems ask of a served city."))
        .build();
    (router, api)
}

/// Names each operation by what it is about and what it does: generators of clients want no name twice.
fn name_operations(api: &mut OpenApi) {
    for item in api.paths.paths.values_mut() {
        let all = [&mut item.get, &mut item.put, &mut item.post, &mut item.delete];
        for operation in all.into_iter().flatten() {
            let about = operation.tags.iter().flatten().next();
            if let (Some(about), Some(name)) = (about, &operation.operation_id) {
                operation.operation_id = Some(format!("{about}_{name}"));
            }
        }
    }
}

/// The doors that are not about the board.
pub(crate) fn meta(api: &OpenApi) -> Router<Arc<App>> {
    meta::routes(api).merge(pages::routes()).merge(outcome::routes())
}
