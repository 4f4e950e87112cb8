//! Describing the city to the core: what its files say and the record does not know yet.

use std::collections::BTreeSet;

use precinct_base::{AreaId, AreaLevel, LonLat, Metres, Millis, PostId, PostKind};
use precinct_city::City;
use precinct_core::event::{AreaSet, PostSet};
use precinct_core::{Hours, List, Order, State, Title};
use precinct_roads::Name;

/// A post of the same kind this near is the same post under another name.
const SAME_POST: Metres = Metres(50);

/// What is to be ordered, and the number of each area and post of the files.
#[derive(Debug, Default)]
pub(crate) struct Description {
    pub(crate) orders: Vec<Order>,
    pub(crate) areas: Vec<AreaId>,
    pub(crate) posts: Vec<PostId>,
}

/// A name in the two languages of the board; one that is only known as signposted counts as Chinese if it has a character beyond Latin.
pub(crate) fn title(name: &Name, otherwise: &str) -> Title {
    let local = if name.local.is_empty() { otherwise } else { &name.local };
    let chinese = local.chars().any(|c| ('\u{2e80}'..='\u{9fff}').contains(&c));
    let pick = |own: &str, fits: bool| {
        if own.is_empty() && fits { local.to_owned() } else { own.to_owned() }
    };
    let (en, zh) = (pick(&name.en, !chinese), pick(&name.zh, chinese));
    if en.is_empty() && zh.is_empty() {
        return Title { en: local.to_owned(), zh };
    }
    Title { en, zh }
}

/// What the files of a city say that a state does not have. Said twice it comes to nothing: numbers once given stay.
pub(crate) fn describe(city: &City, state: &State) -> Description {
    let mut description = Description::default();
    whole(city, state, &mut description);
    areas(city, state, &mut description);
    posts(city, state, &mut description);
    description
}

/// Area 0 is the whole city.
fn whole(city: &City, state: &State, description: &mut Description) {
    let area = AreaSet {
        area: AreaId(0),
        parent: None,
        level: AreaLevel::City,
        grade: None,
        reach: thresholds(city),
        title: title(&city.name, "City"),
    };
    set_area(state, area, description);
}

/// The city's thresholds, if they are three that rise.
fn thresholds(city: &City) -> Option<[Millis; 3]> {
    let within: Vec<Millis> = city.thresholds.all().iter().map(|one| one.within).collect();
    let reach: [Millis; 3] = within.try_into().ok()?;
    (reach[0] > Millis::ZERO && reach.is_sorted_by(|a, b| a < b)).then_some(reach)
}

fn set_area(state: &State, area: AreaSet, description: &mut Description) {
    let same = state.areas().get(&area.area).is_some_and(|known| {
        (known.parent, known.level, known.grade, known.reach, &known.title)
            == (area.parent, area.level, area.grade, area.reach, &area.title)
    });
    if !same {
        description.orders.push(Order::SetArea(area));
    }
}

fn areas(city: &City, state: &State, description: &mut Description) {
    let mut taken: BTreeSet<AreaId> = BTreeSet::from([AreaId(0)]);
    let mut next = state.areas().keys().next_back().map_or(1, |last| last.0 + 1);
    for (index, area) in city.areas.iter().enumerate() {
        let title = title(&area.name, &format!("{} {}", area.level.name(), index + 1));
        let known = state.areas().iter().find(|(id, known)| {
            !taken.contains(id) && known.level == area.level && known.title == title
        });
        let id = known.map_or(AreaId(next), |(&id, _)| id);
        next = next.max(id.0 + 1);
        taken.insert(id);
        description.areas.push(id);
        let code = area.grade.and_then(|grade| city.thresholds.get(grade).grade.parse().ok());
        let grade = code.filter(|&code| state.catalogue().has(List::Grades, code));
        let (parent, level) = (Some(AreaId(0)), area.level);
        set_area(
            state,
            AreaSet { area: id, parent, level, grade, reach: None, title },
            description,
        );
    }
}

fn posts(city: &City, state: &State, description: &mut Description) {
    let mut taken: BTreeSet<PostId> = BTreeSet::new();
    let mut next = state.posts().keys().next_back().map_or(1, |last| last.0 + 1);
    for (index, post) in city.posts.iter().enumerate() {
        let title = title(&post.name, &format!("{} {}", post.kind.name(), index + 1));
        let free = |id: &PostId| !taken.contains(id);
        let id = same_post(state, free, post.kind, &title, post.at).unwrap_or(PostId(next));
        next = next.max(id.0 + 1);
        taken.insert(id);
        description.posts.push(id);
        let smallest =
            city.areas_at(post.at).into_iter().max_by_key(|a| city.areas[a.index()].level);
        let area = smallest.map_or(AreaId(0), |area| description.areas[area.index()]);
        let known = state.posts().get(&id);
        let same = known.is_some_and(|known| {
            (known.kind, known.area, known.at, &known.title) == (post.kind, area, post.at, &title)
        });
        if !same {
            let (hours, level) =
                known.map_or((Hours::ALWAYS, 2), |known| (known.hours, known.level));
            let (kind, at) = (post.kind, post.at);
            let set = PostSet { post: id, kind, area, at, hours, level, title };
            description.orders.push(Order::SetPost(set));
        }
    }
}

/// The number a post already has: the one of its kind and name, else the nearest of its kind that is as good as there.
fn same_post(
    state: &State,
    free: impl Fn(&PostId) -> bool,
    kind: PostKind,
    title: &Title,
    at: LonLat,
) -> Option<PostId> {
    let of_kind = || state.posts().iter().filter(|(id, known)| free(id) && known.kind == kind);
    let named = of_kind().find(|(_, known)| known.title == *title);
    let near = || {
        let apart = of_kind().map(|(id, known)| (known.at.distance(at), id));
        apart.filter(|(apart, _)| *apart <= SAME_POST.millimetres()).min().map(|(_, &id)| id)
    };
    named.map(|(&id, _)| id).or_else(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_given_in_the_language_it_is_in() {
        let of = |local: &str, zh: &str, en: &str| {
            let name = Name { local: local.to_owned(), zh: zh.to_owned(), en: en.to_owned() };
            let Title { en, zh } = title(&name, "Post 1");
            (en, zh)
        };
        let pair = |en: &str, zh: &str| (en.to_owned(), zh.to_owned());
        assert_eq!(of("南湾", "", ""), pair("", "南湾"));
        assert_eq!(of("Mission", "", ""), pair("Mission", ""));
        assert_eq!(of("南灣 Praia Grande", "南灣", "Praia Grande"), pair("Praia Grande", "南灣"));
        assert_eq!(of("", "", ""), pair("Post 1", ""));
    }
}
