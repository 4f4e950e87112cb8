//! Sums against plain counting.

use precinct_base::LonLat;
use proptest::prelude::*;

use super::*;

const WITHIN: [Millis; 3] = [Millis(10), Millis(30), Millis(50)];

/// Points by weight and areas, posts by what each reaches and whether it is manned by night.
type Town = (Vec<(u64, u32)>, Vec<(Vec<Option<u32>>, bool)>);

fn town() -> impl Strategy<Value = Town> {
    (1usize..9).prop_flat_map(|count| {
        let points = prop::collection::vec((0u64..5, 0u32..4), count);
        let times = prop::collection::vec(prop::option::of(0u32..70), count);
        (points, prop::collection::vec((times, any::<bool>()), 0..5))
    })
}

fn night() -> Hours {
    (0..HourOfWeek::COUNT as u8).filter(|hour| hour % 24 < 8).filter_map(HourOfWeek::new).collect()
}

struct Made {
    points: Vec<Point>,
    posts: Vec<Asked>,
    reached: Vec<Option<Reached>>,
}

/// Bits of a number are the areas 1 and 2.
fn made((points, posts): &Town) -> Made {
    let point = |&(weight, bits): &(u64, u32)| {
        let areas = (1..=2).filter(|area| bits >> (area - 1) & 1 == 1).map(AreaId).collect();
        Point { at: LonLat::default(), snap: None, weight, areas }
    };
    let hours = |by_night: bool| if by_night { night() } else { Hours::ALWAYS };
    let reached = |times: &[Option<u32>]| {
        let times = times.iter().zip(0..).filter_map(|(time, n)| Some((n, Millis((*time)?))));
        // Like a search, which knows no time beyond the longest.
        Some(times.filter(|(_, time)| *time <= WITHIN[2]).collect::<Reached>())
    };
    Made {
        points: points.iter().map(point).collect(),
        posts: posts
            .iter()
            .map(|post| Asked { at: LonLat::default(), hours: hours(post.1) })
            .collect(),
        reached: posts.iter().map(|post| reached(&post.0)).collect(),
    }
}

/// How much of an area is within a time of at least `least` of the posts that are meant.
fn counted(
    town: &Town,
    area: u32,
    limit: Millis,
    least: usize,
    meant: impl Fn(usize) -> bool,
) -> u64 {
    let is_of = |bits: u32| area == 0 || bits >> (area - 1) & 1 == 1;
    let mut sum = 0;
    for (point, &(weight, bits)) in town.0.iter().enumerate().filter(|(_, point)| is_of(point.1)) {
        let near = |post: usize| town.1[post].0[point].is_some_and(|time| time <= limit.0);
        let count = (0..town.1.len()).filter(|&post| meant(post) && near(post)).count();
        let _ = bits;
        sum += if count >= least { weight } else { 0 };
    }
    sum
}

proptest! {
    #[test]
    fn sums_are_those_of_plain_counting(town in town(), area in 0u32..3, at_noon in any::<bool>()) {
        let Made { points, posts, reached } = made(&town);
        let hour = at_noon.then(|| HourOfWeek::new(12).unwrap());
        let of = Some(AreaId(area));
        let found = covered(&points, (&posts, &reached), &WITHIN, (of, hour));
        let meant = |post: usize| !(at_noon && town.1[post].1);
        for (band, &limit) in WITHIN.iter().enumerate() {
            prop_assert_eq!(found.within[band], counted(&town, area, limit, 1, meant));
            prop_assert_eq!(found.twice[band], counted(&town, area, limit, 2, meant));
            for (post, (own, only)) in found.posts.iter().enumerate() {
                prop_assert_eq!(own[band], counted(&town, area, limit, 1, |one| one == post));
                let without = counted(&town, area, limit, 1, |one| meant(one) && one != post);
                prop_assert_eq!(only[band], found.within[band] - without);
            }
            for (hours, count, sums) in &found.hours {
                let there = |post: usize| !town.1[post].1 || *hours == night() || *hours == Hours::ALWAYS;
                prop_assert_eq!(sums[band], counted(&town, area, limit, 1, there));
                prop_assert_eq!(*count as usize, (0..posts.len()).filter(|&post| there(post)).count());
            }
        }
        prop_assert_eq!(found.hours.iter().map(|one| one.0.count()).sum::<u32>(), 168);
        if area == 0 {
            for (one, demand, sums) in &found.areas {
                prop_assert_eq!(*demand, counted(&town, one.0, Millis(0), 0, meant));
                prop_assert_eq!(sums[1], counted(&town, one.0, WITHIN[1], 1, meant));
            }
        }
    }

    #[test]
    fn who_gains_and_who_loses_adds_up(town in town(), keep in 0usize..5) {
        let Made { points, posts, reached } = made(&town);
        let keep = keep.min(posts.len());
        let of = |posts: &[Asked], reached: &[Option<Reached>]| {
            covered(&points, (posts, reached), &WITHIN, (None, None))
        };
        let (before, after) = (of(&posts[..keep], &reached[..keep]), of(&posts, &reached));
        let there = changed(&points, None, &WITHIN, (&before, &after));
        let back = changed(&points, None, &WITHIN, (&after, &before));
        prop_assert_eq!((there.loses, there.gains), (0, back.loses), "more posts take nothing away");
        prop_assert_eq!(back.gains, 0);
        let told: u64 = there.places.iter().map(|place| points[place.point].weight).sum();
        prop_assert_eq!(told, there.gains);
        prop_assert!(there.places.iter().all(|place| place.after < place.before || place.before.is_none()));
        for (area, demand, was, is) in &there.areas {
            prop_assert!(was.iter().zip(is).all(|(was, is)| was <= is && is <= demand), "{area}");
        }
        prop_assert_eq!(changed(&points, None, &WITHIN, (&after, &after)).places, []);
    }
}
