//! The board of a control room as text: what is so at a moment, for a person to read.

mod diff;
mod words;

use std::fmt::Write as _;

use precinct_base::{Instant, Timestamp, UnitId};
use precinct_core::{Assignment, Clock, Doing, Duty, Incident, IncidentId, Stage, State};

pub(crate) use self::diff::{changes, value};
use self::words::BoardWords;
use crate::text::table::{Align, Table, shorten};
use crate::text::words::Lang;

/// The calendar instant as people write it, in UTC.
pub(crate) fn utc(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0)
        .map_or_else(|_| format!("{} ms", at.0), |at| format!("{at:.3}"))
}

/// How long ago, in minutes and seconds, or days once that is more telling.
fn ago(now: Instant, then: Instant) -> String {
    let seconds = now.0.saturating_sub(then.0) / 1_000;
    match seconds {
        0..360_000 => format!("{}:{:02}", seconds / 60, seconds % 60),
        _ => format!("{} d", seconds / 86_400),
    }
}

/// The board.
pub(crate) fn board(state: &State, lang: Lang, bold: bool) -> String {
    let words = lang.board();
    let mut text = calls_for_help(state, words);
    text += &glass(state, words);
    text += &incidents(state, lang, bold);
    text += &units(state, words, bold);
    text += &orders(state, words, lang);
    text
}

fn calls_for_help(state: &State, words: &BoardWords) -> String {
    let mut text = String::new();
    for (id, sos) in state.sos() {
        let unit = call_sign(state, sos.unit);
        let since = ago(state.now().tick, sos.raised.tick);
        let _ = writeln!(text, "!! {id}  {unit}  {}  {since}", words.calls_for_help);
    }
    text
}

fn glass(state: &State, words: &BoardWords) -> String {
    let mut text = String::new();
    for (staff, glass) in state.glass() {
        let (reason, until) = (glass.reason, utc(glass.until.wall));
        let (what, to) = (words.glass_broken, words.until);
        let _ = writeln!(text, "!! {staff}  {what}  {reason} · {to} {until}");
    }
    text
}

fn call_sign(state: &State, unit: UnitId) -> String {
    state.units().get(&unit).map_or_else(|| format!("#{unit}"), |unit| unit.call_sign.clone())
}

fn incidents(state: &State, lang: Lang, bold: bool) -> String {
    let words = lang.board();
    let mut open: Vec<(&IncidentId, &Incident)> =
        state.incidents().iter().filter(|(_, incident)| incident.is_open()).collect();
    open.sort_by_key(|(id, incident)| (incident.grading.priority, incident.opened, **id));
    let others = state.incidents().len() - open.len();
    let mut text = words.incidents(open.len(), others);
    text.push('\n');
    let mut table = Table::new(&[
        ("", Align::Left),
        (words.priority, Align::Right),
        (words.kind, Align::Left),
        (words.age, Align::Right),
        (words.units, Align::Left),
        (words.clocks, Align::Left),
    ]);
    for (&id, incident) in open {
        table.row([
            id.to_string(),
            incident.grading.priority.number().to_string(),
            kind(state, incident, lang),
            ago(state.now().tick, incident.opened.tick),
            tasks(state, id, words),
            ringing(state, id, words),
        ]);
    }
    if !table.is_empty() {
        text += &table.render(bold);
    }
    text
}

fn kind(state: &State, incident: &Incident, lang: Lang) -> String {
    let code = incident.grading.kind;
    let known = state.catalogue().kind(code);
    shorten(&known.map_or_else(|| code.to_string(), |kind| lang.title(&kind.title)), 30)
}

fn tasks(state: &State, id: IncidentId, words: &BoardWords) -> String {
    let active = state.family(id).flat_map(|(_, member)| &member.assignments);
    let task = |task: &Assignment| {
        format!("{} {}", call_sign(state, task.unit), words.stage(task.stage()))
    };
    active.filter(|task| task.is_active()).map(task).collect::<Vec<_>>().join(", ")
}

/// Clocks of an incident or of its units that have run out.
fn ringing(state: &State, id: IncidentId, words: &BoardWords) -> String {
    let on_it = |unit: &UnitId| {
        let task = state.units().get(unit).and_then(precinct_core::Unit::task);
        task.is_some_and(|task| state.root(task) == id)
    };
    let of_it = |clock: &Clock| match clock {
        Clock::Unanswered(incident) => *incident == id,
        Clock::Unacknowledged(unit) | Clock::Overdue(unit) | Clock::Welfare(unit) => on_it(unit),
        Clock::Sos(_) => false,
    };
    let rings = state.timers().ringing().filter(|(clock, _)| of_it(clock));
    rings.map(|(clock, told)| words.clock(clock, told)).collect::<Vec<_>>().join(", ")
}

fn units(state: &State, words: &BoardWords, bold: bool) -> String {
    let on = state.units().values().filter(|unit| unit.duty != Duty::Off).count();
    let mut text = words.on_duty(on, state.units().len() - on);
    text.push('\n');
    let mut table = Table::new(&[
        ("", Align::Left),
        (words.status, Align::Left),
        (words.since, Align::Right),
        (words.task, Align::Left),
    ]);
    for (&id, unit) in state.units() {
        let Duty::On { doing, since, .. } = unit.duty else { continue };
        let task = state.assignment(id).map(|(_, task)| task);
        let since = task.map_or(since, Assignment::latest);
        let (status, task) = match doing {
            Doing::Available => (words.available.to_owned(), String::new()),
            Doing::Out(reason) => (format!("{} ({reason})", words.out), String::new()),
            Doing::Assigned(incident) => {
                let stage = task.map_or(Stage::Ended, Assignment::stage);
                (words.stage(stage).to_owned(), incident.to_string())
            }
        };
        let since = ago(state.now().tick, since.tick);
        table.row([shorten(&unit.call_sign, 24), status, since, task]);
    }
    if !table.is_empty() {
        text += &table.render(bold);
    }
    text
}

/// What is ordered for posts and areas.
fn orders(state: &State, words: &BoardWords, lang: Lang) -> String {
    let mut text = String::new();
    for (id, post) in state.posts() {
        if let Some(order) = post.order {
            let name = shorten(&lang.title(&post.title), 30);
            let (what, until) = (words.post(order.state), utc(order.until.wall));
            let approver = order.approver;
            let _ =
                writeln!(text, "  {name} ({id}): {what} · {} {until} · {approver}", words.until);
        }
    }
    for (id, area) in state.areas() {
        if let Some(order) = area.duty {
            let name = shorten(&lang.title(&area.title), 30);
            let until = utc(order.until.wall);
            let (level, approver) = (order.level, order.approver);
            let _ =
                writeln!(text, "  {name} ({id}): {level:?} · {} {until} · {approver}", words.until);
        }
    }
    if text.is_empty() { text } else { format!("{}\n{text}", words.orders) }
}
