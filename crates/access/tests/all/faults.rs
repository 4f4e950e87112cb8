//! Policies that are not taken, with the place and the mend.

use precinct_access::{Access, PolicyFault, STANDARD};
use precinct_base::caps;
use proptest::prelude::*;

fn faults(text: &str) -> Vec<PolicyFault> {
    Access::read(text).unwrap_err().0
}

/// Keeps administrators, so that nothing else is wrong.
const ADMIN: &str =
    "@id(\"admin\") permit (principal is Staff, action in Action::\"administer\", resource)
when { principal in Here::\"administrator\" };\n";

/// That the first fault is where `at` stands, and says `told`.
#[track_caller]
fn one(more: &str, at: Option<&str>, told: &str) {
    let text = format!("{ADMIN}{more}");
    let found = faults(&text);
    let fault = &found[0];
    let expected = at.map(|at| {
        let before = &text[..ADMIN.len() + more.rfind(at).unwrap()];
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        (before.lines().count().max(before.matches('\n').count() + 1), column)
    });
    assert_eq!(fault.line.zip(fault.column), expected, "{found:#?}");
    assert!(fault.to_string().contains(told), "{fault} does not say {told:?}");
    assert!(!fault.mend.en().is_empty() && !fault.mend.zh().is_empty());
}

#[test]
fn what_cannot_be_read_is_told_by_its_place() {
    let comma = "\n@id(\"x\") permit (principal, action resource);";
    one(comma, Some("resource"), "unexpected token");
    one("permit", Some(""), "unexpected end");
    one("允许 (principal)", Some("允许"), "");
}

#[test]
fn what_does_not_fit_the_schema_is_told_by_its_place() {
    let policy =
        |what: &str| format!("@id(\"x\")\npermit (principal, action, resource) when {{ {what} }};");
    one(
        &policy("principal in Here::\"dispacher\""),
        Some("Here"),
        "\"call_taker\", \"dispatcher\"",
    );
    one(&policy("context.onduty"), Some("context"), "onduty");
    one(&policy("context.purpose == \"review\""), Some("context"), "purpose");
    one(&policy("resource.name == \"x\""), Some("resource."), "name");
    one(&policy("1 + true == 2"), Some("true"), "Long");
    let fly = "@id(\"x\") permit (principal, action == Action::\"fly\", resource);";
    one(fly, Some("@id"), "fly");
    // What can never apply is a mistake too.
    let never = "@id(\"x\") permit (principal is Device, action == Action::\"backup\", resource);";
    one(never, Some("@id"), "");
}

#[test]
fn every_policy_has_an_id_of_its_own() {
    one("permit (principal, action == Action::\"backup\", resource);", Some("permit"), "@id");
    let twice = "@id(\"admin\") permit (principal, action == Action::\"backup\", resource);";
    one(twice, Some("@id"), "two policies have this id");
    one(
        "@id(\"\") permit (principal, action == Action::\"backup\", resource);",
        Some("@id"),
        "no id",
    );
}

#[test]
fn policies_name_areas_and_people_and_no_single_thing() {
    let policy = |what: &str| {
        format!("@id(\"x\") permit (principal, action == Action::\"close\", resource == {what});")
    };
    one(&policy("Incident::\"7\""), Some("@id"), "single thing");
    let area = "@id(\"x\") permit (principal, action == Action::\"read_board\", resource in Area::\"north\");";
    one(area, Some("@id"), "by its number");
    let staff = "@id(\"x\") permit (principal == Staff::\"Li Lei\", action == Action::\"backup\", resource);";
    one(staff, Some("@id"), "staff number");
    one("@id(\"x\") permit (principal == ?principal, action, resource);", None, "template");
}

#[test]
fn policies_that_nobody_could_replace_are_not_taken() {
    let forbids = format!(
        "{STANDARD}\n@id(\"no\") forbid (principal, action == Action::\"manage_roles\", resource);"
    );
    for (text, told) in [("", "manage_policies"), (&*forbids, "manage_roles")] {
        let found = faults(text);
        assert_eq!(found.len(), 1);
        assert!(found[0].to_string().contains(told), "{}", found[0]);
    }
}

#[test]
fn sets_have_an_end() {
    let long = format!("{ADMIN}//{}", " ".repeat(caps::POLICY_BYTES));
    assert!(faults(&long)[0].to_string().contains("may have 262144"));
    let told = Access::read("permit").unwrap_err().to_string();
    assert!(
        told.starts_with("the policies are not taken, those before go on holding\n  line 1"),
        "{told}"
    );
}

/// Whatever is put in one another, the parser does not run out of stack; on a thread as small as those of servers.
#[test]
fn nothing_is_too_deep_for_the_stack() {
    let fill = |start: &str, part: &str, end: &str| {
        let parts = (caps::ONE_POLICY_BYTES - 80 - start.len() - end.len()) / part.len();
        let condition = format!("{start}{}{end}", part.repeat(parts));
        format!("{ADMIN}@id(\"x\") permit (principal, action, resource) when {{ {condition} }};")
    };
    for (start, part, end) in [
        ("true", "&&true", ""),
        ("true", "||true", ""),
        ("1", "+1", "==1"),
        ("1", "*1", "==1"),
        ("1", "-1", "==1"),
        ("context", ".a", ""),
        ("context", ".glass", ""),
        ("context", "[\"a\"]", ""),
        ("", "if true then true else ", "true"),
        ("", "if ", "true"),
        ("", "!", "true"),
        ("", "-", "1==1"),
        ("", "(", "true"),
        ("", "[", "]"),
        ("", "{a:", "1"),
        ("context", " has a&&context", ""),
        ("context.glass", "==true", ""),
        ("1", "<1", ""),
        ("principal", " in resource", ""),
    ] {
        // Taken or not: it comes back.
        let _ = Access::read(&fill(start, part, end));
    }
    let deep = format!(
        "{ADMIN}@id(\"x\") permit (principal, action, resource) when {{ {} }};",
        "(".repeat(60_000)
    );
    assert!(
        faults(&deep)[0].to_string().contains("line 3, column 69: brackets lie more than 16 deep"),
        "{}",
        faults(&deep)[0]
    );
    let long = format!(
        "{ADMIN}@id(\"x\") permit (principal, action, resource) when {{ true{} }};",
        "&&true".repeat(6_000)
    );
    assert!(faults(&long)[0].to_string().contains("one policy has more than 2048 bytes"));
    // What stands in quotes and comments is not counted.
    let quoted = format!(
        "{ADMIN}// (((((((((((((((((((((((((((\n@id(\"x\") @why(\"{}\\\"((((((((((((((((((\") permit (principal, action == Action::\"backup\", resource); // \"",
        "(".repeat(3_000)
    );
    Access::read(&quoted).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Policies with anything put in their midst or taken out are taken or refused, and the program goes on.
    #[test]
    fn policies_that_were_damaged_are_taken_or_refused(
        at in 0..STANDARD.len(),
        gone in 0usize..40,
        put in "[\\PC\n\"(){};@]{0,12}",
    ) {
        let whole = |at: usize| (0..=at.min(STANDARD.len())).rev().find(|&at| STANDARD.is_char_boundary(at)).unwrap();
        let (start, end) = (whole(at), whole(at + gone));
        let text = format!("{}{put}{}", &STANDARD[..start], &STANDARD[end..]);
        match Access::read(&text) {
            Ok(access) => prop_assert_eq!(access.text(), &text),
            Err(refused) => {
                prop_assert!(!refused.0.is_empty());
                let lines = text.lines().count() + 1;
                prop_assert!(refused.0.iter().all(|fault| fault.line.is_none_or(|line| line <= lines)));
            }
        }
    }
}
