//! The answer to one question, what is recorded of it, and what a dispatch cost against it.

use precinct_base::{UnitId, caps};
use precinct_core::{Advice, Candidate, Code};
use precinct_roads::Scratch;

use crate::choose::choose;
use crate::rank::rank;
use crate::{Effect, LeftOut, NeedMet, Out, Question, Ranked};

/// Whom to send, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recommendation {
    /// Each need of the run card, and how far those on it and those chosen meet it.
    pub needs: Vec<NeedMet>,
    /// Units to send, the first there first.
    pub chosen: Vec<UnitId>,
    /// Every unit that can be sent, the first there first; of several as soon, by number; those for a person to judge last.
    pub ranked: Vec<Ranked>,
    /// Every other unit of the city, by number.
    pub out: Vec<LeftOut>,
    /// What sending all that are chosen does to cover.
    pub cover: Effect,
}

/// Where a unit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    /// It can be sent.
    In(&'a Ranked),
    /// It is not to be.
    Out(Out),
}

/// Answers a question: every unit of the city in or out, the set that meets the run card, and the cover without it. Exact.
///
/// ```
/// # use std::sync::Arc;
/// # use precinct_base::{AreaId, AreaLevel, HourOfWeek, Instant, LonLat, Millis, Timestamp, UnitId};
/// # use precinct_core::event::AreaSet;
/// # use precinct_core::{
/// #     Approval, By, Code, Command, CommandId, Loan, Moment, Order, Priority, Role, State, Title, Vehicle, apply, decide,
/// # };
/// # use precinct_roads::{
/// #     Along, Draft, DraftNode, DraftSegment, Fingerprint, Network, Profile, RoadClass, RoadMap, Scratch, SnapRules, SpeedTable,
/// #     Times,
/// # };
/// use precinct_advice::{Field, Networks, Placed, Question, Reason, Settings, recommend};
/// # let at = |text: &str| text.parse::<LonLat>().unwrap();
/// # let (west, east) = (at("113.5400,22.1900"), at("113.5500,22.1900"));
/// # let mut draft = Draft::default();
/// # draft.nodes = vec![DraftNode { osm_id: 1, at: west }, DraftNode { osm_id: 2, at: east }];
/// # let name = draft.names.add(Default::default());
/// # let mut times = Times::default();
/// # for along in [Along::Forward, Along::Backward] {
/// #     times.set(Profile::PoliceCar, along, Some(Millis(100_000)));
/// # }
/// # let length = Draft::length(&[west, east]);
/// # let class = RoadClass::Residential;
/// # draft.segments.push(DraftSegment { from: 0, to: 1, shape: vec![], length, class, name, way: 7, times });
/// # let map = Arc::new(RoadMap::build(&draft, Fingerprint::default()).unwrap());
/// # let table = SpeedTable::as_imported();
/// # let cars = Arc::new(Network::new(map, Profile::PoliceCar, &table, HourOfWeek::default()));
/// # let now = Moment { tick: Instant(1), wall: Timestamp(1_790_000_000_000) };
/// # let mut state = State::default();
/// # let mut give = |order| {
/// #     let command = Command { id: CommandId([1; 16]), by: By::SYSTEM, at: now, order };
/// #     for event in decide(&state, &command).unwrap() {
/// #         apply(&mut state, &event);
/// #     }
/// # };
/// # let title = Title { en: "City".to_owned(), zh: String::new() };
/// # let (area, level) = (AreaId(0), AreaLevel::City);
/// # give(Order::SetArea(AreaSet { area, parent: None, level, grade: None, reach: None, title }));
/// # let (approver, lasts) = (Code::literal("D1"), Millis::from_minutes(60));
/// # give(Order::JoinAid(Loan {
/// #     unit: UnitId(4), call_sign: "North 4".to_owned(), force: Code::literal("police"), capabilities: vec![],
/// #     vehicle: Vehicle::Car, area, approval: Approval { approver, role: Role::DutyOfficer, lasts },
/// # }));
/// // A street a kilometre long, a hundred seconds from end to end by car. Unit 4 stands at its west end, seen just now.
/// let snap = cars.snap(west, &SnapRules::default());
/// let placed = [Placed { unit: UnitId(4), snap, fix_age: Some(Millis(0)) }];
/// let field = Field::new(&state, Networks::new([cars])?, &placed, &Arc::from([]))?;
///
/// let question = Question {
///     state: &state,
///     field: &field,
///     at: "113.5425,22.1901".parse()?, // a quarter of the way along
///     area: AreaId(0),
///     kind: "noise".parse()?,
///     priority: Priority::HIGHEST,
///     incident: None,
///     now,
///     settings: Settings::default(),
/// };
/// let told = recommend(&question, &mut Scratch::default());
/// assert_eq!(told.chosen, [UnitId(4)]);
/// assert_eq!(told.ranked[0].travel, Some(Millis(25_000)));
/// assert_eq!(told.ranked[0].reasons().collect::<Vec<_>>(), [Reason::Nearest]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn recommend(question: &Question<'_>, scratch: &mut Scratch) -> Recommendation {
    let field = question.field;
    let ranking = rank(question, scratch);
    let chosen = choose(question.state, question.needs(), &ranking);
    let mut gone: Vec<u32> = chosen
        .units
        .iter()
        .filter_map(|&unit| field.slot_of(unit))
        .map(|slot| slot as u32)
        .collect();
    gone.sort_unstable();
    let before = field.covered();
    let after = field.cover().without(field.networks(), scratch, &gone);
    Recommendation {
        needs: chosen.needs,
        chosen: chosen.units,
        ranked: ranking.ranked,
        out: ranking.out,
        cover: Effect { before, after },
    }
}

impl Recommendation {
    /// Where a unit stands; none is one the city does not have.
    pub fn standing(&self, unit: UnitId) -> Option<Standing<'_>> {
        if let Ok(at) = self.out.binary_search_by_key(&unit, |out| out.unit) {
            return Some(Standing::Out(self.out[at].why));
        }
        self.ranked.iter().find(|ranked| ranked.unit == unit).map(Standing::In)
    }

    /// What sending one unit alone does to cover.
    pub fn effect(&self, ranked: &Ranked) -> Effect {
        let before = self.cover.before;
        let within = std::array::from_fn(|k| before.within[k].saturating_sub(ranked.lost[k]));
        Effect { before, after: crate::Covered { within, ..before } }
    }

    /// What is recorded when `unit` is sent: the best that were compared, and which was taken. One that stands behind all that are
    /// recorded takes the last place among them, so that what it cost can be told; one that was out has no rank. `roads` and `posts`
    /// are the versions asked.
    pub fn advice(&self, unit: UnitId, roads: Code, posts: Code) -> Advice {
        let candidate = |ranked: &Ranked| Candidate {
            unit: ranked.unit,
            travel: ranked.travel,
            fix_age: ranked.fix_age,
        };
        let mut candidates: Vec<Candidate> =
            self.ranked.iter().take(caps::CANDIDATES).map(candidate).collect();
        let behind = self.ranked.iter().skip(caps::CANDIDATES).find(|ranked| ranked.unit == unit);
        if let Some((last, behind)) = candidates.last_mut().zip(behind) {
            *last = candidate(behind);
        }
        let rank = candidates.iter().position(|candidate| candidate.unit == unit);
        Advice { candidates, rank: rank.map(|rank| rank as u16), roads, posts, beside: None }
    }
}
