//! A run as it can be watched: where units drive and stand, and what became of each call. Between the instants that the core decides —
//! set out, there, done — a unit is on the quickest way by road, at an even pace.

use std::collections::BTreeMap;

use precinct_base::{LonLat, Millis, Timestamp, UnitId};
use precinct_core::{Event, Fact, IncidentId};
use precinct_roads::{Network, Scratch};
use precinct_whatif::{Arm, Behaviour, Piece, Settings, watch};
use precinct_wire::{At, TraceCallDoc, TraceDoc, TraceLegDoc, TracePostDoc, TraceUnitDoc};

use super::Tried;
use super::work::town;
use crate::app::App;
use crate::cover::rules;
use crate::door::Failure;

/// A drive, planned or done.
#[derive(Clone, Debug)]
struct Drive {
    from: i64,
    until: i64,
    path: Vec<LonLat>,
    incident: Option<u32>,
}

/// A unit that is followed.
#[derive(Debug)]
struct Followed {
    home: Option<LonLat>,
    at: LonLat,
    /// When it set out for a call, and which.
    out: Option<(i64, IncidentId)>,
    /// The drive home, cut off by the next call.
    back: Option<Drive>,
    legs: Vec<Drive>,
}

/// The middle of all drives.
const MIDDLE: u64 = 1 << 63;

/// The place a part of the way along a path, and the path up to there.
fn part(path: &[LonLat], passed: i64, whole: i64) -> Vec<LonLat> {
    let lengths: Vec<u64> = path.windows(2).map(|two| two[0].distance(two[1]).0).collect();
    let all: u64 = lengths.iter().sum();
    let share = passed.clamp(0, whole.max(1)).unsigned_abs();
    let mut left = u128::from(all) * u128::from(share) / u128::from(whole.max(1).unsigned_abs());
    let mut part: Vec<LonLat> = path.first().copied().into_iter().collect();
    for (two, &length) in path.windows(2).zip(&lengths) {
        if left >= u128::from(length) {
            left -= u128::from(length);
            part.push(two[1]);
            continue;
        }
        let between = |a: i32, b: i32| {
            let way = i128::from(b) - i128::from(a);
            (i128::from(a) + way * left.cast_signed() / i128::from(length.max(1))) as i32
        };
        let (a, b) = (two[0], two[1]);
        part.extend(LonLat::new(between(a.lon(), b.lon()), between(a.lat(), b.lat())));
        break;
    }
    part
}

struct Follower<'a> {
    network: &'a Network,
    scratch: Scratch,
    behaviour: &'a Behaviour,
    piece: &'a Piece,
    units: BTreeMap<UnitId, Followed>,
    places: BTreeMap<IncidentId, LonLat>,
}

impl Follower<'_> {
    /// The quickest way, and how long it takes at the pace that the trial has then; straight where no road leads.
    fn way(&mut self, from: LonLat, to: LonLat, now: i64) -> (Vec<LonLat>, i64) {
        let snap = |at| self.network.snap(at, &rules());
        let found = snap(from).zip(snap(to));
        let route = found.and_then(|(from, to)| self.network.route(&mut self.scratch, &from, &to));
        let Some(route) = route else { return (vec![from, to], 0) };
        let mut path = route.path(self.network);
        path.insert(0, from);
        path.push(to);
        path.dedup();
        let hour = self.piece.hour(Timestamp(self.piece.from.0 + now));
        let takes = self.behaviour.drive((route.time, self.network.start_stop()), hour, MIDDLE);
        (path, i64::from(takes.0))
    }

    /// Ends the drive home where it is by then.
    fn halt(&mut self, unit: UnitId, now: i64) {
        let Some(known) = self.units.get_mut(&unit) else { return };
        let Some(mut back) = known.back.take() else { return };
        if now < back.until {
            back.path = part(&back.path, now - back.from, back.until - back.from);
            back.until = now;
        }
        known.at = back.path.last().copied().unwrap_or(known.at);
        known.legs.push(back);
    }

    fn sets_out(&mut self, unit: UnitId, incident: IncidentId, now: i64) {
        self.halt(unit, now);
        if let Some(known) = self.units.get_mut(&unit) {
            known.out = Some((now, incident));
        }
    }

    /// It is at the scene.
    fn arrives(&mut self, unit: UnitId, incident: IncidentId, now: i64) {
        self.halt(unit, now);
        let place = self.places.get(&incident).copied();
        let known = self.units.get(&unit).map(|known| (known.at, known.out));
        let (Some(place), Some((at, out))) = (place, known) else { return };
        let drive = out.map(|(from, _)| {
            let path = self.way(at, place, from).0;
            Drive { from, until: now, path, incident: Some(incident.0) }
        });
        if let Some(known) = self.units.get_mut(&unit) {
            known.legs.extend(drive);
            (known.at, known.out) = (place, None);
        }
    }

    /// It is free, wherever it is, and goes home.
    fn leaves(&mut self, unit: UnitId, now: i64) {
        self.halt(unit, now);
        let Some(known) = self.units.get(&unit) else { return };
        let (at, home, out) = (known.at, known.home, known.out);
        if let Some((from, incident)) = out
            && let Some(&place) = self.places.get(&incident)
        {
            // Called off on its way.
            let (path, takes) = self.way(at, place, from);
            let path = part(&path, now - from, takes.max(1));
            if let Some(known) = self.units.get_mut(&unit) {
                known.at = path.last().copied().unwrap_or(at);
                known.legs.push(Drive { from, until: now, path, incident: Some(incident.0) });
                known.out = None;
            }
        }
        let at = self.units.get(&unit).map_or(at, |known| known.at);
        let Some(home) = home.filter(|&home| home != at) else { return };
        let (path, takes) = self.way(at, home, now);
        let back = Drive { from: now, until: now + takes, path, incident: None };
        if let Some(known) = self.units.get_mut(&unit) {
            known.back = Some(back);
        }
    }

    fn heard(&mut self, event: &Event, from: Timestamp) {
        let now = event.happened.unwrap_or(event.at).wall.0 - from.0;
        match &event.fact {
            Fact::IncidentOpened(fact) => {
                self.places.insert(fact.incident, fact.place.at);
            }
            Fact::UnitEnRoute(fact) => self.sets_out(fact.unit, fact.incident, now),
            Fact::UnitOnScene(fact) => self.arrives(fact.unit, fact.incident, now),
            Fact::UnitOnView(fact) => self.arrives(fact.unit, fact.incident, now),
            Fact::UnitCleared(fact) => self.leaves(fact.unit, now),
            Fact::UnitRecalled(fact) => self.leaves(fact.unit, now),
            Fact::UnitPreempted(fact) => self.leaves(fact.unit, now),
            _ => {}
        }
    }
}

fn leg(drive: Drive) -> TraceLegDoc {
    TraceLegDoc {
        from_ms: drive.from,
        until_ms: drive.until,
        path: drive.path.into_iter().map(At).collect(),
        incident: drive.incident,
    }
}

fn followed(arm: &Arm) -> BTreeMap<UnitId, Followed> {
    let home = |crew: &precinct_whatif::Crew| {
        let post = crew.unit.home.and_then(|home| arm.plan.post(home));
        post.map(|post| post.at)
    };
    let crews = arm.plan.crews.iter().map(|crew| {
        let home = home(crew);
        let at = home.unwrap_or_default();
        (crew.unit.unit, Followed { home, at, out: None, back: None, legs: Vec::new() })
    });
    crews.collect()
}

fn calls(piece: &Piece, answered: &[precinct_whatif::Answered]) -> Vec<TraceCallDoc> {
    let ms = |time: Option<Millis>| time.map(|time| time.0);
    let both = piece.calls.iter().zip(answered).filter(|(call, _)| piece.counts(call));
    let one = |(call, of): (&precinct_whatif::Call, &precinct_whatif::Answered)| TraceCallDoc {
        from_ms: call.received.0 - piece.from.0,
        at: call.at.into(),
        priority: call.priority,
        dispatched_ms: ms(of.dispatched),
        on_scene_ms: ms(of.on_scene),
        closed_ms: ms(of.closed),
    };
    both.map(one).collect()
}

/// One day under one plan with one seed, to be watched. It is run anew: the same seed gives the same day.
pub(crate) fn trace(
    app: &App,
    tried: &Tried,
    (arm, day, seed): (usize, usize, u32),
) -> Result<TraceDoc, Failure> {
    let network = app.ground.planned();
    let network = network.ok_or_else(|| Failure::conflict("this city has no streets"))?;
    let (of, piece) = (&tried.made.arms[arm], &tried.made.pieces[day]);
    let behaviour = &tried.made.behaviour;
    let mut follower = Follower {
        network,
        scratch: Scratch::default(),
        behaviour,
        piece,
        units: followed(of),
        places: BTreeMap::new(),
    };
    let town = town(app).map_err(Failure::conflict)?;
    let mut heard = |event: &Event| follower.heard(event, piece.from);
    let settings = Settings { look: None, ..Settings::default() };
    let watched = watch(&town, behaviour, piece, of, u64::from(seed), settings, &mut heard)
        .map_err(|error| Failure::inside(error.to_string()))?;
    let unit = |(id, mut known): (UnitId, Followed)| {
        known.legs.extend(known.back.take());
        let crew = of.plan.crews.iter().find(|crew| crew.unit.unit == id);
        TraceUnitDoc {
            unit: id.0,
            call_sign: crew.map(|crew| crew.unit.call_sign.clone()).unwrap_or_default(),
            home: known.home.map(At),
            legs: known.legs.into_iter().map(leg).collect(),
        }
    };
    let post = |post: &precinct_core::event::PostSet| TracePostDoc {
        at: post.at.into(),
        name: (&post.title).into(),
    };
    Ok(TraceDoc {
        day: tried.days[day],
        arm: of.name.clone(),
        seed,
        lasts_ms: piece.to.0 - piece.from.0,
        posts: of.plan.posts.iter().map(post).collect(),
        units: follower.units.into_iter().map(unit).collect(),
        calls: calls(piece, &watched.calls),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon: i32, lat: i32) -> LonLat {
        LonLat::new(lon, lat).unwrap()
    }

    #[test]
    fn a_part_of_a_path_ends_where_it_is_by_then() {
        let path = [at(0, 0), at(100_000, 0), at(100_000, 300_000)];
        assert_eq!(part(&path, 0, 8), [at(0, 0), at(0, 0)]);
        assert_eq!(part(&path, 8, 8), path);
        assert_eq!(part(&path, 99, 8), path);
        let half = part(&path, 4, 8);
        assert_eq!(half[..2], path[..2]);
        let last = half[2];
        assert!(last.lon() == 100_000 && (95_000..105_000).contains(&last.lat()), "{last:?}");
        assert_eq!(part(&[], 1, 2), []);
        assert_eq!(part(&[at(5, 5)], 1, 0), [at(5, 5)]);
    }
}
