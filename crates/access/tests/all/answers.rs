//! Answers: where roles hold, in which role somebody acts, what would help, and that none is out of date.

use std::sync::LazyLock;

use precinct_access::{
    Access, Action, Allowed, Context, Mend, Principal, Refused, Resource, STANDARD, Who,
};
use precinct_base::{AreaId, UnitId};
use precinct_core::event::AreaSet;
use precinct_core::{Code, Grant, IncidentId, Purpose, Role};
use proptest::prelude::*;

use crate::city::{Tree, area, ask, best, grant, incident, person, tree};

static STANDARD_ACCESS: LazyLock<Access> = LazyLock::new(Access::standard);

fn allowed(who: &Principal, action: Action, what: &Resource, context: &Context<'_>) -> Allowed {
    ask(&STANDARD_ACCESS, who, action, what, context).into_result().unwrap()
}

fn refused(who: &Principal, action: Action, what: &Resource, context: &Context<'_>) -> Refused {
    ask(&STANDARD_ACCESS, who, action, what, context).into_result().unwrap_err()
}

#[test]
fn somebody_acts_in_the_first_role_that_is_enough() {
    let tree = tree();
    let who = person(&[(Role::Commander, 0), (Role::Dispatcher, 4), (Role::Dispatcher, 2)]);
    let acts = |action, what| allowed(&who, action, &what, &best(&tree)).acting.unwrap();
    assert_eq!(acts(Action::Dispatch, incident(3)), grant(Role::Dispatcher, 2));
    assert_eq!(acts(Action::Dispatch, incident(4)), grant(Role::Dispatcher, 4));
    assert_eq!(acts(Action::Dispatch, incident(1)), grant(Role::Commander, 0));
    assert_eq!(acts(Action::Approve, area(3)), grant(Role::Commander, 0));
    // A call from an area the role is not held for is taken in for that area.
    let dispatcher = person(&[(Role::Dispatcher, 2)]);
    let taken = allowed(&dispatcher, Action::TakeIn, &area(4), &best(&tree));
    assert_eq!(taken.acting, Some(grant(Role::Dispatcher, 4)));
    assert_eq!(taken.basis[0].policy.as_ref(), "control-room-takes-in");
    assert!(taken.basis[0].why.starts_with("a call is taken in"));
    // A map needs no role.
    assert_eq!(allowed(&who, Action::ReadTiles, &area(0), &best(&tree)).acting, None);
}

#[test]
fn broken_glass_is_told_only_where_it_was_needed() {
    let tree = tree();
    let broken = Context { glass: true, purpose: None, second_factor: false, ..best(&tree) };
    let who = person(&[(Role::Dispatcher, 2)]);
    assert!(!allowed(&who, Action::Dispatch, &incident(3), &broken).by_glass);
    let elsewhere = allowed(&who, Action::Dispatch, &incident(4), &broken);
    assert!(elsewhere.by_glass);
    assert_eq!(elsewhere.acting, Some(grant(Role::Dispatcher, 4)));
    assert_eq!(elsewhere.basis[0].policy.as_ref(), "glass-is-broken");
}

#[test]
fn a_refusal_says_what_would_help() {
    let tree = tree();
    let plain = Context::plain(&tree);
    let told = |role, action, what: Resource, context: &Context<'_>| match refused(
        &person(&[(role, 2)]),
        action,
        &what,
        context,
    ) {
        Refused::NotGranted { mend, .. } => mend,
        other => panic!("{other}"),
    };
    let drill = Context { purpose: Some(Purpose::Drill), ..plain };
    assert_eq!(
        told(Role::Dispatcher, Action::ReadText, incident(3), &drill),
        Some(Mend::OtherPurpose)
    );
    assert_eq!(
        told(Role::Administrator, Action::ManageKeys, area(3), &plain),
        Some(Mend::SecondFactor)
    );
    assert_eq!(told(Role::Crew, Action::ReadBoard, area(3), &plain), Some(Mend::Duty));
    assert_eq!(told(Role::Dispatcher, Action::ReadBoard, area(4), &plain), Some(Mend::Glass));
    assert_eq!(told(Role::SiteKeeper, Action::Dispatch, incident(3), &plain), None);
    let words =
        refused(&person(&[(Role::Crew, 2)]), Action::ReadBoard, &area(3), &plain).to_string();
    assert_eq!(words, "you may not read_board here: go on duty first");
}

#[test]
fn a_call_for_help_of_ones_own_unit_goes_through_off_duty_and_anywhere() {
    let tree = tree();
    let plain = Context::plain(&tree);
    let unit = |n| Resource::unit(UnitId(n), AreaId(4));
    let crew = person(&[(Role::Crew, 2)]);
    assert!(ask(&STANDARD_ACCESS, &crew, Action::RaiseSos, &unit(7), &plain).is_allowed());
    assert!(!ask(&STANDARD_ACCESS, &crew, Action::RaiseSos, &unit(8), &plain).is_allowed());
    let device = Principal::device(Code::literal("dev/1"), UnitId(7));
    assert!(ask(&STANDARD_ACCESS, &device, Action::RaiseSos, &unit(7), &plain).is_allowed());
}

#[test]
fn a_city_forbids_more_for_an_area_or_a_person() {
    let text = format!(
        "{STANDARD}
        @id(\"embassies\") @why(\"the liaison office reads these\")
        forbid (principal, action in Action::\"sensitive\", resource in Area::\"3\");
        @id(\"north\") forbid (principal, action == Action::\"read_board\", resource == Area::\"2\");
        @id(\"a7\") forbid (principal == Staff::\"A7\", action, resource);"
    );
    let access = Access::read(&text).unwrap();
    let tree = tree();
    let who = person(&[(Role::Dispatcher, 1)]);
    let may = |who: &Principal, action, what| ask(&access, who, action, &what, &best(&tree));
    let refused = may(&who, Action::ReadText, incident(3)).into_result().unwrap_err();
    assert_eq!(
        refused.to_string(),
        "read_text is forbidden by policy embassies (the liaison office reads these)"
    );
    assert!(may(&who, Action::ReadText, incident(2)).is_allowed());
    assert!(!may(&who, Action::ReadBoard, area(2)).is_allowed());
    assert!(may(&who, Action::ReadBoard, area(3)).is_allowed());
    let a7 = Principal { staff: Code::literal("A7"), ..who.clone() };
    assert!(!may(&a7, Action::ReadBoard, area(1)).is_allowed());
    // An area put into the named one is under the same policy from then on.
    let mut moved = tree.clone();
    moved.insert(AreaId(4), AreaId(3));
    let text = |tree: &Tree| ask(&access, &who, Action::ReadText, &incident(4), &best(tree));
    assert!(text(&tree).is_allowed() && !text(&moved).is_allowed() && text(&tree).is_allowed());
}

#[test]
fn policies_are_known_by_the_hash_of_their_text() {
    let other = format!("{STANDARD} ");
    let (one, two) = (Access::standard(), Access::read(&other).unwrap());
    assert_eq!(one.version(), Access::read(STANDARD).unwrap().version());
    assert_ne!(one.version(), two.version());
    assert_eq!((one.text(), two.text()), (STANDARD, &*other));
}

#[test]
fn a_state_of_the_core_says_which_area_lies_in_which() {
    use precinct_base::{AreaLevel, Instant, Timestamp};
    use precinct_core::{By, Command, CommandId, Moment, Order, State, Title, apply, decide};
    let mut state = State::default();
    let set = |state: &mut State, area: u32, parent: Option<u32>| {
        let title = Title { en: "area".to_owned(), zh: String::new() };
        let (parent, level) = (parent.map(AreaId), AreaLevel::District);
        let order = Order::SetArea(AreaSet {
            area: AreaId(area),
            parent,
            level,
            grade: None,
            reach: None,
            title,
        });
        let at = Moment { tick: Instant(1), wall: Timestamp(1) };
        let command = Command { id: CommandId([0; 16]), by: By::SYSTEM, at, order };
        decide(state, &command).unwrap().iter().for_each(|event| apply(state, event));
    };
    set(&mut state, 1, None);
    set(&mut state, 2, Some(1));
    set(&mut state, 3, None);
    let who = person(&[(Role::Dispatcher, 1)]);
    let sees = |state: &State, n| {
        let context = Context::plain(state);
        ask(&STANDARD_ACCESS, &who, Action::ReadBoard, &area(n), &context).is_allowed()
    };
    assert!(sees(&state, 2) && !sees(&state, 3));
    set(&mut state, 3, Some(2));
    assert!(sees(&state, 3), "the tree changed and so did the answer");
}

/// Whether a role that was granted holds in an area, the slow and plain way.
fn holds(tree: &Tree, grant: Grant, mut area: AreaId) -> bool {
    loop {
        if grant.area == AreaId(0) || grant.area == area {
            return true;
        }
        match tree.get(&area) {
            Some(&up) => area = up,
            None => return false,
        }
    }
}

/// What the standard policies say of a dispatcher's own work and a few others, written anew.
fn expected(
    tree: &Tree,
    who: &Principal,
    action: Action,
    at: AreaId,
    context: &Context<'_>,
) -> bool {
    let here = |roles: &[Role]| {
        who.grants.iter().any(|grant| roles.contains(&grant.role) && holds(tree, *grant, at))
    };
    let anywhere = |roles: &[Role]| who.grants.iter().any(|grant| roles.contains(&grant.role));
    let force = [
        Role::CallTaker,
        Role::Dispatcher,
        Role::DutyOfficer,
        Role::Commander,
        Role::Planner,
        Role::Crew,
        Role::Operator,
        Role::Administrator,
    ];
    let control = [Role::Dispatcher, Role::DutyOfficer, Role::Commander];
    let glass = context.glass && who.who == Who::Staff && anywhere(&force);
    let staff = who.who == Who::Staff;
    match action {
        Action::Dispatch | Action::Close => here(&control) || glass,
        Action::Approve => here(&control[1..]),
        Action::Note => {
            let task = staff && anywhere(&[Role::Crew]) && context.on_duty && who.unit.is_some();
            here(&control) || here(&[Role::CallTaker]) || task || glass
        }
        Action::ReadText => {
            let Some(purpose) = context.purpose else { return false };
            let answers = matches!(purpose, Purpose::Intake | Purpose::Response | Purpose::Safety);
            let reviews = matches!(purpose, Purpose::Review | Purpose::Safety);
            let task = matches!(purpose, Purpose::Response | Purpose::Safety)
                && anywhere(&[Role::Crew])
                && context.on_duty
                && who.unit.is_some();
            let own = (here(&control) || here(&[Role::CallTaker])) && answers
                || here(&control[1..]) && reviews
                || here(&[Role::Auditor]) && purpose == Purpose::Review;
            glass || staff && (own || task)
        }
        Action::ManageKeys => staff && here(&[Role::Administrator]) && context.second_factor,
        _ => unreachable!("not asked"),
    }
}

fn anything() -> impl Strategy<Value = (Vec<(usize, u32)>, u32, u8, usize)> {
    (
        prop::collection::vec((0..Role::ALL.len() - 1, 0u32..7), 0..4),
        0u32..9,
        any::<u8>(),
        0..10usize,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    /// Trees of areas change between questions, and the same policies are asked all along.
    #[test]
    fn answers_are_those_of_the_rules_written_anew(
        parents in prop::collection::vec(0u32..6, 6),
        (grants, at, flags, purpose) in anything(),
    ) {
        // Each area lies in one of a smaller number, or in none.
        let tree: Tree = (1u32..=6)
            .zip(parents)
            .filter(|(area, up)| up < area && *up > 0)
            .map(|(area, up)| (AreaId(area), AreaId(up)))
            .collect();
        let bit = |n: u8| flags >> n & 1 == 1;
        let context = Context {
            areas: &tree,
            purpose: Purpose::ALL.get(purpose).copied(),
            glass: bit(0),
            second_factor: bit(1),
            on_duty: bit(2),
        };
        let grants = grants.iter().map(|&(role, area)| grant(Role::ALL[role], area)).collect();
        let who = if bit(3) { Who::Staff } else { Who::Key };
        let unit = bit(4).then_some(UnitId(7));
        let who = Principal { who, staff: Code::literal("A1"), grants, unit };
        let incident = Resource::incident(IncidentId(1), AreaId(at), Some(UnitId(7)));
        for (action, what) in [
            (Action::Dispatch, incident),
            (Action::Close, incident),
            (Action::Note, incident),
            (Action::ReadText, incident),
            (Action::Approve, Resource::area(AreaId(at))),
            (Action::ManageKeys, Resource::area(AreaId(at))),
        ] {
            let answer = ask(&STANDARD_ACCESS, &who, action, &what, &context);
            let expected = expected(&tree, &who, action, AreaId(at), &context);
            prop_assert_eq!(answer.is_allowed(), expected, "{:?} {:?}", action, answer);
            if let Ok(Allowed { acting: Some(acting), by_glass, .. }) = answer.into_result() {
                prop_assert!(who.grants.iter().any(|grant| grant.role == acting.role));
                prop_assert!(!by_glass || context.glass);
            }
        }
    }
}
