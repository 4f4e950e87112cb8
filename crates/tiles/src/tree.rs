//! A packed tree of boxes: what meets a box is found without looking at what is far from it.

use std::ops::Range;

use crate::world::Extent;

/// Boxes under one.
const FAN: usize = 16;

/// A tree over a run of boxes that are kept elsewhere, in an order in which neighbours are near.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tree {
    /// Where the run starts.
    first: usize,
    len: usize,
    /// The boxes round [`FAN`] boxes of the level below, from the lowest level to the highest.
    levels: Vec<Vec<Extent>>,
}

impl Tree {
    /// The tree over the boxes of `run`.
    pub(crate) fn over(boxes: &[Extent], run: Range<usize>) -> Self {
        let (first, len) = (run.start, run.len());
        let mut levels: Vec<Vec<Extent>> = Vec::new();
        let mut below = &boxes[run];
        while below.len() > FAN {
            levels.push(below.chunks(FAN).map(around).collect());
            below = levels.last().map_or(&[], Vec::as_slice);
        }
        Self { first, len, levels }
    }

    /// Calls `found` with the number of each box of the run that meets `window`, in order.
    pub(crate) fn meeting(&self, boxes: &[Extent], window: Extent, found: &mut impl FnMut(usize)) {
        let top = self.levels.last().map_or(self.len, Vec::len);
        self.visit(boxes, self.levels.len(), 0..top, window, found);
    }

    fn visit(
        &self,
        boxes: &[Extent],
        level: usize,
        range: Range<usize>,
        window: Extent,
        found: &mut impl FnMut(usize),
    ) {
        let Some(below) = level.checked_sub(1) else {
            let run = range.start + self.first..range.end + self.first;
            return run.filter(|&i| boxes[i].meets(window)).for_each(found);
        };
        let under = below.checked_sub(1).map_or(self.len, |lower| self.levels[lower].len());
        for i in range {
            if self.levels[below][i].meets(window) {
                self.visit(boxes, below, i * FAN..((i + 1) * FAN).min(under), window, found);
            }
        }
    }
}

fn around(boxes: &[Extent]) -> Extent {
    boxes.iter().fold(Extent::NOTHING, |all, one| all.with(*one))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Point;
    use proptest::prelude::*;

    fn extent() -> impl Strategy<Value = Extent> {
        (0..100u32, 0..100u32, 0..9u32, 0..9u32).prop_map(|(x, y, wide, high)| Extent {
            min: Point { x, y },
            max: Point { x: x + wide, y: y + high },
        })
    }

    proptest! {
        #[test]
        fn it_finds_what_looking_at_all_finds(
            boxes in prop::collection::vec(extent(), 0..700),
            window in extent(),
            cut in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
        ) {
            let (a, b) = (cut.0.index(boxes.len() + 1), cut.1.index(boxes.len() + 1));
            let run = a.min(b)..a.max(b);
            let mut found = Vec::new();
            Tree::over(&boxes, run.clone()).meeting(&boxes, window, &mut |i| found.push(i));
            let all: Vec<usize> = run.filter(|&i| boxes[i].meets(window)).collect();
            prop_assert_eq!(found, all);
        }
    }
}
