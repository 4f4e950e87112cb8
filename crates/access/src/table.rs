//! The policies as a table a person can check: who may do what, where, and on what conditions.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use precinct_base::{AreaId, UnitId};
use precinct_core::{Grant, IncidentId, Purpose, Role, StaffNo};

use crate::roles::RoleSet;
use crate::{About, Access, Action, Areas, Context, Principal, Resource, Who};

/// Areas of the example: 2 is the asker's own, 3 lies in it, 4 is another, 1 is all of them.
const OWN: AreaId = AreaId(2);
const PLACES: [(char, AreaId); 4] =
    [('a', OWN), ('b', AreaId(3)), ('o', AreaId(4)), ('c', AreaId(0))];
const UNIT: UnitId = UnitId(7);
const ASKER: StaffNo = StaffNo::literal("asker");

/// How things are in one part of the table.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a condition of its own")]
struct Case {
    title: &'static str,
    who: Who,
    glass: bool,
    second_factor: bool,
    on_duty: bool,
    own_unit: bool,
    purpose: bool,
}

const BEST: Case = Case {
    title: "People, with everything in order: on duty, of their own unit, with a purpose that fits and a second factor",
    who: Who::Staff,
    glass: false,
    second_factor: true,
    on_duty: true,
    own_unit: true,
    purpose: true,
};

/// The other parts: each shows the rows that differ from the first.
const OTHERS: [Case; 7] = [
    Case { title: "Without a second factor", second_factor: false, ..BEST },
    Case { title: "Off duty", on_duty: false, ..BEST },
    Case { title: "Not of their own unit", own_unit: false, ..BEST },
    Case { title: "Without a purpose", purpose: false, ..BEST },
    Case { title: "With glass broken", glass: true, ..BEST },
    Case {
        title: "With glass broken, and nothing else",
        glass: true,
        second_factor: false,
        on_duty: false,
        own_unit: false,
        ..BEST
    },
    Case {
        title: "Machines with a key, and a purpose that fits",
        who: Who::Key,
        own_unit: false,
        ..BEST
    },
];

/// Who may do what, as text. In each field: `a` the role's own area, `b` an area in it, `o` another, `c` the whole city.
pub fn table(access: &Access) -> String {
    let mut text = String::from(
        "a: the area a role is held for; b: an area in it; o: another area; c: the whole city; .: no\n",
    );
    let best = rows(access, BEST);
    part(&mut text, BEST.title, best.iter());
    for case in OTHERS {
        let rows = rows(access, case);
        part(
            &mut text,
            case.title,
            rows.iter().zip(&best).filter(|(row, best)| row != best).map(|(row, _)| row),
        );
    }
    purposes(access, &mut text);
    devices(access, &mut text);
    text
}

type Row = (Action, Vec<String>);

fn rows(access: &Access, case: Case) -> Vec<Row> {
    let row = |action| RoleSet::held().map(|role| field(access, case, role, action)).collect();
    Action::ALL.iter().map(|&action| (action, row(action))).collect()
}

fn part<'a>(text: &mut String, title: &str, rows: impl Iterator<Item = &'a Row>) {
    let _ = write!(text, "\n{title}\n{:<16}", "");
    for role in RoleSet::held() {
        let _ = write!(text, " {:<13}", role.name());
    }
    trim(text);
    for (action, fields) in rows {
        let _ = write!(text, "{:<16}", action.name());
        for field in fields {
            let _ = write!(text, " {field:<13}");
        }
        trim(text);
    }
}

fn trim(text: &mut String) {
    text.truncate(text.trim_end().len());
    text.push('\n');
}

fn field(access: &Access, case: Case, role: Role, action: Action) -> String {
    let asks = |area| {
        purposes_of(case, action).any(|purpose| may(access, case, (role, action, area), purpose))
    };
    PLACES.iter().map(|&(letter, area)| if asks(area) { letter } else { '.' }).collect()
}

/// What is said it is for: of what is sensitive, all that can be said; of the rest, one thing.
fn purposes_of(case: Case, action: Action) -> impl Iterator<Item = Option<Purpose>> {
    let stated = move |purpose: &Purpose| {
        if action.is_sensitive() {
            *purpose != Purpose::System
        } else {
            *purpose == Purpose::Response
        }
    };
    let none = (!case.purpose).then_some(None);
    let some = Purpose::ALL.into_iter().filter(stated).filter(move |_| case.purpose);
    none.into_iter().chain(some.map(Some))
}

fn may(
    access: &Access,
    case: Case,
    (role, action, area): (Role, Action, AreaId),
    purpose: Option<Purpose>,
) -> bool {
    let areas = BTreeMap::from([(AreaId(3), OWN), (OWN, AreaId(1)), (AreaId(4), AreaId(1))]);
    let Case { who, glass, second_factor, on_duty, .. } = case;
    let context = Context { areas: &areas as &dyn Areas, purpose, glass, second_factor, on_duty };
    let grants = vec![Grant { role, area: OWN }];
    let unit = case.own_unit.then_some(UNIT);
    let principal = Principal { who, staff: ASKER, grants, unit };
    let mut things = action.about().iter().map(|&about| thing(about, area));
    things.any(|thing| access.may(&principal, action, &thing, &context))
}

const fn thing(about: About, area: AreaId) -> Resource {
    match about {
        About::Area => Resource::area(area),
        About::Incident => Resource::incident(IncidentId(1), area, Some(UNIT)),
        About::Unit => Resource::unit(UNIT, area),
    }
}

/// For each sensitive thing and role, what it may be read for.
fn purposes(access: &Access, text: &mut String) {
    text.push_str("\nWhat sensitive things may be read for, in one's own area\n");
    for &action in Action::ALL.iter().filter(|action| action.is_sensitive()) {
        for role in RoleSet::held() {
            let asks = |purpose: &Purpose| may(access, BEST, (role, action, OWN), Some(*purpose));
            let names: Vec<_> = Purpose::ALL.into_iter().filter(asks).map(Purpose::name).collect();
            if !names.is_empty() {
                let _ = writeln!(
                    text,
                    "{:<16} {:<13} {}",
                    action.name(),
                    role.name(),
                    names.join(", ")
                );
            }
        }
    }
}

/// What a device may do, for its own unit and for another.
fn devices(access: &Access, text: &mut String) {
    text.push_str("\nDevices: for their own unit, for another\n");
    let areas: BTreeMap<AreaId, AreaId> = BTreeMap::new();
    let context = Context { purpose: Some(Purpose::Response), ..Context::plain(&areas) };
    for &action in Action::ALL {
        let asks = |unit| {
            let device = Principal::device(ASKER, unit);
            let mut things = action.about().iter().map(|&about| thing(about, OWN));
            things.any(|thing| access.may(&device, action, &thing, &context))
        };
        let (own, other) = (asks(UNIT), asks(UnitId(8)));
        if own || other {
            let word = |may| if may { "yes" } else { "no" };
            let _ = writeln!(text, "{:<16} {:<4} {}", action.name(), word(own), word(other));
        }
    }
}
