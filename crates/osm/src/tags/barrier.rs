//! Barriers on nodes: whom they stop.
//!
//! A gate is taken to open to police unless it is locked or its tags say `no`; what has no moving part stops what it is built to
//! stop. Access tags on the node overrule the default, and `emergency=yes` opens to cars and motorcycles.

use super::{Who, access};
use crate::element::Tags;

/// Whom the node stops, by its tags.
pub(crate) fn closed_by_barrier(tags: Tags<'_>) -> Who {
    let Some(barrier) = tags.get("barrier") else { return Who::NOBODY };
    let stopped = stopped(barrier, tags);
    Who::where_(|profile| !access::allowed(profile, tags, "", !stopped.has(profile)))
}

/// Whom a kind of barrier stops when nothing else is said of it.
fn stopped(barrier: &str, tags: Tags<'_>) -> Who {
    match barrier {
        "gate" | "lift_gate" | "swing_gate" | "sliding_gate" | "sliding_beam"
        | "hampshire_gate" | "wicket_gate" | "door"
            if tags.is("locked", "yes") =>
        {
            Who::ALL
        }
        "bollard" if tags.is("bollard", "rising") => Who::NOBODY,
        "kerb" if tags.is("kerb", "raised") => Who::MOTOR,
        "no" | "entrance" | "gate" | "lift_gate" | "swing_gate" | "sliding_gate"
        | "sliding_beam" | "hampshire_gate" | "toll_booth" | "border_control" | "checkpoint"
        | "cattle_grid" | "sally_port" | "height_restrictor" | "rumble_strip" | "coupure"
        | "guard_house" | "kerb" | "rising_bollard" => Who::NOBODY,
        // Where a single file of cyclists gets through, and a motorcycle does too unless that is what it is there for.
        "bollard" | "planter" | "bus_trap" | "sump_buster" => Who::CAR,
        "chain"
        | "rope"
        | "spikes"
        | "wicket_gate"
        | "door"
        | "stile"
        | "kissing_gate"
        | "turnstile"
        | "full-height_turnstile"
        | "horse_stile"
        | "tank_trap" => Who::WHEELS,
        "wall" | "fence" | "hedge" | "ditch" | "retaining_wall" | "city_wall" | "guard_rail"
        | "handrail" | "cable_barrier" => Who::ALL,
        // block, cycle_barrier, motorcycle_barrier, jersey_barrier, log, debris, yes, and what is not known.
        _ => Who::MOTOR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use precinct_roads::Profile;

    #[test]
    fn each_kind_stops_whom_it_is_built_to_stop() {
        let cases: &[(&[(&str, &str)], Who)] = &[
            (&[("barrier", "bollard")], Who::CAR),
            (&[("barrier", "bollard"), ("bollard", "rising")], Who::NOBODY),
            (&[("barrier", "gate")], Who::NOBODY),
            (&[("barrier", "gate"), ("locked", "yes")], Who::ALL),
            (&[("barrier", "lift_gate")], Who::NOBODY),
            (&[("barrier", "block")], Who::MOTOR),
            (&[("barrier", "cycle_barrier")], Who::MOTOR),
            (&[("barrier", "kerb")], Who::NOBODY),
            (&[("barrier", "kerb"), ("kerb", "raised")], Who::MOTOR),
            (&[("barrier", "stile")], Who::WHEELS),
            (&[("barrier", "bus_trap")], Who::CAR),
            (&[("barrier", "wall")], Who::ALL),
            (&[("barrier", "something new")], Who::MOTOR),
            (&[("highway", "crossing"), ("access", "no")], Who::NOBODY),
        ];
        for (tags, stopped) in cases {
            assert_eq!(closed_by_barrier(Tags(tags)), *stopped, "{tags:?}");
        }
    }

    #[test]
    fn access_tags_overrule_the_kind() {
        let cases: &[(&[(&str, &str)], Who)] = &[
            (&[("barrier", "bollard"), ("emergency", "yes")], Who::NOBODY),
            (&[("barrier", "bollard"), ("motor_vehicle", "yes")], Who::NOBODY),
            (&[("barrier", "block"), ("motorcycle", "yes")], Who::CAR),
            (&[("barrier", "gate"), ("access", "no")], Who::ALL),
            (&[("barrier", "gate"), ("access", "no"), ("foot", "yes")], Who::WHEELS),
            (&[("barrier", "gate"), ("access", "private")], Who::NOBODY),
            (
                &[("barrier", "gate"), ("access", "no"), ("emergency", "designated")],
                Who::BICYCLE.or(Who::FOOT),
            ),
            (
                &[("barrier", "gate"), ("locked", "yes"), ("emergency", "yes")],
                Who::BICYCLE.or(Who::FOOT),
            ),
            (&[("barrier", "wall"), ("foot", "yes")], Who::WHEELS),
        ];
        for (tags, stopped) in cases {
            assert_eq!(closed_by_barrier(Tags(tags)), *stopped, "{tags:?}");
        }
        assert!(Who::MOTOR.has(Profile::PoliceCar));
    }
}
