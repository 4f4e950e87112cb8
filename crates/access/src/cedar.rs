//! Putting a question to Cedar. Nothing goes in but the question.

use std::collections::BTreeMap;

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, Request,
    Response, RestrictedExpression, Schema,
};

use crate::load::Loaded;
use crate::question::{Asking, Question};
use crate::{About, Action, Basis, Who};

/// What the policies say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// These allow it.
    Yes(Vec<Basis>),
    /// These forbid it, or, if there are none, none allows it.
    No(Vec<Basis>),
    /// The schema has no such question.
    Misfit,
    /// Some could not be evaluated.
    Failed(String),
}

/// Names of types, found once.
#[derive(Debug)]
pub(crate) struct Types {
    here: EntityTypeName,
    anywhere: EntityTypeName,
    area: EntityTypeName,
    incident: EntityTypeName,
    unit: EntityTypeName,
    staff: EntityTypeName,
    key: EntityTypeName,
    device: EntityTypeName,
    /// Actions with the groups they are in.
    actions: BTreeMap<Action, Entity>,
}

impl Types {
    /// The names of the schema.
    pub(crate) fn new(schema: &Schema) -> Self {
        let name = |name: &str| name.parse().expect("a name of the program's own schema");
        Self {
            here: name("Here"),
            anywhere: name("Anywhere"),
            area: name("Area"),
            incident: name("Incident"),
            unit: name("Unit"),
            staff: name("Staff"),
            key: name("Key"),
            device: name("Device"),
            actions: actions(schema, &name("Action")),
        }
    }
}

/// Every action of the program as the schema has it. One that the schema does not have can never be allowed; a test sees to it.
fn actions(schema: &Schema, name: &EntityTypeName) -> BTreeMap<Action, Entity> {
    let known = schema.action_entities().unwrap_or_else(|_| Entities::empty());
    let of = |&action: &Action| Some((action, known.get(&uid(name, action.name()))?.clone()));
    Action::ALL.iter().filter_map(of).collect()
}

fn uid(name: &EntityTypeName, id: impl AsRef<str>) -> EntityUid {
    EntityUid::from_type_name_and_id(name.clone(), EntityId::new(id))
}

impl Types {
    fn principal(&self, question: &Question) -> Entity {
        let name = match question.who {
            Who::Staff => &self.staff,
            Who::Key => &self.key,
            Who::Device => &self.device,
        };
        let roles = |name, roles: crate::roles::RoleSet| {
            roles.iter().map(move |role| uid(name, role.name()))
        };
        let held = roles(&self.here, question.here).chain(roles(&self.anywhere, question.anywhere));
        // Devices have no roles.
        let parents = held.filter(|_| question.who != Who::Device).collect();
        let id = question.staff.map_or_else(String::new, |staff| staff.to_string());
        Entity::new_no_attrs(uid(name, id), parents)
    }

    fn resource(&self, question: &Question) -> Entity {
        let (name, area) = match question.about {
            About::Area => (&self.area, question.area),
            About::Incident => (&self.incident, None),
            About::Unit => (&self.unit, None),
        };
        let id = area.map_or_else(String::new, |area| area.0.to_string());
        let within = question.within.iter().filter(|&&within| Some(within) != area);
        let parents = within.map(|area| uid(&self.area, area.0.to_string())).collect();
        Entity::new_no_attrs(uid(name, id), parents)
    }

    fn request(&self, loaded: &Loaded, question: &Question) -> Result<(Request, Entities), String> {
        let (principal, resource) = (self.principal(question), self.resource(question));
        let action = self.actions.get(&question.action).ok_or("no such action")?;
        let request = Request::new(
            principal.uid(),
            action.uid(),
            resource.uid(),
            context(question.asking)?,
            Some(&loaded.schema),
        );
        let request = request.map_err(|error| error.to_string())?;
        // They are made here after the schema, so holding them against it again would only cost time.
        let entities = Entities::from_entities([principal, action.clone(), resource], None);
        Ok((request, entities.map_err(|error| error.to_string())?))
    }

    /// What the policies say to a question.
    pub(crate) fn ask(&self, loaded: &Loaded, question: &Question) -> Said {
        if !question.action.about().contains(&question.about) {
            return Said::Misfit;
        }
        let Ok((request, entities)) = self.request(loaded, question) else { return Said::Misfit };
        said(loaded, &Authorizer::new().is_authorized(&request, &loaded.policies, &entities))
    }
}

fn context(asking: Asking) -> Result<Context, String> {
    let Asking { purpose, glass, second_factor, on_duty, own_unit } = asking;
    let flags = [
        ("glass", glass),
        ("second_factor", second_factor),
        ("on_duty", on_duty),
        ("own_unit", own_unit),
    ];
    let purpose = purpose.map(|purpose| {
        let name = RestrictedExpression::new_string(purpose.name().to_owned());
        ("purpose".to_owned(), name)
    });
    let flags = flags.map(|(name, flag)| (name.to_owned(), RestrictedExpression::new_bool(flag)));
    Context::from_pairs(flags.into_iter().chain(purpose)).map_err(|error| error.to_string())
}

/// A policy that fails is one that might have forbidden it, so nothing is allowed then.
fn said(loaded: &Loaded, response: &Response) -> Said {
    let failed: Vec<String> = response.diagnostics().errors().map(ToString::to_string).collect();
    if !failed.is_empty() {
        return Said::Failed(failed.join("; "));
    }
    let reasons = response.diagnostics().reason();
    let mut basis: Vec<Basis> = reasons.filter_map(|id| loaded.basis.get(id)).cloned().collect();
    basis.sort();
    match response.decision() {
        Decision::Allow => Said::Yes(basis),
        Decision::Deny => Said::No(basis),
    }
}
