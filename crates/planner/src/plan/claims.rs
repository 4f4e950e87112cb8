//! What is claimed of a choice: counted place by place, by nothing that the search uses.

use precinct_base::Millis;

use crate::{Ask, Table};

/// What a choice does for the demand of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Claims {
    /// All demand.
    pub demand: u64,
    /// Demand that a post reaches within the time of its grade.
    pub covered: u64,
    /// Demand that two posts reach within the time of its grade.
    pub twice: u64,
    /// By grade: its demand, and what of it is covered.
    pub grades: Vec<[u64; 2]>,
    /// By area: its number, its demand, and what of it is covered.
    pub areas: Vec<(u32, [u64; 2])>,
    /// Demand that no post reaches within the longest time of the table.
    pub beyond: u64,
    /// The sum of demand times milliseconds to the nearest post, over demand that one reaches.
    pub weighted_ms: u64,
    /// The longest time to the nearest post, over demand that one reaches.
    pub longest: Millis,
}

impl Claims {
    /// Of these posts, ascending.
    pub fn of(table: &Table, ask: &Ask, chosen: &[u32]) -> Self {
        let mut claims = Self::default();
        for row in 0..table.len() {
            claims.count(table, ask, chosen, row);
        }
        claims.areas.sort_unstable_by_key(|one| one.0);
        claims
    }

    fn count(&mut self, table: &Table, ask: &Ask, chosen: &[u32], row: usize) {
        let (weight, grade) = (table.weight(row, &ask.bands), table.grade(row));
        let limit = ask.time_of(grade);
        let posts = table.row(row).filter(|one| chosen.binary_search(&one.0).is_ok());
        let within = posts.clone().filter(|one| one.1 <= limit).count();
        let covered = if within > 0 { weight } else { 0 };
        self.demand += weight;
        self.covered += covered;
        self.twice += if within > 1 { weight } else { 0 };
        if self.grades.len() <= usize::from(grade) {
            self.grades.resize(usize::from(grade) + 1, [0; 2]);
        }
        let by_grade = &mut self.grades[usize::from(grade)];
        *by_grade = [by_grade[0] + weight, by_grade[1] + covered];
        if let Some(area) = table.area(row) {
            let place = self.areas.iter().position(|one| one.0 == area).unwrap_or_else(|| {
                self.areas.push((area, [0; 2]));
                self.areas.len() - 1
            });
            let by_area = &mut self.areas[place].1;
            *by_area = [by_area[0] + weight, by_area[1] + covered];
        }
        match posts.map(|one| one.1).min() {
            Some(time) => {
                let waited = weight.saturating_mul(u64::from(time.0));
                self.weighted_ms = self.weighted_ms.saturating_add(waited);
                self.longest = if weight > 0 { self.longest.max(time) } else { self.longest };
            }
            None => self.beyond += weight,
        }
    }
}
