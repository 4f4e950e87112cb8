//! The plan for people.

use precinct_base::Millis;
use precinct_containment::{Point, ProofKind};

use super::Told;
use crate::failure::Failure;
use crate::output::Out;
use crate::text::numbers::{clock, grouped};
use crate::text::sealing::Sealing;
use crate::text::table::{Align, Table, shorten};
use crate::text::words::Lang;

impl Told<'_> {
    pub(super) fn table(&self, lang: Lang, out: &mut Out) -> Result<(), Failure> {
        let (plan, words) = (self.plan, lang.sealing());
        let city = lang.name(&self.place.city.name).unwrap_or_default();
        out.heading(&format!("{city} · {}", self.verdict(lang)))?;
        out.line(&format!("  {}", self.proven(lang)))?;
        if !plan.points.is_empty() {
            out.line("")?;
            let mut table = Table::new(&[
                (words.point, Align::Left),
                (words.unit, Align::Left),
                (words.there, Align::Right),
                (words.closed, Align::Right),
                (words.quarry, Align::Right),
                (words.slack, Align::Right),
            ]);
            for point in self.by_need() {
                table.row(self.row(point, lang, words));
            }
            out.text(&table.render(out.bold()))?;
        }
        for lost in &plan.lost {
            let at = self.network.map().node_at(lost.node);
            out.line(&format!(
                "  {} {at} ({})",
                words.lost,
                clock(self.until(lost.quarry).millis())
            ))?;
        }
        for &seen in &plan.doubted {
            out.line(&format!("  {}", lang.doubted(seen + 1)))?;
        }
        out.line("")?;
        out.line(&format!("  {}", words.note))
    }

    /// The points, what the quarry comes to first before what they come to later.
    pub(super) fn by_need(&self) -> Vec<&Point> {
        let mut points: Vec<&Point> = self.plan.points.iter().collect();
        points.sort_by_key(|point| (point.manned.is_some(), point.quarry, point.node));
        points
    }

    fn row(&self, point: &Point, lang: Lang, words: &Sealing) -> [String; 6] {
        let quarry = clock(self.until(point.quarry).millis());
        let name = shorten(&self.name(point, lang), 44);
        match point.manned {
            Some(manned) => [
                name,
                shorten(self.force.name(manned.unit), 24),
                clock(self.until(manned.arrival).millis()),
                clock(self.until(manned.ready).millis()),
                quarry,
                clock(manned.slack),
            ],
            None => [name, words.nobody.to_owned(), "–".into(), "–".into(), quarry, "–".into()],
        }
    }

    pub(super) fn verdict(&self, lang: Lang) -> String {
        let plan = self.plan;
        let points = grouped(plan.cut_size() as u64);
        match (plan.sealed, plan.proof.kind) {
            (true, _) => lang.sealed(&points, &clock(plan.least_slack().unwrap_or(Millis::ZERO))),
            (false, ProofKind::Impossible) => lang.not_sealed(&points, plan.missing, true),
            (false, _) => lang.not_sealed(&points, plan.missing, false),
        }
    }

    fn proven(&self, lang: Lang) -> String {
        let proof = self.plan.proof;
        let least = self.plan.missing_at_least;
        lang.proven(proof.kind, proof.at_least, proof.most_slack, least)
    }
}
