//! What changed between two states, entry by entry.

use std::collections::BTreeSet;

use precinct_core::State;
use serde_json::{Map, Value};

/// A state as JSON. Timers, which are pairs, are put under their names so that they can be compared.
pub(crate) fn value(state: &State) -> Value {
    let mut value = serde_json::to_value(state).unwrap_or_default();
    if let Some(timers) = value.get_mut("timers")
        && let Value::Array(pairs) = timers.take()
    {
        let named = pairs.into_iter().filter_map(|pair| match pair {
            Value::Array(mut pair) if pair.len() == 2 => {
                let alarm = pair.pop()?;
                Some((pair.pop()?.to_string(), alarm))
            }
            _ => None,
        });
        *timers = Value::Object(named.collect::<Map<_, _>>());
    }
    value
}

/// A change: where, what was there before, and what is there now; `None` is nothing.
pub(crate) type Change = (String, Option<Value>, Option<Value>);

/// What differs between two values, by path.
pub(crate) fn changes(before: &Value, after: &Value) -> Vec<Change> {
    let mut found = Vec::new();
    compare(&mut Vec::new(), Some(before), Some(after), &mut found);
    found
}

fn compare(
    path: &mut Vec<String>,
    before: Option<&Value>,
    after: Option<&Value>,
    found: &mut Vec<Change>,
) {
    if before == after {
        return;
    }
    let children = |value: &Value| match value {
        Value::Object(map) => map.keys().cloned().collect::<BTreeSet<String>>(),
        Value::Array(list) => (0..list.len()).map(|at| format!("{at:04}")).collect(),
        _ => BTreeSet::new(),
    };
    let (Some(old), Some(new)) = (before, after) else {
        return found.push((path.join("."), before.cloned(), after.cloned()));
    };
    let keys: BTreeSet<String> = children(old).union(&children(new)).cloned().collect();
    let alike = (old.is_object() && new.is_object()) || (old.is_array() && new.is_array());
    if !alike || keys.is_empty() {
        return found.push((path.join("."), before.cloned(), after.cloned()));
    }
    for key in keys {
        // Numbers of a list are padded so that they sort.
        let shown = if old.is_array() { key.trim_start_matches('0') } else { &key };
        path.push(if shown.is_empty() { "0".to_owned() } else { shown.to_owned() });
        compare(path, child(old, &key), child(new, &key), found);
        path.pop();
    }
}

fn child<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    match value {
        Value::Array(list) => list.get(key.parse::<usize>().ok()?),
        other => other.get(key),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn changes_are_told_by_their_place() {
        let before = json!({"a": 1, "b": {"c": [1, 2]}, "gone": true, "same": [1]});
        let after = json!({"a": 2, "b": {"c": [1, 3, 4]}, "new": {}, "same": [1]});
        let expected = [
            ("a", Some(json!(1)), Some(json!(2))),
            ("b.c.1", Some(json!(2)), Some(json!(3))),
            ("b.c.2", None, Some(json!(4))),
            ("gone", Some(json!(true)), None),
            ("new", None, Some(json!({}))),
        ];
        let expected: Vec<Change> =
            expected.into_iter().map(|(path, old, new)| (path.to_owned(), old, new)).collect();
        assert_eq!(changes(&before, &after), expected);
        assert!(changes(&before, &before).is_empty());
        assert_eq!(changes(&json!([0]), &json!({})).len(), 1);
    }

    #[test]
    fn timers_are_named() {
        assert!(value(&State::default())["timers"].is_object());
    }
}
