//! What becomes of areas.

use super::Area;
use crate::State;
use crate::event::AreaSet;

pub(crate) fn described(state: &mut State, fact: &AreaSet) {
    let AreaSet { area, parent, level, grade, reach, ref title } = *fact;
    let duty = state.areas.get(&area).and_then(|before| before.duty);
    let title = title.clone();
    state.areas.insert(area, Area { parent, level, grade, reach, title, duty });
}
