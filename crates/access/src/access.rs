//! A set of policies, and what it answers.

use std::sync::Arc;

use precinct_base::AreaId;
use precinct_core::{Grant, PolicyVersion, Purpose, Role, StaffNo};
use sha2::{Digest, Sha256};

use crate::cache::Cache;
use crate::cedar::{Said, Types};
use crate::context::holds;
use crate::load::{Loaded, load};
use crate::question::{Asking, Question};
use crate::{
    Action, Allowed, Context, Decision, Mend, PolicyFault, PolicyFaults, Principal, Refused,
    Resource, STANDARD, Who, law, says,
};

/// A set of policies that can be asked who may do what.
///
/// ```
/// use std::collections::BTreeMap;
/// use precinct_access::{Access, Action, Context, Principal, Resource};
/// use precinct_base::AreaId;
/// use precinct_core::{Code, Grant, Role};
///
/// // Area 3 lies in area 2.
/// let areas = BTreeMap::from([(AreaId(3), AreaId(2))]);
/// let context = Context::plain(&areas);
/// let grants = vec![Grant { role: Role::Dispatcher, area: AreaId(2) }];
/// let dispatcher = Principal::staff(Code::literal("A100"), grants, None);
/// let access = Access::standard();
/// let may = |area| {
///     let board = Resource::area(AreaId(area));
///     access.allowed(&dispatcher, Action::ReadBoard, &board, &context).is_allowed()
/// };
/// assert!(may(3) && may(2) && !may(4));
/// ```
#[derive(Debug)]
pub struct Access {
    text: String,
    version: PolicyVersion,
    loaded: Loaded,
    types: Types,
    answers: Cache<Answer>,
    said: Cache<Said>,
}

/// An answer without the areas of the asker's roles.
#[derive(Clone, Debug)]
enum Answer {
    Allowed { role: Option<Role>, by_glass: bool, basis: Vec<crate::Basis> },
    Refused(Refused),
}

impl Access {
    /// The policies that Precinct brings.
    ///
    /// # Panics
    /// If they cannot be read; a test reads them.
    pub fn standard() -> Self {
        Self::read(STANDARD).expect("the policies that the program brings can be read")
    }

    /// Reads a set of policies in Cedar's language. It is refused with every fault found, by line, and with what to do; also where no
    /// administrator could replace it again.
    pub fn read(text: &str) -> Result<Self, PolicyFaults> {
        let loaded = load(text)?;
        let version = PolicyVersion(Sha256::digest(text.as_bytes()).into());
        let types = Types::new(&loaded.schema);
        let (answers, said) = (Cache::default(), Cache::default());
        let access = Self { text: text.to_owned(), version, loaded, types, answers, said };
        match access.locked_out() {
            Some(fault) => Err(PolicyFaults(vec![fault])),
            None => Ok(access),
        }
    }

    /// The hash of their text.
    pub const fn version(&self) -> PolicyVersion {
        self.version
    }

    /// Their text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether `principal` may do `action` to `resource` as things are, and why.
    pub fn allowed(
        &self,
        principal: &Principal,
        action: Action,
        resource: &Resource,
        context: &Context<'_>,
    ) -> Decision {
        let question = Question::new(principal, action, resource, context, &self.loaded.named);
        let answer = self.answers.get(question, |question| self.answer(question));
        match &*answer {
            Answer::Refused(refused) => Decision::Refused(refused.clone()),
            Answer::Allowed { role, by_glass, basis } => Decision::Allowed(Allowed {
                acting: role.map(|role| acting(principal, role, resource.area, context)),
                by_glass: *by_glass,
                basis: basis.clone(),
            }),
        }
    }

    /// Whether it may be done, without grounds or advice.
    pub(crate) fn may(
        &self,
        principal: &Principal,
        action: Action,
        resource: &Resource,
        context: &Context<'_>,
    ) -> bool {
        self.says_yes(&Question::new(principal, action, resource, context, &self.loaded.named))
    }

    /// Law first, policies then.
    fn ask(&self, question: &Question) -> Arc<Said> {
        if law::refuses(question).is_some() {
            return Arc::new(Said::No(Vec::new()));
        }
        let put = law::put(question).into_owned();
        self.said.get(put, |question| self.types.ask(&self.loaded, question))
    }

    fn says_yes(&self, question: &Question) -> bool {
        matches!(*self.ask(question), Said::Yes(_))
    }

    fn answer(&self, question: &Question) -> Answer {
        let action = question.action;
        if let Some(refused) = law::refuses(question) {
            return Answer::Refused(refused);
        }
        match Said::clone(&self.ask(question)) {
            Said::Yes(basis) => {
                let whole = question.were(|asking| asking.glass = false);
                let by_glass = question.asking.glass && !self.says_yes(&whole);
                let enough = |role: &Role| self.says_yes(&question.as_only(*role));
                let needed = !self.says_yes(&question.as_only(Role::System));
                let role = question.anywhere.iter().filter(|_| needed).find(enough);
                Answer::Allowed { role, by_glass, basis }
            }
            Said::No(by) if by.is_empty() => {
                Answer::Refused(Refused::NotGranted { action, mend: self.mend(question) })
            }
            Said::No(by) => Answer::Refused(Refused::Forbidden { action, by }),
            Said::Misfit => Answer::Refused(Refused::Misfit { action, about: question.about }),
            Said::Failed(what) => Answer::Refused(Refused::Failed { action, what }),
        }
    }

    /// What would help, the easiest first.
    fn mend(&self, question: &Question) -> Option<Mend> {
        let helps = |change: &dyn Fn(&mut Asking)| self.says_yes(&question.were(change));
        let other = |purpose| helps(&|asking| asking.purpose = Some(purpose));
        if question.action.is_sensitive() && Purpose::ALL.into_iter().any(other) {
            return Some(Mend::OtherPurpose);
        }
        let steps = [Mend::SecondFactor, Mend::Duty, Mend::Glass];
        steps.into_iter().find(|step| {
            helps(&|asking| match step {
                Mend::SecondFactor => asking.second_factor = true,
                Mend::Duty => asking.on_duty = true,
                _ => asking.glass = true,
            })
        })
    }

    /// That somebody could replace these policies again.
    fn locked_out(&self) -> Option<PolicyFault> {
        let grants = vec![Grant { role: Role::Administrator, area: AreaId(0) }];
        let administrator = Principal { who: Who::Staff, staff: NOBODY, grants, unit: None };
        let areas = std::collections::BTreeMap::new();
        let context = Context { second_factor: true, ..Context::plain(&areas) };
        let may =
            |action| self.allowed(&administrator, action, &Resource::CITY, &context).is_allowed();
        let locked = [Action::ManagePolicies, Action::ManageAccounts, Action::ManageRoles]
            .into_iter()
            .find(|action| !may(*action))?;
        Some(PolicyFault::whole(says::locked_out(locked.name()), says::keep_one()))
    }
}

/// A number that nobody has: what policies say of people by number does not touch it.
const NOBODY: StaffNo = StaffNo::literal("nobody");

/// The grant somebody acts by: one that holds there, or else, where broken glass or a role held elsewhere is enough, one for there.
fn acting(principal: &Principal, role: Role, area: AreaId, context: &Context<'_>) -> Grant {
    let of_role = principal.grants.iter().filter(|grant| grant.role == role);
    let here = of_role.into_iter().find(|grant| holds(**grant, context.areas, area));
    here.copied().unwrap_or(Grant { role, area })
}

/// Policies are shared by all who ask.
const _: fn() = || {
    fn shared<T: Send + Sync>() {}
    shared::<Arc<Access>>();
};
