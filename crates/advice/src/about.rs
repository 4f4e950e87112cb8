//! Who is about on each network of a field that follows: who stands, kept from one question to the next, and who passes.

use precinct_roads::{Network, Profile, Snap, Stands};

use crate::Networks;
use crate::field::Slot;

/// Those on one network, by the numbers of units.
#[derive(Clone, Debug)]
pub(crate) struct Crowd {
    pub(crate) stands: Stands,
    /// Rising by number.
    pub(crate) passing: Vec<(u32, Snap)>,
    standing: usize,
}

impl Crowd {
    const fn is_empty(&self) -> bool {
        self.standing == 0 && self.passing.is_empty()
    }
}

/// Those on each network.
#[derive(Clone, Debug)]
pub(crate) struct About([Option<Crowd>; Profile::COUNT]);

impl About {
    /// Nobody yet.
    pub(crate) fn new(networks: &Networks) -> Self {
        Self(Profile::ALL.map(|profile| {
            let stands = Stands::new(networks.get(profile)?);
            Some(Crowd { stands, passing: Vec::new(), standing: 0 })
        }))
    }

    pub(crate) fn on(&self, profile: Profile) -> Option<&Crowd> {
        self.0[profile.index()].as_ref()
    }

    /// The one way in which everybody who is about travels; none if there are several, or nobody is.
    pub(crate) fn only_profile(&self) -> Option<Profile> {
        let somebody = |&profile: &Profile| self.on(profile).is_some_and(|crowd| !crowd.is_empty());
        let mut all = Profile::ALL.into_iter().filter(somebody);
        all.next().filter(|_| all.next().is_none())
    }

    /// A unit is where `now` says, and was where `before` did.
    pub(crate) fn follow(&mut self, networks: &Networks, before: Option<&Slot>, now: &Slot) {
        let place = |slot: &Slot| Some((slot.profile?, slot.snap?, slot.passes));
        let (was, is) = (before.and_then(place), place(now));
        if was == is {
            return;
        }
        let number = now.unit.0;
        if let Some((profile, at, passes)) = was
            && let Some((crowd, network)) = self.crowd(networks, profile)
        {
            if passes {
                crowd.passing.retain(|other| other.0 != number);
            } else {
                crowd.stands.leave(network, number, &at);
                crowd.standing -= 1;
            }
        }
        if let Some((profile, at, passes)) = is
            && let Some((crowd, network)) = self.crowd(networks, profile)
        {
            if passes {
                let place = crowd.passing.partition_point(|other| other.0 < number);
                crowd.passing.insert(place, (number, at));
            } else {
                crowd.stands.come(network, number, &at);
                crowd.standing += 1;
            }
        }
    }

    fn crowd<'a>(
        &mut self,
        networks: &'a Networks,
        profile: Profile,
    ) -> Option<(&mut Crowd, &'a Network)> {
        self.0[profile.index()].as_mut().zip(networks.get(profile))
    }
}
