//! What is asked, as the API has it: method, path, body; and what it answers.

use precinct_base::LonLat;
use serde_json::{Value, json};

use crate::ask::{Answer, Ask, CrewStep, Intake, UnitWish};
use crate::told::instant;
use crate::{Told, rfc3339};

/// How a door is knocked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Post,
    Put,
}

fn degrees(at: LonLat) -> Value {
    let (lon, lat) = at.degrees();
    json!([lon, lat])
}

fn members(staff: &[String], force: &str) -> Value {
    staff.iter().map(|staff| json!({ "staff": staff, "force": force })).collect()
}

/// Method, path and body of what is asked.
pub(crate) fn request(ask: &Ask) -> (Method, String, Value) {
    let post = |path: String, body: Value| (Method::Post, format!("/api/v1/{path}"), body);
    match ask {
        Ask::SetUnit(wish) => {
            (Method::Put, format!("/api/v1/units/{}", wish.unit), described(wish))
        }
        Ask::PlanShift { unit, force, members: staff, starts, ends } => {
            let members = members(staff, force);
            let (starts, ends) = (rfc3339(*starts), rfc3339(*ends));
            let body = json!({ "unit": unit, "members": members, "starts": starts, "ends": ends, "waived": null });
            post("shifts".to_owned(), body)
        }
        Ask::StartShift { shift } => post(format!("shifts/{shift}/start"), json!({})),
        Ask::EndShift { shift } => post(format!("shifts/{shift}/end"), json!({})),
        Ask::Open(intake) => post("incidents".to_owned(), taken_in(intake)),
        Ask::Recommend { incident } => {
            post("recommendations".to_owned(), json!({ "incident": incident }))
        }
        Ask::Dispatch { incident, unit, recommendation } => post(
            format!("incidents/{incident}/assignments"),
            json!({ "unit": unit, "recommendation": recommendation }),
        ),
        Ask::Step { incident, unit, step } => {
            let (step, body) = stepped(*step);
            post(format!("incidents/{incident}/assignments/{unit}/{step}"), body)
        }
        Ask::Resolve { incident, disposition } => {
            post(format!("incidents/{incident}/resolve"), json!({ "disposition": disposition }))
        }
        Ask::DismissDuplicate { incident, of } => {
            post(format!("incidents/{incident}/dismiss-duplicate"), json!({ "other": of }))
        }
        Ask::Out { unit, reason } => post(format!("units/{unit}/out"), json!({ "reason": reason })),
        Ask::Back { unit } => post(format!("units/{unit}/back"), json!({})),
        Ask::Sos { unit, at } => post(format!("units/{unit}/sos"), json!({ "at": degrees(*at) })),
        Ask::CloseSos { sos, outcome } => {
            post(format!("sos/{sos}/close"), json!({ "outcome": outcome }))
        }
        Ask::AnswerClock { clock, hold } => {
            post("clocks/answer".to_owned(), json!({ "clock": clock, "hold_ms": hold.0 }))
        }
    }
}

fn described(wish: &UnitWish) -> Value {
    json!({
        "call_sign": wish.call_sign,
        "force": wish.force,
        "capabilities": wish.capabilities,
        "vehicle": "car",
        "home": wish.home,
        "area": wish.area,
        "members": members(&wish.members, wish.force),
    })
}

fn taken_in(intake: &Intake) -> Value {
    json!({
        "source": intake.source,
        "reported": rfc3339(intake.reported),
        "kind": intake.kind,
        "priority": intake.priority,
        "at": degrees(intake.at),
        "area": null,
        "address": intake.address,
        "hazards": [],
        "text": null,
    })
}

fn stepped(step: CrewStep) -> (&'static str, Value) {
    match step {
        CrewStep::Acknowledge => ("acknowledge", json!({ "at": null })),
        CrewStep::EnRoute => ("en-route", json!({ "at": null })),
        CrewStep::OnScene => ("on-scene", json!({ "at": null })),
        CrewStep::OnView => ("on-view", json!({})),
        CrewStep::Clear => ("clear", json!({})),
        CrewStep::Decline(reason) => ("decline", json!({ "reason": reason })),
    }
}

/// Reads the answer to a command or a recommendation; what it does not tell stays untold.
pub(crate) fn answer(body: &Value) -> Answer {
    let number = |field: &str| body.get(field)?.as_u64()?.try_into().ok();
    let chosen = body.get("chosen").and_then(Value::as_array).map(|chosen| {
        let units = chosen.iter().filter_map(|unit| unit.as_u64()?.try_into().ok()).collect();
        (body.get("id").cloned().unwrap_or_default(), units)
    });
    Answer {
        seq: body.get("seq").and_then(Value::as_u64),
        at: body.get("at").and_then(instant).unwrap_or_default(),
        facts: body.get("events").map(Told::read_all).unwrap_or_default(),
        incident: number("incident"),
        shift: number("shift"),
        advice: chosen,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use precinct_base::{Millis, Timestamp};

    fn asked(ask: &Ask) -> (Method, String, String) {
        let (method, path, body) = request(ask);
        (method, path.trim_start_matches("/api/v1/").to_owned(), body.to_string())
    }

    #[test]
    fn every_question_has_its_door() {
        let at = LonLat::new(-1_224_193_000, 377_793_000).unwrap();
        let intake = Intake {
            source: "call",
            reported: Timestamp(0),
            kind: "other".to_owned(),
            priority: Some(2),
            at,
            address: None,
        };
        let (method, path, body) = asked(&Ask::Open(intake));
        assert_eq!((method, path.as_str()), (Method::Post, "incidents"));
        assert!(
            body.contains("\"at\":[-122.4193,37.7793]")
                && body.contains("\"reported\":\"1970-01-01T00:00:00.000Z\""),
            "{body}"
        );
        let path = |ask: &Ask| asked(ask).1;
        let step = |step| path(&Ask::Step { incident: 7, unit: 3, step });
        assert_eq!(step(CrewStep::EnRoute), "incidents/7/assignments/3/en-route");
        assert_eq!(step(CrewStep::Decline("fuel")), "incidents/7/assignments/3/decline");
        assert_eq!(
            path(&Ask::Dispatch { incident: 7, unit: 3, recommendation: None }),
            "incidents/7/assignments"
        );
        assert_eq!(path(&Ask::StartShift { shift: 4 }), "shifts/4/start");
        assert_eq!(
            path(&Ask::DismissDuplicate { incident: 7, of: 3 }),
            "incidents/7/dismiss-duplicate"
        );
        let clock = asked(&Ask::AnswerClock { clock: json!({ "overdue": 3 }), hold: Millis(5) });
        assert_eq!(
            (clock.1.as_str(), clock.2.as_str()),
            ("clocks/answer", "{\"clock\":{\"overdue\":3},\"hold_ms\":5}")
        );
    }

    #[test]
    fn answers_are_read_and_so_is_advice() {
        let told = answer(
            &json!({ "seq": 12, "at": "1970-01-01T00:00:01.000Z", "events": [{ "unit_back.1": { "unit": 2 } }], "incident": 7 }),
        );
        assert_eq!((told.seq, told.at, told.incident), (Some(12), Timestamp(1_000), Some(7)));
        assert_eq!(told.facts, [Told::Back { unit: 2 }]);
        let advice = answer(&json!({ "id": "r1", "chosen": [4, 5], "candidates": [] })).advice;
        assert_eq!(advice, Some((json!("r1"), vec![4, 5])));
        assert_eq!(answer(&Value::Null), Answer::default());
    }
}
