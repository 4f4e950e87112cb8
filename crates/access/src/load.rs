//! Reading a set of policies: parsed, held strictly against the schema, and looked over for what the program needs of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use cedar_policy::{EntityUid, Policy, PolicyId, PolicySet, Schema, ValidationMode, Validator};
use miette::Diagnostic;
use precinct_base::{AreaId, Said, caps};

use crate::question::Named;
use crate::{Action, Basis, PolicyFault, PolicyFaults, SCHEMA, bounds, says};

/// A set of policies that can be asked.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) schema: Schema,
    pub(crate) policies: PolicySet,
    pub(crate) basis: BTreeMap<PolicyId, Basis>,
    pub(crate) named: Named,
}

/// Reads a set of policies; all faults of the first kind that has any.
pub(crate) fn load(text: &str) -> Result<Loaded, PolicyFaults> {
    size(text).and_then(|()| bounds::check(text)).map_err(|fault| PolicyFaults(vec![fault]))?;
    let policies: PolicySet = text.parse().map_err(|errors: cedar_policy::ParseErrors| {
        PolicyFaults(errors.iter().map(|error| told(text, error, says::text)).collect())
    })?;
    let mut faults = Vec::new();
    let basis = ids(text, &policies, &mut faults);
    let named = names(text, &policies, &mut faults);
    let schema = schema();
    faults.extend(strictly(text, &policies, schema.clone(), &basis));
    if faults.is_empty() {
        Ok(Loaded { schema, policies, basis, named })
    } else {
        Err(PolicyFaults(faults))
    }
}

fn size(text: &str) -> Result<(), PolicyFault> {
    if text.len() <= caps::POLICY_BYTES {
        return Ok(());
    }
    let (bytes, most) = (text.len(), caps::POLICY_BYTES);
    Err(PolicyFault::whole(says::policies_bytes(bytes, most), says::leave_some_out()))
}

/// The schema. It is part of the program, and a test reads it.
///
/// # Panics
/// If the program's own schema is none.
pub(crate) fn schema() -> Schema {
    SCHEMA.parse().expect("the program's own schema can be read")
}

/// What Cedar says of a fault, with its place.
fn told(text: &str, fault: &dyn Diagnostic, kind: impl Fn(&str) -> Said) -> PolicyFault {
    let offset = fault.labels().and_then(|mut labels| labels.next()).map(|label| label.offset());
    let help = fault.help().map(|help| says::help(&help.to_string()));
    let mend = help.unwrap_or_else(says::mend_it);
    let what = fault.to_string();
    // It counts policies from 0; ours have names.
    let unnamed = what.strip_prefix("for policy `").and_then(|rest| rest.split_once('`'));
    let what = unnamed.map_or(what.as_str(), |(_, rest)| rest.trim_start_matches([':', ',', ' ']));
    PolicyFault::whole(kind(what), mend).at(text, offset)
}

/// Every policy by its `@id`, which it must have so that an answer can name it.
fn ids(
    text: &str,
    policies: &PolicySet,
    faults: &mut Vec<PolicyFault>,
) -> BTreeMap<PolicyId, Basis> {
    let mut basis = BTreeMap::new();
    let mut seen = BTreeSet::new();
    if policies.templates().next().is_some() {
        faults.push(PolicyFault::whole(says::template(), says::name_roles()));
    }
    if policies.policies().count() > caps::POLICIES {
        faults.push(PolicyFault::whole(says::too_many(caps::POLICIES), says::leave_some_out()));
    }
    for policy in policies.policies() {
        let id = policy.annotation("id").unwrap_or_default();
        if id.is_empty() {
            let fault = PolicyFault::whole(says::no_id(), says::write_id());
            faults.push(fault.at(text, place(text, policy)));
        } else if !seen.insert(id) {
            let fault = PolicyFault::whole(says::same_id(), says::own_id());
            faults.push(fault.at(text, place(text, policy)).of(Some(id)));
        }
        let why = policy.annotation("why").unwrap_or_default();
        basis.insert(policy.id().clone(), Basis { policy: Arc::from(id), why: Arc::from(why) });
    }
    basis
}

/// Where a policy stands, as far as its own text can be found.
fn place(text: &str, policy: &Policy) -> Option<usize> {
    text.find(policy.to_string().trim())
}

/// The areas and people that policies name. Single incidents and units are not for policies.
fn names(text: &str, policies: &PolicySet, faults: &mut Vec<PolicyFault>) -> Named {
    let mut named = Named::default();
    for policy in policies.policies() {
        for literal in policy.entity_literals() {
            if let Err((what, mend)) = name(&literal, &mut named) {
                let fault = PolicyFault::whole(what, mend).at(text, place(text, policy));
                faults.push(fault.of(policy.annotation("id")));
            }
        }
    }
    named
}

/// Groups of actions in the schema.
const GROUPS: [&str; 3] = ["operational", "sensitive", "administer"];

fn name(literal: &EntityUid, named: &mut Named) -> Result<(), (Said, Said)> {
    let id = literal.id();
    let id: &str = id.unescaped();
    match literal.type_name().basename() {
        "Area" => {
            let area: u32 =
                id.parse().map_err(|_| (says::no_area(literal), says::area_by_number()))?;
            named.areas.insert(AreaId(area));
        }
        "Staff" | "Key" | "Device" => {
            let staff =
                id.parse().map_err(|_| (says::no_staff(literal), says::staff_by_number()))?;
            named.staff.insert(staff);
        }
        "Action" if !GROUPS.contains(&id) && Action::from_name(id).is_none() => {
            return Err((says::no_action(literal), says::use_schema()));
        }
        "Incident" | "Unit" => {
            return Err((says::single_thing(literal), says::not_for_policies()));
        }
        _ => {}
    }
    Ok(())
}

/// What does not fit the schema, and what can never apply.
fn strictly(
    text: &str,
    policies: &PolicySet,
    schema: Schema,
    basis: &BTreeMap<PolicyId, Basis>,
) -> Vec<PolicyFault> {
    let found = Validator::new(schema).validate(policies, ValidationMode::Strict);
    let of = |id: &PolicyId| basis.get(id).map(|basis| &*basis.policy);
    let errors = found
        .validation_errors()
        .map(|error| told(text, error, |said| says::error(error, said)).of(of(error.policy_id())));
    let warnings = found.validation_warnings().map(|warning| {
        told(text, warning, |said| says::warning(warning, said)).of(of(warning.policy_id()))
    });
    let mut faults: Vec<_> = errors.chain(warnings).collect();
    faults.sort_by_key(|fault| (fault.line, fault.column));
    faults
}
