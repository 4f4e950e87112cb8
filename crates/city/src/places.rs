//! Posts, sites and areas from their rows.

use precinct_base::{Metres, MultiPolygon, Plane, caps};

use crate::inputs::{Inputs, Verdict, check_inside};
use crate::row::Row;
use crate::schema::Role;
use crate::source::{Origin, Source};
use crate::table::Shape;
use crate::{Area, AreaLevel, Fault, Post, PostKind, Severity, Site, SiteKind, Thresholds, says};

/// Posts of one kind nearer to each other than this are likely one post given twice. Millimetres.
const SAME_POST_MM: u64 = 30_000;

pub(crate) fn posts(inputs: &mut Inputs, sources: &[Source]) -> Vec<Post> {
    let names: Vec<&str> = PostKind::ALL.iter().map(|kind| kind.name()).collect();
    let mut posts = Vec::new();
    for source in sources {
        let clip = inputs.clip.clone();
        let first = posts.len();
        let mut rows = Vec::new();
        inputs.rows(source, &mut |row| {
            let kind = row.kind(Role::Kind, PostKind::from_name, &names)?;
            let at = row.place()?;
            check_inside(&clip, row, at)?;
            within_cap(posts.len(), caps::POSTS, row)?;
            posts.push(Post { kind, name: row.name(), id: row.text(Role::Id).to_owned(), at });
            rows.push(row.record.row);
            Ok(Verdict::Used)
        });
        for pair in near_pairs(&posts[first..]) {
            inputs.faults.push(same_post(source, &posts[first..], &rows, &pair));
        }
    }
    posts
}

/// Two posts of one kind that lie close together.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    later: usize,
    earlier: usize,
    apart: Metres,
}

fn near_pairs(posts: &[Post]) -> Vec<Pair> {
    let mut order: Vec<usize> = (0..posts.len()).collect();
    order.sort_by_key(|&index| (posts[index].at.lat(), index));
    let mut pairs = Vec::new();
    for (place, &index) in order.iter().enumerate() {
        let post = &posts[index];
        let high = Plane::at(post.at.lat()).offset(post.at, 0, SAME_POST_MM as i64).lat();
        let near = order[place + 1..].iter().take_while(|&&other| posts[other].at.lat() <= high);
        for &other in near.filter(|&&other| posts[other].kind == post.kind) {
            let apart = post.at.distance(posts[other].at);
            if apart.0 < SAME_POST_MM {
                pairs.push(Pair {
                    later: index.max(other),
                    earlier: index.min(other),
                    apart: apart.metres(),
                });
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

fn same_post(source: &Source, posts: &[Post], rows: &[u64], pair: &Pair) -> Fault {
    let (post, other) = (&posts[pair.later], &posts[pair.earlier]);
    let shown = |name: &str| format!("\"{}\"", says::shown(name));
    let (one, two) = (shown(&post.name.local), shown(&other.name.local));
    let (kind, apart) = (post.kind.name(), pair.apart);
    let what = match source.origin {
        Origin::Extract => says::same_post(one, kind, apart, two, &other.id),
        Origin::File { .. } => says::same_post_row(one, kind, apart, two, rows[pair.earlier]),
    };
    let mend = says::same_post_left_out();
    let note = Fault::new(Severity::Note, source.file(), what, mend);
    match source.origin {
        Origin::Extract => note.column(&post.id),
        Origin::File { .. } => note.row(rows[pair.later]),
    }
}

pub(crate) fn sites(inputs: &mut Inputs, sources: &[Source], thresholds: &Thresholds) -> Vec<Site> {
    let names: Vec<&str> = SiteKind::ALL.iter().map(|kind| kind.name()).collect();
    let mut sites = Vec::new();
    for source in sources {
        let clip = inputs.clip.clone();
        inputs.rows(source, &mut |row| {
            let kind = row.kind(Role::Kind, SiteKind::from_name, &names)?;
            let grade = row.grade(thresholds)?.unwrap_or(thresholds.of_sites());
            let at = row.place()?;
            check_inside(&clip, row, at)?;
            within_cap(sites.len(), caps::SITES, row)?;
            sites.push(Site {
                kind,
                name: row.name(),
                id: row.text(Role::Id).to_owned(),
                at,
                grade,
            });
            Ok(Verdict::Used)
        });
    }
    sites
}

/// An area, and the name of the input it came from.
pub(crate) struct SourcedArea {
    pub(crate) area: Area,
    pub(crate) source: String,
}

/// All areas, the largest level first.
pub(crate) fn areas(
    inputs: &mut Inputs,
    sources: &[Source],
    thresholds: &Thresholds,
) -> Vec<SourcedArea> {
    let names: Vec<&str> = AreaLevel::ALL.iter().map(|level| level.name()).collect();
    let mut areas: Vec<SourcedArea> = Vec::new();
    for source in sources {
        let mut ids = std::collections::BTreeMap::new();
        inputs.rows(source, &mut |row| {
            let level = match row.text(Role::Level) {
                "" => AreaLevel::District,
                _ => row.kind(Role::Level, AreaLevel::from_name, &names)?,
            };
            let shape = area_shape(row)?;
            let id = row.text(Role::Id).to_owned();
            if !id.is_empty()
                && let Some(earlier) = ids.insert(id.clone(), row.record.row)
            {
                let what = says::id_taken(says::shown(&id), earlier);
                return Err(row.fault(Role::Id, what, says::own_id()));
            }
            within_cap(areas.len(), caps::AREAS, row)?;
            let area = Area { level, name: row.name(), id, shape, grade: row.grade(thresholds)? };
            areas.push(SourcedArea { area, source: source.name.clone() });
            Ok(Verdict::Used)
        });
    }
    areas.sort_by_key(|one| one.area.level);
    areas
}

fn area_shape(row: &Row<'_>) -> Result<MultiPolygon, Fault> {
    match &row.record.shape {
        Shape::Area(area) => Ok(area.clone()),
        Shape::Bad(what) => Err(row.bad_shape(*what)),
        Shape::Point(_) => {
            Err(row.fault_at("geometry", says::area_is_point(), says::export_outline()))
        }
        Shape::None => {
            Err(row.fault_at("geometry", says::area_no_outline(), says::export_polygon()))
        }
    }
}

pub(crate) fn within_cap(count: usize, cap: usize, row: &Row<'_>) -> Result<(), Fault> {
    if count < cap {
        return Ok(());
    }
    let what = says::too_many(cap, row.source.section.name());
    Err(row.fault_at("", what, says::leave_out_or_split()))
}
