//! What no policy can undo: here everything is permitted, and still it is not.

use std::sync::LazyLock;

use precinct_access::{Access, Action, Context, Mend, Principal, Refused, Resource, Who};
use precinct_base::{AreaId, UnitId};
use precinct_core::{Code, Purpose, Role};

use crate::city::{area, ask, best, incident, person, tree};

/// The most careless policies there can be.
static CARELESS: LazyLock<Access> =
    LazyLock::new(|| Access::read("@id(\"all\") permit (principal, action, resource);").unwrap());

/// Glass gives everything, and administrators are what they must be.
static ALL_BY_GLASS: LazyLock<Access> = LazyLock::new(|| {
    let text = "
        @id(\"glass\") permit (principal, action, resource) when { context.glass };
        @id(\"admin\") permit (principal, action in Action::\"administer\", resource)
            when { principal in Here::\"administrator\" };";
    Access::read(text).unwrap()
});

#[test]
fn nothing_sensitive_is_read_without_a_purpose() {
    let tree = tree();
    let silent = Context { purpose: None, ..best(&tree) };
    let spoken = Context { purpose: Some(Purpose::Drill), ..silent };
    for &action in Action::ALL.iter().filter(|action| action.is_sensitive()) {
        for role in Role::ALL {
            let who = person(&[(role, 0)]);
            let what = match action {
                Action::ReadTrack => Resource::unit(UnitId(1), AreaId(3)),
                _ => incident(3),
            };
            let refused = ask(&CARELESS, &who, action, &what, &silent).into_result().unwrap_err();
            assert_eq!(refused, Refused::NoPurpose { action });
            assert!(refused.to_string().ends_with("say what it is for"), "{refused}");
            assert!(ask(&CARELESS, &who, action, &what, &spoken).is_allowed());
        }
    }
}

#[test]
fn broken_glass_gives_no_rights_keys_or_policies() {
    let tree = tree();
    let broken = Context { glass: true, ..best(&tree) };
    for &action in Action::ALL.iter().filter(|action| action.administers()) {
        for role in Role::ALL.into_iter().filter(|role| *role != Role::Administrator) {
            let who = person(&[(role, 0)]);
            let refused = ask(&ALL_BY_GLASS, &who, action, &area(3), &broken);
            let Err(Refused::NotGranted { mend, .. }) = refused.into_result() else {
                panic!("{role:?} may {action:?} by broken glass")
            };
            assert_ne!(mend, Some(Mend::Glass));
        }
        let administrator = person(&[(Role::Administrator, 2)]);
        let allowed = ask(&ALL_BY_GLASS, &administrator, action, &area(3), &broken);
        assert!(allowed.is_allowed() && !allowed.by_glass());
    }
    let who = person(&[(Role::Crew, 2)]);
    assert!(ask(&ALL_BY_GLASS, &who, Action::Export, &area(4), &broken).by_glass());
}

#[test]
fn machines_break_no_glass() {
    let tree = tree();
    let broken = Context { glass: true, ..best(&tree) };
    let number = Code::literal("key/play");
    let key = Principal::key(number, person(&[(Role::Dispatcher, 0)]).grants);
    assert!(!ask(&ALL_BY_GLASS, &key, Action::ReadBoard, &area(3), &broken).is_allowed());
    let device = Principal::device(number, UnitId(7));
    let unit = Resource::unit(UnitId(7), AreaId(3));
    assert!(!ask(&ALL_BY_GLASS, &device, Action::RaiseSos, &unit, &broken).is_allowed());
}

#[test]
fn nobody_is_the_system() {
    let tree = tree();
    let text = "@id(\"all\") permit (principal, action, resource)
        when { principal in Here::\"administrator\" };";
    let access = Access::read(text).unwrap();
    let who = person(&[(Role::System, 0)]);
    for &action in Action::ALL {
        for what in [area(3), incident(3), Resource::unit(UnitId(7), AreaId(3))] {
            assert!(!ask(&access, &who, action, &what, &best(&tree)).is_allowed());
        }
    }
}

/// Every action is asked about with what it is about; the schema has them all, for each asker it names.
#[test]
fn the_schema_has_every_action() {
    let tree = tree();
    for &action in Action::ALL {
        let mut fits = 0;
        for what in [area(3), incident(3), Resource::unit(UnitId(7), AreaId(3))] {
            for who in [Who::Staff, Who::Key, Who::Device] {
                let principal = Principal { who, ..person(&[(Role::Dispatcher, 1)]) };
                let answer = ask(&CARELESS, &principal, action, &what, &best(&tree));
                let misfit = matches!(answer.clone().into_result(), Err(Refused::Misfit { .. }));
                assert_ne!(misfit, answer.is_allowed(), "{action:?} {what:?} {who:?}");
                assert!(!answer.is_allowed() || action.about().contains(&what.about));
                fits += usize::from(answer.is_allowed());
            }
        }
        assert!(fits >= action.about().len(), "{action:?}");
        assert_eq!(Action::from_name(action.name()), Some(action));
    }
}

type Belongs = fn(Action) -> bool;

/// The groups of the schema are those of the program.
#[test]
fn the_groups_of_the_schema_are_those_of_the_program() {
    let tree = tree();
    let of = |group: &str| {
        let text = format!(
            "@id(\"group\") permit (principal, action in Action::\"{group}\", resource);
             @id(\"admin\") permit (principal is Staff, action in Action::\"administer\", resource)
                 when {{ principal in Here::\"administrator\" }};"
        );
        Access::read(&text).unwrap()
    };
    let groups: [(&str, Belongs); 3] = [
        ("sensitive", Action::is_sensitive),
        ("operational", Action::is_operational),
        ("administer", Action::administers),
    ];
    let who = person(&[(Role::Auditor, 1)]);
    for (group, belongs) in groups {
        let access = of(group);
        for &action in Action::ALL {
            let things = [area(3), incident(3), Resource::unit(UnitId(9), AreaId(3))];
            let may = |what| ask(&access, &who, action, what, &best(&tree)).is_allowed();
            assert_eq!(things.iter().any(may), belongs(action), "{group} {action:?}");
        }
    }
}
