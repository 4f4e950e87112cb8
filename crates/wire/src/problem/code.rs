//! The codes of problems: what a page needs to say a problem in its own language. A code and the names of what belongs to it do not change.

use std::collections::BTreeMap;

use precinct_base::{AreaId, Millis, PostId, UnitId};
use precinct_core::{
    Code, ContainmentId, CountId, Day, IncidentId, List, MediaId, PlanId, RingId, Role, ShiftId,
    SosId, Stage, Thing,
};
use serde_json::Value;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};

/// A problem that has a code, and what belongs to it: numbers as numbers, durations as whole milliseconds in names that end in `_ms`,
/// whatever has a name of its own — stages, roles, codes of the catalogue — by that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    /// Which.
    pub code: &'static str,
    /// What belongs to it.
    pub params: BTreeMap<String, Value>,
}

/// One thing that belongs to a problem.
#[derive(Clone, Debug, PartialEq)]
pub struct Param(Value);

macro_rules! params {
    ($($type:ty: $one:ident => $value:expr;)+) => {$(
        impl From<$type> for Param {
            fn from($one: $type) -> Self {
                Self(Value::from($value))
            }
        }
    )+};
}

params! {
    AreaId: one => one.0;
    PostId: one => one.0;
    UnitId: one => one.0;
    IncidentId: one => one.0;
    ShiftId: one => one.0;
    SosId: one => one.0;
    PlanId: one => one.0;
    Day: one => one.to_string();
    RingId: one => one.to_string();
    CountId: one => one.to_string();
    ContainmentId: one => one.to_string();
    Millis: one => one.0;
    u8: one => one;
    u16: one => one;
    u32: one => one;
    u64: one => one;
    usize: one => one;
    &str: one => one;
    String: one => one;
    Code: one => one.as_str();
    MediaId: one => one.to_string();
    Role: one => one.name();
    List: one => one.name();
    Thing: one => one.name();
    Stage: one => stage(one);
    Value: one => one;
}

/// The name of a stage in documents.
const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Dispatched => "dispatched",
        Stage::Acknowledged => "acknowledged",
        Stage::EnRoute => "en_route",
        Stage::OnScene => "on_scene",
        Stage::Transporting => "transporting",
        Stage::Ended => "ended",
    }
}

macro_rules! codes {
    ($($name:ident $code:literal ($($param:ident),*);)+) => {
        /// Every code, with the names of what belongs to it.
        pub const CODES: &[(&str, &[&str])] = &[$(($code, &[$(stringify!($param)),*])),+];

        impl Coded {
            $(
                #[doc = concat!("The problem `", $code, "`.")]
                pub fn $name($($param: impl Into<Param>),*) -> Self {
                    Self {
                        code: $code,
                        params: [$((stringify!($param).to_owned(), $param.into().0)),*].into(),
                    }
                }
            )+
        }
    };
}

codes! {
    // What is ordered names something that is not there, or is more than may be.
    earlier "earlier" ();
    missing_area "missing.area" (area);
    missing_post "missing.post" (post);
    missing_unit "missing.unit" (unit);
    missing_shift "missing.shift" (shift);
    missing_incident "missing.incident" (incident);
    missing_sos "missing.sos" (sos);
    missing_plan "missing.plan" (plan);
    not_in_catalogue "catalogue.missing" (list, code);
    too_many "too_many" (what, most);
    too_long "too_long" (what, bytes, most);
    nameless "nameless" (what);
    approval_missing "approval.missing" ();
    approval_role "approval.role" (staff, role);
    approval_lasts "approval.lasts" (asked_ms, longest_ms);
    approval_other "approval.other" (staff, approver);

    catalogue_order "catalogue.order" (list, code);
    catalogue_reach "catalogue.reach" (code);
    catalogue_no_units "catalogue.no_units" (kind, capability);
    catalogue_clock_priority "catalogue.clock.priority" (priority);
    catalogue_clock_type "catalogue.clock.type" (kind);
    catalogue_clock_rules "catalogue.clock.rules" ();
    catalogue_ladder_priority "catalogue.ladder.priority" (priority);
    catalogue_ladder_type "catalogue.ladder.type" (kind);
    catalogue_ladder_rules "catalogue.ladder.rules" ();
    catalogue_rule "catalogue.rule" (rule);
    catalogue_in_use "catalogue.in_use" (incident, kind);

    area_loop "area.loop" (area, parent);
    area_level "area.level" (area, level, parent, within);
    area_reach "area.reach" (area);
    post_level "post.level" (post, level);
    post_open "post.open" (post);

    unit_off_duty "unit.off_duty" (unit);
    unit_on_task "unit.on_task" (unit, incident);
    unit_out "unit.out" (unit, reason);
    unit_not_out "unit.not_out" (unit);
    unit_lent "unit.lent" (unit);
    unit_not_lent "unit.not_lent" (unit);
    unit_taken "unit.taken" (unit);
    unit_twice "unit.twice" (staff);

    shift_taken "shift.taken" (shift);
    shift_ends "shift.ends" (shift);
    shift_no_crew "shift.no_crew" (shift);
    shift_lent "shift.lent" (unit);
    shift_overlap "shift.overlap" (staff);
    shift_long "shift.long" (lasts_ms, longest_ms);
    shift_rest "shift.rest" (staff, rest_ms, needs_ms);
    shift_week "shift.week" (staff, sum_ms, most_ms);
    shift_begun "shift.begun" (shift);
    shift_not_begun "shift.not_begun" (shift);
    shift_early "shift.early" (shift, early_ms);
    shift_over "shift.over" (shift);
    shift_unit_on "shift.unit_on" (unit);
    shift_member_on "shift.member_on" (staff, shift);
    shift_waiver "shift.waiver" ();

    incident_merged "incident.merged" (incident, into);
    incident_closed "incident.closed" (incident);
    incident_not_closed "incident.not_closed" (incident);
    incident_not_merged "incident.not_merged" (incident);
    incident_same "incident.same" (incident);
    incident_linked "incident.linked" (incident, other);
    incident_not_suggested "incident.not_suggested" (incident, other);
    incident_units_on "incident.units_on" (incident, n);
    incident_same_grade "incident.same_grade" (incident, kind, priority);
    incident_hazard_known "incident.hazard_known" (incident, hazard);
    incident_hazard_unknown "incident.hazard_unknown" (incident, hazard);
    incident_no_contact "incident.no_contact" (incident);
    incident_media_known "incident.media_known" (incident);
    incident_erased "incident.erased" (incident);

    task_on_it "task.on_it" (unit, incident);
    task_not_on_it "task.not_on_it" (unit, incident);
    task_busy "task.busy" (unit, other, incident);
    task_known "task.known" (unit, stage);
    task_order "task.order" (unit, stage);
    task_too_late "task.too_late" (unit, stage);
    task_not_on_scene "task.not_on_scene" (unit);
    task_advice "task.advice" (unit);

    clock_not_running "clock.not_running" ();
    clock_hold "clock.hold" (asked_ms, longest_ms);

    look_no_incident "look.no_incident" ();
    look_no_picture "look.no_picture" ();
    look_no_track "look.no_track" ();
    shadow_lasts "shadow.lasts" (lasts_ms);
    shadow_not_set "shadow.not_set" ();
    shadow_policy "shadow.policy" (policy);
    glass_whole "glass.whole" (staff);
    glass_nobody "glass.nobody" (staff, role);

    plan_unaudited "plan.unaudited" ();
    plan_known "plan.known" (plan);
    plan_parent "plan.parent" (plan);
    plan_over "plan.over" (plan);
    plan_no_days "plan.no_days" (plan);
    plan_fitted "plan.fitted" (plan, day);
    plan_trial_known "plan.trial_known" (plan);
    plan_untried "plan.untried" (plan);
    plan_own "plan.own" (plan, staff);
    plan_approved "plan.approved" (plan, staff);
    plan_unapproved "plan.unapproved" (plan);
    plan_published "plan.published" (plan);
    plan_no_posts "plan.no_posts" (plan);
    plan_altered "plan.altered" ();
    plan_too_large "plan.too_large" (bytes, most);
    plan_not_so "plan.not_so" (found);
    plan_other_trial "plan.other_trial" (plan);
    run_gone "run.gone" ();
    run_going "run.going" ();
    run_restarted "run.restarted" ();
    run_short "run.short" ();
    patrol_twice "patrol.twice" ();
    patrol_units "patrol.units" ();
    run_waiting "run.waiting" (most);
    demand_none "demand.none" ();
    demand_days "demand.days" ();
    trial_no_units "trial.no_units" ();

    paper_future "paper.future" ();
    paper_too_old "paper.too_old" (longest_ms);
    paper_before "paper.before" (step);
    paper_other "paper.other" ();
    paper_busy "paper.busy" (unit, incident);

    missing_ring "missing.ring" (ring);
    missing_containment "missing.containment" (containment);

    ring_line "ring.line" ();
    ring_post "ring.post" (post);
    ring_idle "ring.idle" (ring);
    ring_active "ring.active" (ring);

    checkpoint_kind "checkpoint.kind" (post);
    checkpoint_time "checkpoint.time" ();
    checkpoint_number "checkpoint.number" (number, most);
    checkpoint_twice "checkpoint.twice" (code);
    checkpoint_overlaps "checkpoint.overlaps" (count);
    checkpoint_corrected "checkpoint.corrected" (count, by);
    checkpoint_unknown "checkpoint.unknown" (post, count);

    seal_already "seal.already" (incident, containment);
    seal_no_points "seal.no_points" ();
    seal_twice "seal.twice" (unit);
    seal_same_place "seal.same_place" ();
    seal_transporting "seal.transporting" (unit);
    seal_goes_on "seal.goes_on" (incident, containment);
    seal_preview "seal.preview" ();

    // The store, and whoever is asked too much.
    disk_full "disk.full" ();
    disk_full_pictures "disk.full_pictures" ();
    disk_full_plans "disk.full_plans" ();
    disk_not_written "disk.not_written" ();
    disk_down "disk.down" ();
    disk_seal "disk.seal" ();
    disk_slow "disk.slow" ();
    disk_too_large "disk.too_large" ();
    disk_opening "disk.opening" ();
    server_stops "server.stops" ();
    server_busy "server.busy" ();
    server_inside "server.inside" ();
    too_often "too_often" (wait_ms);
    picture_too_large "picture.too_large" (bytes, most);
    advice_unknown "advice.unknown" ();
    atlas_making "atlas.making" ();
    figures_reading "figures.reading" (n);
    check_running "check.running" ();
    review_future "review.future" ();
    review_before "review.before" ();
    review_full "review.full" ();
    review_slow "review.slow" ();
    tracks_too_many "tracks.too_many" (n, most);

    // Who asks, and what they may.
    access_no_purpose "access.no_purpose" ();
    access_other_purpose "access.other_purpose" ();
    access_second_factor "access.second_factor" ();
    access_duty "access.duty" ();
    access_glass "access.glass" ();
    access_not_granted "access.not_granted" ();
    access_forbidden "access.forbidden" (policies);
    session_none "session.none" ();
    session_ended "session.ended" ();
    session_page "session.page" ();
    key_unknown "key.unknown" ();
    sign_in_wrong "sign_in.wrong" ();
    sign_in_code_needed "sign_in.code_needed" ();
    sign_in_code_wrong "sign_in.code_wrong" ();
    sign_in_disabled "sign_in.disabled" ();
    sign_in_wait "sign_in.wait" (wait_ms);
    sign_in_busy "sign_in.busy" ();
    account_missing "account.missing" (staff);
    account_taken "account.taken" (staff);
    account_kept "account.kept" (staff);
    account_token "account.token" ();
    account_set_up "account.set_up" ();
    account_wrong "account.wrong" ();
    account_second_factor "account.second_factor" ();
    account_role "account.role" (role);
    account_last "account.last" (staff);
    account_gone "account.gone" ();
    account_too_many "account.too_many" (most);
    account_tracker "account.tracker" ();
    password_short "password.short" (n);
    password_long "password.long" (most);
    password_plain "password.plain" ();
    password_number "password.number" ();
    policies_faults "policies.faults" (n, faults);
}

/// For the document: which codes there are.
pub(super) fn codes() -> RefOr<Schema> {
    let codes = CODES.iter().map(|(code, _)| *code);
    let schema = ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::String))
        .description(Some("What was wrong, for programs and for pages of other languages"))
        .enum_values(Some(codes));
    RefOr::T(Schema::Object(schema.build()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_code_is_there_twice() {
        let codes: BTreeSet<_> = CODES.iter().map(|(code, _)| code).collect();
        assert_eq!(codes.len(), CODES.len());
        let sound =
            |code: &str| code.bytes().all(|byte| b"abcdefghijklmnopqrstuvwxyz_.".contains(&byte));
        assert!(CODES.iter().all(|(code, _)| sound(code)));
    }

    /// The texts of a line of the pages' table: the quoted ones after the code, English before Chinese.
    fn texts(line: &str) -> Vec<&str> {
        let after = line.split_once(": [").map_or("", |(_, after)| after);
        after.split('"').skip(1).step_by(2).collect()
    }

    fn braces(text: &str) -> BTreeSet<&str> {
        let inside = text.split('{').skip(1);
        inside.filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect()
    }

    #[test]
    fn the_pages_say_each_code_in_both_languages() {
        let words = include_str!("../../../../web/src/words/problems.ts");
        let (_, table) = words.split_once("export const PROBLEMS = {\n").unwrap();
        let (table, _) = table.split_once("\n} satisfies").unwrap();
        let lines: BTreeMap<&str, &str> = table
            .lines()
            .map(|line| {
                (line.trim().split(": [").next().unwrap_or_default().trim_matches('"'), line)
            })
            .collect();
        let known: BTreeSet<&str> = CODES.iter().map(|(code, _)| *code).collect();
        assert_eq!(lines.keys().copied().collect::<BTreeSet<_>>(), known);
        for (code, params) in CODES {
            let texts = texts(lines[code]);
            let (chinese, english) = texts.split_last().unwrap();
            assert!(
                chinese.chars().any(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter)),
                "{code}"
            );
            assert!(
                !english.is_empty()
                    && english.iter().all(|text| text.is_ascii() || text.contains('“')),
                "{code}"
            );
            for text in texts {
                let params: BTreeSet<&str> = params.iter().copied().collect();
                assert!(braces(text).is_subset(&params), "{code}: {text}");
            }
        }
    }

    #[test]
    fn what_belongs_to_a_problem_goes_by_its_name() {
        let coded = Coded::task_busy(UnitId(7), IncidentId(3), IncidentId(4));
        let said = serde_json::to_string(&coded.params).unwrap();
        assert_eq!(
            (coded.code, said.as_str()),
            ("task.busy", r#"{"incident":4,"other":3,"unit":7}"#)
        );
    }
}
