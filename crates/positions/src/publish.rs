//! How a view gets to its readers: a new one each tick, in the memory of one that nobody looks at any more.

use std::sync::Arc;

use arc_swap::ArcSwap;
use precinct_base::Timestamp;

use crate::View;
use crate::columns::{Cold, Hot};
use crate::tree::sort::Sorter;

/// Old views kept for their memory; more are left to their readers.
const RETIRED: usize = 2;

/// A reader's door to the latest view. Cheap to clone; looking never waits for the writer, and the writer never for a look.
#[derive(Clone, Debug)]
pub struct Reader(Arc<ArcSwap<View>>);

impl Reader {
    /// The view of the last tick. It stays as it is for as long as it is held.
    pub fn view(&self) -> Arc<View> {
        self.0.load_full()
    }
}

/// The writer's end of it.
#[derive(Debug, Default)]
pub(crate) struct Publisher {
    published: Arc<ArcSwap<View>>,
    retired: Vec<Arc<View>>,
    sorter: Sorter,
}

impl Publisher {
    pub(crate) fn reader(&self) -> Reader {
        Reader(Arc::clone(&self.published))
    }

    pub(crate) fn publish(&mut self, now: Timestamp, hot: &[Hot], cold: &[Cold]) {
        let mut view = self.spare();
        view.fill(now, hot, cold, &mut self.sorter);
        let old = self.published.swap(Arc::new(view));
        if self.retired.len() < RETIRED {
            self.retired.push(old);
        }
    }

    /// A view that nobody else holds, or a new one.
    fn spare(&mut self) -> View {
        let mut spare = None;
        for old in std::mem::take(&mut self.retired) {
            match Arc::try_unwrap(old) {
                Ok(view) => spare = Some(view),
                Err(held) => self.retired.push(held),
            }
        }
        spare.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use precinct_base::{LonLat, Metres};

    #[test]
    fn what_is_looked_at_stays_and_what_is_not_is_used_again() {
        let mut publisher = Publisher::default();
        let reader = publisher.reader();
        let at = |lat| vec![Hot { at: LonLat::new(0, lat).unwrap(), time: Timestamp(0) }];
        let mut looks = Vec::new();
        for lat in 0..10 {
            publisher.publish(Timestamp(i64::from(lat)), &at(lat), &[Cold::NONE]);
            if lat < 5 {
                looks.push(reader.view());
            }
            assert!(publisher.retired.len() <= RETIRED);
        }
        for (lat, view) in looks.iter().enumerate() {
            let near = view.nearest(LonLat::default(), 1, Metres(9));
            assert_eq!((view.now().0, near[0].position.at.lat()), (lat as i64, lat as i32));
        }
        drop(looks);
        publisher.publish(Timestamp(10), &at(10), &[Cold::NONE]);
        assert_eq!(publisher.retired.len(), 1);
    }
}
