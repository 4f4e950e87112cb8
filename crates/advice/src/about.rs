//! Who is about on each network of a field that follows: who stands, kept from one question to the next, and who passes.

use precinct_roads::{Profile, Snap, Stands};

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
        if let Some(was) = was {
            self.leave(networks, now.unit.0, was);
        }
        if let Some(is) = is {
            self.come(networks, now.unit.0, is);
        }
    }

    fn come(
        &mut self,
        networks: &Networks,
        number: u32,
        (profile, at, passes): (Profile, Snap, bool),
    ) {
        let crowd = self.0[profile.index()].as_mut();
        let Some((crowd, network)) = crowd.zip(networks.get(profile)) else { return };
        if passes {
            let place = crowd.passing.partition_point(|other| other.0 < number);
            crowd.passing.insert(place, (number, at));
        } else {
            crowd.stands.come(network, number, &at);
            crowd.standing += 1;
        }
    }

    fn leave(
        &mut self,
        networks: &Networks,
        number: u32,
        (profile, at, passes): (Profile, Snap, bool),
    ) {
        let crowd = self.0[profile.index()].as_mut();
        let Some((crowd, network)) = crowd.zip(networks.get(profile)) else { return };
        if passes {
            crowd.passing.retain(|other| other.0 != number);
        } else {
            crowd.stands.leave(network, number, &at);
            crowd.standing -= 1;
        }
    }
}
