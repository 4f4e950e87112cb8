//! A plan: which posts there are, which crews work from them at which hours, and which streets are closed.

use std::collections::BTreeSet;

use precinct_base::{AreaId, HourOfWeek, LonLat, PostId, PostKind, SegmentId, UnitId};
use precinct_core::event::{PostSet, UnitSet};
use precinct_core::{Hours, Title};

/// The same hours of every day, from one up to and without another, over midnight if the second is not later.
///
/// ```
/// use precinct_whatif::daily;
/// assert_eq!(daily(22, 6).count(), 56);
/// assert_eq!(daily(6, 6), precinct_core::Hours::ALWAYS);
/// ```
pub fn daily(from: u8, to: u8) -> Hours {
    let lasts = (i32::from(to) - i32::from(from) - 1).rem_euclid(24) + 1;
    let within =
        |hour: &HourOfWeek| (hour.index() as i32 % 24 - i32::from(from)).rem_euclid(24) < lasts;
    week().filter(within).collect()
}

/// Every hour of the week.
fn week() -> impl Iterator<Item = HourOfWeek> {
    (0..HourOfWeek::COUNT as u8).filter_map(HourOfWeek::new)
}

/// A crew: a unit, and when it is on duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crew {
    /// The unit. Its home is where it stands when it is free; one without stays where it was last.
    pub unit: UnitSet,
    /// When it is on duty, by the local week.
    pub on: Hours,
}

/// A plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Posts by number.
    pub posts: Vec<PostSet>,
    /// Crews by number of their unit.
    pub crews: Vec<Crew>,
    /// Streets that nobody can drive along.
    pub closed: BTreeSet<SegmentId>,
}

/// A change to a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A post more, with the crews that are to work from it in place of where they do.
    AddPost {
        /// What it is called.
        title: Title,
        /// What it is.
        kind: PostKind,
        /// Where it is.
        at: LonLat,
        /// The area it is in.
        area: AreaId,
        /// Crews that move there.
        crews: Vec<UnitId>,
    },
    /// A post is somewhere else.
    MovePost {
        /// Which.
        post: PostId,
        /// Where to.
        at: LonLat,
    },
    /// A post less. Its crews work from the nearest that is left, as the crow flies.
    RemovePost {
        /// Which.
        post: PostId,
    },
    /// A crew works from another post.
    Rehome {
        /// Which.
        unit: UnitId,
        /// The post.
        post: PostId,
    },
    /// Crews more, like one that there is.
    AddCrews {
        /// The one they are like.
        like: UnitId,
        /// The post they work from.
        post: PostId,
        /// How many.
        count: u32,
        /// When they are on duty.
        on: Hours,
    },
    /// A crew is off duty at hours when it was on.
    TakeOff {
        /// Which.
        unit: UnitId,
        /// When.
        off: Hours,
    },
    /// Streets are closed.
    Close(BTreeSet<SegmentId>),
}

/// Why a change cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// No such post.
    #[error("the plan has no post {post}: change one that it has")]
    Post {
        /// The post.
        post: PostId,
    },
    /// No such crew.
    #[error("the plan has no unit {unit}: change one that it has")]
    Unit {
        /// The unit.
        unit: UnitId,
    },
    /// Crews would have nowhere to be.
    #[error("post {post} is the last one: its crews need somewhere to be, so add another before")]
    LastPost {
        /// The post.
        post: PostId,
    },
}

impl Plan {
    /// Makes changes, in order.
    pub fn change(&mut self, changes: &[Change]) -> Result<(), ChangeError> {
        changes.iter().try_for_each(|change| self.make(change))
    }

    fn make(&mut self, change: &Change) -> Result<(), ChangeError> {
        match *change {
            Change::AddPost { ref title, kind, at, area, ref crews } => {
                let post = PostId(self.posts.last().map_or(0, |last| last.post.0 + 1));
                let (title, hours) = (title.clone(), Hours::ALWAYS);
                self.posts.push(PostSet { post, kind, area, at, hours, level: 3, title });
                for &unit in crews {
                    self.crew(unit)?.unit.home = Some(post);
                }
            }
            Change::MovePost { post, at } => {
                let place = self.place(post)?;
                self.posts[place].at = at;
            }
            Change::RemovePost { post } => self.remove(post)?,
            Change::Rehome { unit, post } => {
                self.place(post)?;
                self.crew(unit)?.unit.home = Some(post);
            }
            Change::AddCrews { like, post, count, on } => {
                self.place(post)?;
                let like = self.crew(like)?.unit.clone();
                for nth in 0..count {
                    let unit = UnitId(self.crews.last().map_or(0, |last| last.unit.unit.0 + 1));
                    let call_sign = format!("{}+{}", like.call_sign, nth + 1);
                    let home = Some(post);
                    let unit = UnitSet { unit, call_sign, home, ..like.clone() };
                    self.crews.push(Crew { unit, on });
                }
            }
            Change::TakeOff { unit, off } => {
                let crew = self.crew(unit)?;
                let on = crew.on;
                crew.on = week().filter(|&hour| on.contains(hour) && !off.contains(hour)).collect();
            }
            Change::Close(ref segments) => self.closed.extend(segments),
        }
        Ok(())
    }

    fn place(&self, post: PostId) -> Result<usize, ChangeError> {
        self.posts
            .binary_search_by_key(&post, |one| one.post)
            .map_err(|_| ChangeError::Post { post })
    }

    fn crew(&mut self, unit: UnitId) -> Result<&mut Crew, ChangeError> {
        let place = self.crews.binary_search_by_key(&unit, |crew| crew.unit.unit);
        place.map(|at| &mut self.crews[at]).map_err(|_| ChangeError::Unit { unit })
    }

    fn remove(&mut self, post: PostId) -> Result<(), ChangeError> {
        let gone = self.posts.remove(self.place(post)?);
        let near = |one: &&PostSet| (one.at.distance(gone.at), one.post);
        let Some(nearest) = self.posts.iter().min_by_key(near).map(|one| one.post) else {
            return Err(ChangeError::LastPost { post });
        };
        for crew in self.crews.iter_mut().filter(|crew| crew.unit.home == Some(post)) {
            crew.unit.home = Some(nearest);
        }
        Ok(())
    }

    /// The post of that number.
    pub fn post(&self, post: PostId) -> Option<&PostSet> {
        self.place(post).ok().map(|place| &self.posts[place])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(post: u32, lon: i32) -> PostSet {
        PostSet {
            post: PostId(post),
            kind: PostKind::PoliceStation,
            area: AreaId(0),
            at: LonLat::new(lon, 0).unwrap(),
            hours: Hours::ALWAYS,
            level: 1,
            title: Title::default(),
        }
    }

    fn crew(unit: u32, home: u32) -> Crew {
        let unit = UnitSet {
            unit: UnitId(unit),
            call_sign: format!("P{unit}"),
            force: precinct_core::Code::literal("police"),
            capabilities: Vec::new(),
            vehicle: precinct_core::Vehicle::Car,
            home: Some(PostId(home)),
            area: AreaId(0),
            members: Vec::new(),
        };
        Crew { unit, on: Hours::ALWAYS }
    }

    fn plan() -> Plan {
        Plan {
            posts: vec![post(0, 0), post(2, 10), post(5, 100)],
            crews: vec![crew(1, 0), crew(4, 2)],
            closed: BTreeSet::new(),
        }
    }

    fn homes(plan: &Plan) -> Vec<u32> {
        plan.crews.iter().filter_map(|crew| Some(crew.unit.home?.0)).collect()
    }

    #[test]
    fn hours_go_over_midnight() {
        let has = |hour| daily(22, 6).contains(HourOfWeek::new(hour).unwrap());
        assert_eq!((has(21), has(22), has(24), has(29), has(30)), (false, true, true, true, false));
    }

    #[test]
    fn crews_go_where_the_plan_says() {
        let mut all = plan();
        let title = Title { en: "Corner".to_owned(), zh: String::new() };
        let (kind, at, area) = (PostKind::Standby, LonLat::new(50, 0).unwrap(), AreaId(0));
        let add = Change::AddPost { title, kind, at, area, crews: vec![UnitId(4)] };
        let more =
            Change::AddCrews { like: UnitId(1), post: PostId(5), count: 2, on: daily(8, 20) };
        all.change(&[add, more, Change::Rehome { unit: UnitId(1), post: PostId(2) }]).unwrap();
        assert_eq!(homes(&all), [2, 6, 5, 5]);
        assert_eq!(all.crews[3].unit.unit, UnitId(6));
        all.change(&[Change::RemovePost { post: PostId(2) }]).unwrap();
        assert_eq!(homes(&all), [0, 6, 5, 5]);
        all.change(&[Change::MovePost { post: PostId(6), at: LonLat::default() }]).unwrap();
        assert_eq!(all.post(PostId(6)).unwrap().at, LonLat::default());
        let off = Change::TakeOff { unit: UnitId(6), off: daily(8, 10) };
        all.change(&[off, Change::Close(BTreeSet::from([SegmentId(3)]))]).unwrap();
        assert_eq!((all.crews[3].on.count(), all.closed.len()), (70, 1));
    }

    #[test]
    fn what_is_not_there_cannot_be_changed() {
        let told = |change| plan().change(&[change]).unwrap_err();
        let no_post = ChangeError::Post { post: PostId(1) };
        assert_eq!(told(Change::RemovePost { post: PostId(1) }), no_post);
        assert_eq!(told(Change::Rehome { unit: UnitId(1), post: PostId(1) }), no_post);
        let no_unit = ChangeError::Unit { unit: UnitId(9) };
        assert_eq!(told(Change::TakeOff { unit: UnitId(9), off: Hours::ALWAYS }), no_unit);
        let mut last = Plan { posts: vec![post(0, 0)], ..Plan::default() };
        let told = last.change(&[Change::RemovePost { post: PostId(0) }]).unwrap_err();
        assert_eq!(told, ChangeError::LastPost { post: PostId(0) });
    }
}
