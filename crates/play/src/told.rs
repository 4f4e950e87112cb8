//! What a city tells of what happened: the records that a player acts on, read leniently, since a later city may tell more.

use precinct_base::{LonLat, Timestamp};
use serde_json::Value;

use crate::from_rfc3339;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "fields are those of the records")]
pub enum Told {
    Opened {
        incident: u32,
        at: Option<LonLat>,
    },
    DuplicateSuggested {
        incident: u32,
        of: u32,
    },
    /// Resolved or cancelled.
    Closed {
        incident: u32,
    },
    Reopened {
        incident: u32,
    },
    Merged {
        from: u32,
    },
    Dispatched {
        incident: u32,
        unit: u32,
    },
    OnView {
        incident: u32,
        unit: u32,
    },
    /// On scene, and when that was if it was told late.
    OnScene {
        incident: u32,
        unit: u32,
        at: Option<Timestamp>,
    },
    Cleared {
        incident: u32,
        unit: u32,
    },
    /// Taken off the task: declined, recalled or sent to something more urgent.
    TakenOff {
        incident: u32,
        unit: u32,
    },
    ShiftStarted {
        unit: u32,
        shift: u32,
    },
    ShiftEnded {
        unit: u32,
    },
    Out {
        unit: u32,
    },
    Back {
        unit: u32,
    },
    /// A clock rings, or rings on.
    Rang {
        clock: Value,
    },
    SosRaised {
        sos: u32,
    },
}

impl Told {
    /// Reads one record, `{"name.version": {fields}}`; `None` for those a player has no use for.
    ///
    /// ```
    /// use precinct_play::Told;
    /// let record = serde_json::json!({ "unit_dispatched.2": { "incident": 7, "unit": 3, "advice": null } });
    /// assert_eq!(Told::read(&record), Some(Told::Dispatched { incident: 7, unit: 3 }));
    /// ```
    pub fn read(record: &Value) -> Option<Self> {
        let (name, fields) = record.as_object()?.iter().next()?;
        let number = |field: &str| fields.get(field)?.as_u64()?.try_into().ok();
        let on = || Some((number("incident")?, number("unit")?));
        let (name, _version) = name.split_once('.').unwrap_or((name, ""));
        Some(match name {
            "incident_opened" => Self::Opened {
                incident: number("incident")?,
                at: place(fields.get("place")?.get("at")?),
            },
            "duplicate_suggested" => {
                Self::DuplicateSuggested { incident: number("incident")?, of: number("of")? }
            }
            "incident_cancelled" | "incident_resolved" => {
                Self::Closed { incident: number("incident")? }
            }
            "incident_reopened" => Self::Reopened { incident: number("incident")? },
            "incidents_merged" => Self::Merged { from: number("from")? },
            "unit_dispatched" => {
                on().map(|(incident, unit)| Self::Dispatched { incident, unit })?
            }
            "unit_on_view" => on().map(|(incident, unit)| Self::OnView { incident, unit })?,
            "unit_on_scene" => {
                let at = fields.get("at").and_then(instant);
                on().map(|(incident, unit)| Self::OnScene { incident, unit, at })?
            }
            "unit_cleared" => on().map(|(incident, unit)| Self::Cleared { incident, unit })?,
            "unit_declined" | "unit_recalled" | "unit_preempted" => {
                on().map(|(incident, unit)| Self::TakenOff { incident, unit })?
            }
            "shift_started" => {
                Self::ShiftStarted { unit: number("unit")?, shift: number("shift")? }
            }
            "shift_ended" => Self::ShiftEnded { unit: number("unit")? },
            "unit_out" => Self::Out { unit: number("unit")? },
            "unit_back" => Self::Back { unit: number("unit")? },
            "clock_raised" | "clock_escalated" => {
                Self::Rang { clock: fields.get("clock")?.clone() }
            }
            "sos_raised" => Self::SosRaised { sos: number("sos")? },
            _ => return None,
        })
    }

    /// Reads a list of records.
    pub fn read_all(records: &Value) -> Vec<Self> {
        records.as_array().into_iter().flatten().filter_map(Self::read).collect()
    }
}

/// A place: degrees, or units of 1e-7 degree as in the journal. What is a place in degrees is in no city a place in those units:
/// that would be within 20 µm of the point where the equator meets the meridian.
pub(crate) fn place(value: &Value) -> Option<LonLat> {
    let lon = value.get(0)?;
    let lat = value.get(1)?;
    match (lon.as_i64(), lat.as_i64()) {
        (Some(x), Some(y)) if x.unsigned_abs() > 180 || y.unsigned_abs() > 90 => {
            LonLat::new(x.try_into().ok()?, y.try_into().ok()?)
        }
        _ => LonLat::from_degrees(lon.as_f64()?, lat.as_f64()?),
    }
}

/// An instant: RFC 3339, milliseconds, or a moment of the journal with its `wall`.
pub(crate) fn instant(value: &Value) -> Option<Timestamp> {
    match value {
        Value::String(text) => from_rfc3339(text),
        Value::Number(ms) => ms.as_i64().map(Timestamp),
        Value::Object(moment) => instant(moment.get("wall")?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn records_are_read_as_the_core_writes_them() {
        use precinct_core::event::{IncidentOpened, UnitOnScene};
        use precinct_core::{Code, Fact, IncidentId, Moment, Place, Priority, Source};
        let at = LonLat::new(-1_224_193_000, 377_793_000).unwrap();
        let area = precinct_base::AreaId(0);
        let opened = Fact::from(IncidentOpened {
            incident: IncidentId(7),
            source: Source::Call,
            reported: None,
            kind: Code::literal("other"),
            priority: Priority::HIGHEST,
            place: Place { at, segment: None, address: None, area },
            hazards: Vec::new(),
            text: None,
        });
        let wall = Timestamp(1_704_700_800_000);
        let told_late = Some(Moment { wall, ..Moment::default() });
        let unit = precinct_base::UnitId(3);
        let there = Fact::from(UnitOnScene { incident: IncidentId(7), unit, at: told_late });
        let records = serde_json::to_value([opened, there]).unwrap();
        let expected = [
            Told::Opened { incident: 7, at: Some(at) },
            Told::OnScene { incident: 7, unit: 3, at: Some(wall) },
        ];
        assert_eq!(Told::read_all(&records), expected);
    }

    #[test]
    fn places_and_instants_may_be_written_either_way() {
        let at = LonLat::new(-1_224_193_000, 377_793_000);
        assert_eq!(
            (place(&json!([-122.4193, 37.7793])), place(&json!([-1_224_193_000, 377_793_000]))),
            (at, at)
        );
        assert_eq!(place(&json!([1])), None);
        let wall = Some(Timestamp(1_000));
        assert_eq!((instant(&json!("1970-01-01T00:00:01Z")), instant(&json!(1_000))), (wall, wall));
        assert_eq!(instant(&json!(null)), None);
    }

    #[test]
    fn what_a_player_has_no_use_for_is_passed_over() {
        let records = json!([{ "note_added.1": {} }, 7, {}, { "unit_out.9": { "unit": 2, "new": 1 } }, { "unit_out.1": {} }]);
        assert_eq!(Told::read_all(&records), [Told::Out { unit: 2 }]);
    }
}
