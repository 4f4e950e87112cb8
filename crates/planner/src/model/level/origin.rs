//! Which rows a row is made of.

/// By row: the rows, of the problem this is left of, that it stands for, and their weights.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origin {
    ends: Vec<u32>,
    parts: Vec<(u32, i64)>,
}

impl Origin {
    pub(super) fn push(&mut self, parts: impl IntoIterator<Item = (u32, i64)>) {
        self.parts.extend(parts);
        self.ends.push(self.parts.len() as u32);
    }

    pub(super) fn get(&self, row: usize) -> &[(u32, i64)] {
        let start = if row == 0 { 0 } else { self.ends[row - 1] };
        &self.parts[start as usize..self.ends[row] as usize]
    }
}
