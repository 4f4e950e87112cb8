//! Tours of duty: crews are described, planned and begin; when a tour is over the next watch takes the unit over.

use precinct_base::Timestamp;

use super::Script;
use super::model::{Crew, Deed, Doing, Purpose};
use crate::ask::{Answer, Ask, CrewStep, Refused};
use crate::cast::{Role, members};

const HOUR_MS: i64 = 3_600_000;
/// How long a tour is: the longest the standard rules of rest allow.
const TOUR_MS: i64 = 12 * HOUR_MS;
/// How many tours in a row the city may refuse before the unit stays off duty.
const REFUSALS: u32 = 6;

impl Script<'_> {
    /// Describes every crew to the city.
    pub(super) fn come_on_duty(&mut self, roles: Vec<Role>) {
        for role in roles {
            let unit = role.wish.unit;
            let seen = role.seen.as_ref();
            let crew = Crew {
                home: role.home,
                at: role.home,
                drive: None,
                doing: Doing::Off,
                generation: 0,
                tour: 0,
                shift: seen.and_then(|seen| seen.shift),
                tour_over: false,
                refused: 0,
                last_fix: Timestamp(self.now.0 - HOUR_MS),
                left_over: seen.and_then(|seen| seen.incident),
                was_on: seen.is_some_and(|seen| seen.on_duty),
                was_out: seen.is_some_and(|seen| seen.out),
                wish: role.wish.clone(),
            };
            self.crews.insert(unit, crew);
            self.ask(Ask::SetUnit(role.wish), Purpose::Tour(unit));
        }
    }

    /// What follows when the city has answered about a unit or its tour.
    pub(super) fn tour_answered(&mut self, unit: u32, ask: &Ask, outcome: Result<Answer, Refused>) {
        match (ask, outcome) {
            (Ask::SetUnit(_), Ok(_)) => self.described(unit),
            (Ask::PlanShift { .. }, Ok(Answer { shift: Some(shift), .. })) => {
                self.ask(Ask::StartShift { shift }, Purpose::Tour(unit));
            }
            (Ask::StartShift { shift }, Ok(_)) => self.is_on(unit, *shift),
            (Ask::EndShift { .. }, Ok(_)) => {
                self.is_off(unit);
                self.next_tour(unit);
            }
            // It has a task that this player did not know of.
            (Ask::EndShift { .. }, Err(_)) => {
                if let Some(crew) =
                    self.crews.get_mut(&unit).filter(|crew| crew.doing == Doing::Off)
                {
                    crew.doing = Doing::Free;
                }
                self.after(300_000, Deed::Tour(unit));
            }
            (Ask::PlanShift { .. } | Ask::StartShift { .. }, _) => {
                let Some(crew) = self.crews.get_mut(&unit) else { return };
                crew.refused += 1;
                if crew.refused <= REFUSALS {
                    self.next_tour(unit);
                }
            }
            _ => {}
        }
    }

    /// A unit that was on duty before the play goes on; what was left of another play is cleared.
    fn described(&mut self, unit: u32) {
        let Some(crew) = self.crews.get_mut(&unit) else { return };
        if !crew.was_on {
            return self.plan(unit);
        }
        let (left_over, was_out) = (crew.left_over, crew.was_out);
        crew.turn_to(Doing::Free, self.now);
        self.tour_ends(unit, Self::first_tour(unit));
        if let Some(incident) = left_over {
            self.ask(Ask::Step { incident, unit, step: CrewStep::Clear }, Purpose::Aside);
        } else if was_out {
            self.ask(Ask::Back { unit }, Purpose::Aside);
        }
        self.look_again();
    }

    /// First tours end at different times, so that not every crew changes at once.
    fn first_tour(unit: u32) -> i64 {
        6 * HOUR_MS + i64::from(unit % 12) * HOUR_MS / 2
    }

    fn tour_ends(&mut self, unit: u32, ms: i64) {
        self.after(ms, Deed::Tour(unit));
    }

    fn plan(&mut self, unit: u32) {
        let Some(crew) = self.crews.get(&unit) else { return };
        let lasts = if crew.tour == 0 { Self::first_tour(unit) } else { TOUR_MS };
        let (members, force) = (members(unit, crew.tour), crew.wish.force);
        let (starts, ends) = (self.now, Timestamp(self.now.0 + lasts));
        self.ask(Ask::PlanShift { unit, force, members, starts, ends }, Purpose::Tour(unit));
    }

    fn next_tour(&mut self, unit: u32) {
        if let Some(crew) = self.crews.get_mut(&unit) {
            crew.tour += 1;
            self.plan(unit);
        }
    }

    /// A crew is on duty.
    pub(super) fn is_on(&mut self, unit: u32, shift: u32) {
        let now = self.now;
        let Some(crew) = self.crews.get_mut(&unit) else { return };
        if crew.doing != Doing::Off {
            return;
        }
        crew.turn_to(Doing::Free, now);
        (crew.shift, crew.tour_over, crew.refused) = (Some(shift), false, 0);
        crew.last_fix = Timestamp(now.0 - HOUR_MS);
        let lasts = if crew.tour == 0 { Self::first_tour(unit) } else { TOUR_MS };
        self.tour_ends(unit, lasts);
        self.look_again();
    }

    pub(super) fn is_off(&mut self, unit: u32) {
        let now = self.now;
        if let Some(crew) = self.crews.get_mut(&unit) {
            crew.turn_to(Doing::Off, now);
        }
    }

    /// A tour is over: at once for a free crew, else when its task is.
    pub(super) fn tour_is_over(&mut self, unit: u32) {
        let Some(crew) = self.crews.get_mut(&unit) else { return };
        crew.tour_over = true;
        if crew.doing == Doing::Free {
            self.go_off(unit);
        }
    }

    /// Ends a crew's tour; from now on it tells no position. The next watch is planned when the city has heard.
    pub(super) fn go_off(&mut self, unit: u32) {
        if let Some(shift) = self.crews.get(&unit).and_then(|crew| crew.shift) {
            self.is_off(unit);
            self.ask(Ask::EndShift { shift }, Purpose::Tour(unit));
        }
    }
}
