//! The audit of a plan: everything it says is worked out again, by none of the code that made it.

use std::collections::BTreeMap;

use precinct_base::Millis;

use super::share::most_served;
use super::{Claims, FORM, Plan};
use crate::{Aim, Candidate, Least, PerMille, Standing, Table};

/// Something about a plan that is not so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Finding {
    /// It was written by another program.
    #[error("the plan has form {0}, which is not known here")]
    Form(u32),
    /// It was changed after it was made.
    #[error("the plan was changed after it was sealed")]
    Seal,
    /// Roads, demand or candidates are others now.
    #[error(
        "the times from its candidates to demand are not those it was made from: roads, demand or the program have changed since; plan anew"
    )]
    Table,
    /// It has not as many candidates as the table.
    #[error("the plan has {plan} candidates, and the table {table}")]
    Candidates {
        /// Of the plan.
        plan: usize,
        /// Of the table.
        table: usize,
    },
    /// A post that is not there.
    #[error("post {0} is no candidate, or is named out of order")]
    NoSuchPost(u32),
    /// A post that may not be there.
    #[error("a post stands at candidate {0}, where none may")]
    Forbidden(u32),
    /// A post that has to stay is gone.
    #[error("the post at candidate {0} has to stay, and is not in the plan")]
    NotKept(u32),
    /// No road leads from a post to any demand.
    #[error("the post at candidate {0} reaches no demand")]
    ReachesNothing(u32),
    /// More posts, money or people than there may be.
    #[error("the plan takes {taken} {what}, and may take {most}")]
    Beyond {
        /// Of what.
        what: &'static str,
        /// How much.
        taken: u64,
        /// How much there is.
        most: u64,
    },
    /// Less cover than there has to be.
    #[error("{covered} of {demand} is covered in {place}, and {least} ‰ have to be")]
    Uncovered {
        /// Where.
        place: String,
        /// All demand there.
        demand: u64,
        /// What is covered.
        covered: u64,
        /// The share that has to be, in thousandths.
        least: u16,
    },
    /// Places that have to be covered are not.
    #[error("{0} places that a candidate covers have to be covered, and are not")]
    Missed(usize),
    /// A claim that is not so.
    #[error("the plan claims {what} that is not so: {claimed} is claimed, {found} is found")]
    Claim {
        /// What.
        what: &'static str,
        /// What the plan says.
        claimed: String,
        /// What is found.
        found: String,
    },
    /// An objective beyond its own bound.
    #[error("the objective {objective} passes the bound {bound}, which nothing can")]
    Crossed {
        /// The objective.
        objective: u64,
        /// The bound.
        bound: u64,
    },
    /// Proof is claimed where there is a gap.
    #[error("the plan claims to be proven best, with a gap of {0} millionths")]
    NotProven(u64),
}

/// What is not so about a plan, held against a table made anew from the same candidates; nothing if it is sound.
pub fn audit(plan: &Plan, table: &Table) -> Vec<Finding> {
    let mut findings = Vec::new();
    if plan.form != FORM {
        return vec![Finding::Form(plan.form)];
    }
    if plan.seal != plan.sealed() {
        findings.push(Finding::Seal);
    }
    if plan.candidates.len() != table.candidates() {
        let (plan, table) = (plan.candidates.len(), table.candidates());
        findings.push(Finding::Candidates { plan, table });
        return findings;
    }
    if plan.inputs.table != table.checksum() {
        findings.push(Finding::Table);
    }
    let before = findings.len();
    posts(plan, table, &mut findings);
    if findings[before..].iter().any(|one| matches!(one, Finding::NoSuchPost(_))) {
        return findings;
    }
    limits(plan, &mut findings);
    cover(plan, table, &mut findings);
    claims(plan, table, &mut findings);
    proof(plan, &mut findings);
    findings
}

fn posts(plan: &Plan, table: &Table, findings: &mut Vec<Finding>) {
    let chosen = &plan.answer.chosen;
    let mut reaches = vec![false; table.candidates()];
    for row in 0..table.len() {
        table.row(row).for_each(|one| reaches[one.0 as usize] = true);
    }
    let mut next = 0;
    for &one in chosen {
        if one < next || one as usize >= plan.candidates.len() {
            findings.push(Finding::NoSuchPost(one));
            return;
        }
        next = one + 1;
        if plan.candidates[one as usize].candidate.standing == Standing::Forbidden {
            findings.push(Finding::Forbidden(one));
        }
        if !reaches[one as usize] {
            findings.push(Finding::ReachesNothing(one));
        }
    }
    for (one, sited) in (0..).zip(&plan.candidates) {
        if sited.candidate.standing == Standing::Kept && !chosen.contains(&one) {
            findings.push(Finding::NotKept(one));
        }
    }
}

fn spent(plan: &Plan, of: impl Fn(&Candidate) -> u64) -> u64 {
    plan.answer.chosen.iter().map(|&one| of(&plan.candidates[one as usize].candidate)).sum()
}

fn limits(plan: &Plan, findings: &mut Vec<Finding>) {
    let all = [
        ("posts", plan.ask.posts.map(|most| most as u64), plan.answer.chosen.len() as u64),
        ("money", plan.ask.money, spent(plan, |one| one.money)),
        ("people", plan.ask.staff, spent(plan, |one| one.staff)),
    ];
    for (what, most, taken) in all {
        if let Some(most) = most.filter(|&most| taken > most) {
            findings.push(Finding::Beyond { what, taken, most });
        }
    }
}

/// How many of the chosen reach a place within a time, and whether any candidate does where a post may stand.
fn reached(plan: &Plan, table: &Table, row: usize, within: Millis) -> (usize, bool) {
    let mut near = table.row(row).filter(|one| one.1 <= within);
    let chosen = near.clone().filter(|one| plan.answer.chosen.contains(&one.0)).count();
    let may = |one: u32| plan.candidates[one as usize].candidate.standing != Standing::Forbidden;
    (chosen, near.any(|one| may(one.0)))
}

fn cover(plan: &Plan, table: &Table, findings: &mut Vec<Finding>) {
    let ask = &plan.ask;
    let share = |counts: &dyn Fn(usize) -> bool| {
        let rows = (0..table.len()).filter(|&row| counts(row));
        rows.fold((0, 0), |(demand, covered), row| {
            let weight = table.weight(row, &ask.bands);
            let near = reached(plan, table, row, ask.time_of(table.grade(row))).0 > 0;
            (demand + weight, covered + if near { weight } else { 0 })
        })
    };
    let mut hold = |place: String, (demand, covered): (u64, u64), least: PerMille| {
        if u128::from(covered) * 1_000 < u128::from(demand) * u128::from(least.0) {
            findings.push(Finding::Uncovered { place, demand, covered, least: least.0 });
        }
    };
    for floor in &ask.floors {
        let all = share(&|row| table.area(row) == Some(floor.area));
        hold(format!("area {}", floor.area), all, floor.least);
    }
    if let Aim::DoubleStandard { once: least } | Aim::Set { share: Some(least), .. } = ask.aim {
        hold("the whole".to_owned(), share(&|_| true), least);
    }
    let missed = |within: &dyn Fn(usize) -> Millis| {
        let counts = |&row: &usize| table.weight(row, &ask.bands) > 0;
        let all = (0..table.len()).filter(counts);
        all.filter(|&row| matches!(reached(plan, table, row, within(row)), (0, true))).count()
    };
    let whole_set = matches!(ask.aim, Aim::Set { share: None, .. }) && ask.floors.is_empty();
    let by_set = if whole_set { missed(&|row| ask.time_of(table.grade(row))) } else { 0 };
    let by_outer = ask.outer.map_or(0, |outer| missed(&|_| outer));
    if by_set + by_outer > 0 {
        findings.push(Finding::Missed(by_set + by_outer));
    }
}

fn claims(plan: &Plan, table: &Table, findings: &mut Vec<Finding>) {
    let found = Claims::of(table, &plan.ask, &plan.answer.chosen);
    if found != plan.claims {
        let told = |claims: &Claims| format!("{} covered, {} twice", claims.covered, claims.twice);
        let (claimed, found) = (told(&plan.claims), told(&found));
        findings.push(Finding::Claim { what: "cover", claimed, found });
    }
    let (found, off) = objective(plan, table);
    let claimed = plan.answer.objective;
    if claimed.abs_diff(found) > off {
        let (claimed, found) = (claimed.to_string(), found.to_string());
        findings.push(Finding::Claim { what: "an objective", claimed, found });
    }
}

/// The objective worked out place by place, and how far rounding may take it.
fn objective(plan: &Plan, table: &Table) -> (u64, u64) {
    let ask = &plan.ask;
    let sum = |worth: &dyn Fn(usize, usize) -> u64| -> u64 {
        let within = |row: usize| reached(plan, table, row, ask.time_of(table.grade(row))).0;
        (0..table.len()).map(|row| worth(row, within(row))).sum()
    };
    let weight = |row: usize| table.weight(row, &ask.bands);
    let nearest = |row: usize| {
        let posts = table.row(row).filter(|one| plan.answer.chosen.contains(&one.0));
        posts.map(|one| one.1.0).min()
    };
    let exact = match ask.aim {
        Aim::Cover if ask.capacities => served(plan, table),
        Aim::Cover => sum(&|row, count| weight(row) * count.min(1) as u64),
        Aim::Backup => sum(&|row, count| weight(row) * count.min(2) as u64),
        Aim::DoubleStandard { .. } => sum(&|row, count| weight(row) * u64::from(count > 1)),
        Aim::Set { least: Least::Posts, .. } => plan.answer.chosen.len() as u64,
        Aim::Set { least: Least::Money, .. } => spent(plan, |one| one.money),
        Aim::Set { least: Least::Staff, .. } => spent(plan, |one| one.staff),
        Aim::Median => {
            let beyond = table.longest().0 + 1;
            sum(&|row, _| weight(row) * u64::from(nearest(row).unwrap_or(beyond)))
        }
        Aim::Centre => (0..table.len())
            .filter(|&row| weight(row) > 0)
            .filter_map(nearest)
            .max()
            .unwrap_or(0)
            .into(),
        Aim::Expected { busy } => return expected(plan, table, busy),
    };
    (exact, 0)
}

/// What the chosen can serve within their capacities.
fn served(plan: &Plan, table: &Table) -> u64 {
    let mut groups: BTreeMap<Vec<u32>, u64> = BTreeMap::new();
    for row in 0..table.len() {
        let limit = plan.ask.time_of(table.grade(row));
        let near =
            table.row(row).filter(|one| one.1 <= limit && plan.answer.chosen.contains(&one.0));
        *groups.entry(near.map(|one| one.0).collect()).or_default() +=
            table.weight(row, &plan.ask.bands);
    }
    let all: u64 = groups.values().sum();
    let most = |&one: &u32| (one, plan.candidates[one as usize].candidate.capacity.unwrap_or(all));
    most_served(groups, plan.answer.chosen.iter().map(most).collect())
}

/// Expected cover by multiplying the busy shares of whoever covers; the search counts them in whole parts of a logarithm, hence half a
/// per cent either way.
fn expected(plan: &Plan, table: &Table, busy: PerMille) -> (u64, u64) {
    let parts = u128::from(plan.answer.parts);
    let (mut sum, mut all) = (0u128, 0u128);
    for row in 0..table.len() {
        let limit = plan.ask.time_of(table.grade(row));
        let near =
            table.row(row).filter(|one| one.1 <= limit && plan.answer.chosen.contains(&one.0));
        let none = near.fold(1u128 << 64, |none, (one, _)| {
            let share = plan.candidates[one as usize].candidate.busy.unwrap_or(busy);
            none * u128::from(share.0) / 1_000
        });
        let weight = u128::from(table.weight(row, &plan.ask.bands));
        let free = ((1u128 << 64) - none) >> 32;
        sum += (weight * free * parts) >> 32;
        all += weight * parts;
    }
    (sum as u64, (all / 200) as u64 + 1)
}

fn proof(plan: &Plan, findings: &mut Vec<Finding>) {
    let answer = &plan.answer;
    let (objective, bound) = (answer.objective, answer.bound);
    let least = matches!(plan.ask.aim, Aim::Set { .. } | Aim::Median | Aim::Centre);
    if if least { objective < bound } else { objective > bound } {
        findings.push(Finding::Crossed { objective, bound });
    }
    if answer.proven && answer.gap() > 0 {
        findings.push(Finding::NotProven(answer.gap()));
    }
}
