//! Posts and hot spots that no road leads to: a sign of wrong coordinates, or of another coordinate system than declared.

use precinct_base::Metres;
use precinct_roads::{Along, Profile, RoadMap, Snapper};

use crate::{City, Fault, Faults, Severity, says};

/// A post farther than this from any road a police car may use is told of.
const FAR: Metres = Metres(150);

/// Notes every post that is far from all roads; a refusal is never due, since searches may snap farther.
pub(crate) fn tell_far_posts(city: &City, map: &RoadMap, faults: &mut Faults) {
    let snapper = Snapper::new(map);
    let by_car = |segment| {
        [Along::Forward, Along::Backward]
            .iter()
            .any(|&along| map.time(segment, Profile::PoliceCar, along).is_some())
    };
    let far: Vec<usize> = (0..city.posts.len())
        .filter(|&index| snapper.nearest(map, city.posts[index].at, FAR, by_car).is_none())
        .collect();
    // The shift of Chinese map services is some hundreds of metres: most posts would be off their streets at once.
    let shifted = far.len() * 2 > city.posts.len();
    for index in far {
        let post = &city.posts[index];
        let what = says::post_far(says::shown(&post.name.local), post.at, FAR);
        let mend = if shifted { says::check_shift() } else { says::check_coordinates() };
        faults.push(Fault::new(Severity::Note, city.place.display().to_string(), what, mend));
    }
}

/// Notes every hot spot that no street comes within the radius of: nobody on patrol is ever there.
pub(crate) fn tell_far_hot_spots(city: &City, map: &RoadMap, faults: &mut Faults) {
    let snapper = Snapper::new(map);
    for spot in &city.hot_spots {
        if snapper.nearest(map, spot.at, spot.radius, |_| true).is_some() {
            continue;
        }
        let what = says::spot_far(spot.radius, says::shown(&spot.name.local), spot.at);
        let mend = says::spot_wider();
        faults.push(Fault::new(Severity::Note, city.place.display().to_string(), what, mend));
    }
}
