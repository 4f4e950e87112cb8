//! A city with a calibration is tried as it was measured: turnout, time on scene and the speeds of each hour.

use precinct_core::Role;
use serde_json::{Value, json};

use crate::city;
use crate::client::Town;
use crate::gate::write_calls;

/// Half a minute beside the streets, which from six to nine of every day take twice as long; a hundred seconds to set out, ten minutes on
/// scene, always.
const CALIBRATION: &str = include_str!("../../../calibration/golden/by-hand.toml");

/// A town with people and, if it is wanted, a calibration.
fn town(calibrated: bool) -> Town {
    let folder = tempfile::tempdir().unwrap();
    city::write_peopled(folder.path());
    if calibrated {
        let file = folder.path().join("city.toml");
        let own = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, format!("calibration = \"calibration.toml\"\n{own}")).unwrap();
        std::fs::write(folder.path().join("calibration.toml"), CALIBRATION).unwrap();
    }
    let town = Town::of(folder, None);
    write_calls(&town);
    town
}

/// What a plan of two more posts came to there, beside the town as it is.
fn tried(town: &Town) -> Value {
    let planner = town.machine("plans", &[Role::Planner], 0);
    let plan = planner.proposed(0);
    let asked = json!({
        "days": ["2024-01-08", "2024-01-09"], "source": "january.csv", "per_post": 2, "seeds": 3, "other": {"plan": plan},
    });
    let run = planner.ask("/api/v1/whatif/runs", &asked)["run"].as_u64().unwrap();
    let over = planner.over(&format!("/api/v1/whatif/runs/{run}"));
    assert_eq!(over["run"]["status"], "done", "{over}");
    over["result"].clone()
}

#[test]
fn a_plan_is_tried_in_a_calibrated_city_as_it_was_measured() {
    let (plain, measured) = (tried(&town(false)), tried(&town(true)));
    for arm in 0..2 {
        let of = |told: &Value, figure: &str| told["arms"][arm][figure].as_f64().unwrap();
        let mean = |told: &Value| told["arms"][arm]["all"]["mean_ms"].as_f64().unwrap();
        // Half a minute beside the streets, and a turnout of a hundred seconds in place of some forty; a little more from six to nine.
        let later = mean(&measured) - mean(&plain);
        assert!((50_000.0..150_000.0).contains(&later), "{later}");
        // Ten minutes on scene for every call, in place of a spread from two minutes to an hour.
        let (calls, hours) =
            (of(&measured, "task_hours") * 3_600.0 / 22.0, of(&plain, "task_hours"));
        assert!((730.0..1_000.0).contains(&calls), "{calls} s a call");
        assert!(of(&measured, "task_hours") < hours, "{hours}");
    }
}
