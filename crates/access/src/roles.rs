//! A set of roles, as bits.

use precinct_core::Role;

/// A set of roles. [`Role::System`] is never in it: nobody holds that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RoleSet(u16);

impl RoleSet {
    /// Every role that somebody can hold.
    pub(crate) fn held() -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(|role| *role != Role::System)
    }

    const fn bit(role: Role) -> u16 {
        1 << role as u16
    }

    pub(crate) fn insert(&mut self, role: Role) {
        if role != Role::System {
            self.0 |= Self::bit(role);
        }
    }

    pub(crate) const fn contains(self, role: Role) -> bool {
        self.0 & Self::bit(role) != 0
    }

    /// Its roles, in order.
    pub(crate) fn iter(self) -> impl Iterator<Item = Role> {
        Self::held().filter(move |role| self.contains(*role))
    }

    /// That role, if it is in the set.
    pub(crate) const fn only(self, role: Role) -> Self {
        Self(self.0 & Self::bit(role))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_was_put_in_and_never_the_system() {
        let mut set = RoleSet::default();
        for role in [Role::Crew, Role::System, Role::CallTaker, Role::Crew] {
            set.insert(role);
        }
        assert_eq!(set.iter().collect::<Vec<_>>(), [Role::CallTaker, Role::Crew]);
        assert_eq!(set.only(Role::Crew).iter().collect::<Vec<_>>(), [Role::Crew]);
        assert_eq!(set.only(Role::Planner), RoleSet::default());
        assert_eq!(RoleSet::held().count(), Role::ALL.len() - 1);
    }
}
