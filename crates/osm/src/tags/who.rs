//! A set of profiles.

use precinct_roads::Profile;

/// Some of the profiles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Who(u8);

impl Who {
    pub(crate) const NOBODY: Self = Self(0);
    pub(crate) const CAR: Self = Self::only(Profile::PoliceCar);
    pub(crate) const MOTORCYCLE: Self = Self::only(Profile::Motorcycle);
    pub(crate) const BICYCLE: Self = Self::only(Profile::Bicycle);
    pub(crate) const FOOT: Self = Self::only(Profile::Foot);
    pub(crate) const MOTOR: Self = Self::CAR.or(Self::MOTORCYCLE);
    pub(crate) const WHEELS: Self = Self::MOTOR.or(Self::BICYCLE);
    pub(crate) const ALL: Self = Self::WHEELS.or(Self::FOOT);

    pub(crate) const fn only(profile: Profile) -> Self {
        Self(1 << profile.index())
    }

    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn both(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(crate) const fn has(self, profile: Profile) -> bool {
        self.0 & Self::only(profile).0 != 0
    }

    pub(crate) const fn is_nobody(self) -> bool {
        self.0 == 0
    }

    /// Those of all profiles for which `holds` holds.
    pub(crate) fn where_(holds: impl Fn(Profile) -> bool) -> Self {
        Profile::ALL
            .into_iter()
            .filter(|profile| holds(*profile))
            .fold(Self::NOBODY, |who, profile| who.or(Self::only(profile)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_join_meet_and_part() {
        assert_eq!(Who::where_(|profile| profile != Profile::Foot), Who::WHEELS);
        assert_eq!(Who::ALL.without(Who::FOOT).both(Who::BICYCLE.or(Who::FOOT)), Who::BICYCLE);
        assert!(Who::MOTOR.has(Profile::Motorcycle) && !Who::MOTOR.has(Profile::Bicycle));
        assert!(Who::NOBODY.is_nobody() && !Who::CAR.is_nobody());
    }
}
