//! What a served city shows of itself: its posts, its units, how far its record is.

use std::collections::BTreeMap;

use precinct_base::{LonLat, Millis, PostKind};
use serde_json::Value;

use super::{Client, ClientError};
use crate::told::place;
use crate::{PostSeen, UnitSeen};

/// A unit that is free to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FreeUnit {
    /// What it is called on the air.
    pub call_sign: String,
    /// How it moves, by the contract's name: car, motorcycle, bicycle, foot, boat.
    pub vehicle: String,
    /// Where it was seen last; if it was not, where its post is.
    pub at: LonLat,
    /// How long ago it was seen.
    pub seen: Option<Millis>,
}

impl Client {
    /// The units that are free, where they are known to be. A unit of no post that was never seen is nowhere, and is left out.
    ///
    /// # Errors
    /// When the city is away, or does not tell this key.
    pub fn free_units(&self) -> Result<Vec<FreeUnit>, ClientError> {
        let posts = self.posts()?.into_iter().map(|post| (post.post, post.at)).collect();
        Ok(self.list("/api/v1/units")?.iter().filter_map(|unit| free(unit, &posts)).collect())
    }

    /// How far the record is.
    pub(crate) fn seq(&self) -> Result<u64, ClientError> {
        Ok(self.get("/api/v1/board")?.get("seq").and_then(Value::as_u64).unwrap_or(0))
    }

    /// The posts.
    pub(crate) fn posts(&self) -> Result<Vec<PostSeen>, ClientError> {
        Ok(self.list("/api/v1/posts")?.iter().filter_map(post).collect())
    }

    /// The units.
    pub(crate) fn units(&self) -> Result<Vec<UnitSeen>, ClientError> {
        Ok(self.list("/api/v1/units")?.iter().filter_map(unit).collect())
    }

    /// A list, page by page.
    fn list(&self, path: &str) -> Result<Vec<Value>, ClientError> {
        let (mut all, mut page) = (Vec::new(), path.to_owned());
        loop {
            let mut body = self.get(&page)?;
            let items = body.get_mut("items").map(Value::take);
            let Some(Value::Array(items)) = items else {
                return Err(self.unread(path, "no `items`".to_owned()));
            };
            let got = items.len();
            all.extend(items);
            match body.get("next").and_then(Value::as_str) {
                Some(next) if got > 0 => page = format!("{path}?cursor={next}"),
                _ => return Ok(all),
            }
        }
    }
}

fn number(of: &Value, field: &str) -> Option<u32> {
    of.get(field)?.as_u64()?.try_into().ok()
}

fn post(of: &Value) -> Option<PostSeen> {
    let name = of.get("name").or_else(|| of.get("title"));
    let name = |language: &str| {
        name.and_then(|name| name.get(language))
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
    };
    Some(PostSeen {
        post: number(of, "post")?,
        kind: PostKind::from_name(of.get("kind")?.as_str()?)?,
        area: number(of, "area").unwrap_or(0),
        at: place(of.get("at")?)?,
        name: name("en").or_else(|| name("zh")).unwrap_or_default().to_owned(),
    })
}

fn unit(of: &Value) -> Option<UnitSeen> {
    let status = of.get("status").and_then(Value::as_str).unwrap_or("off_duty");
    Some(UnitSeen {
        unit: number(of, "unit")?,
        call_sign: of.get("call_sign")?.as_str()?.to_owned(),
        on_duty: status != "off_duty",
        shift: number(of, "shift"),
        incident: number(of, "incident"),
        out: status == "out",
    })
}

fn free(of: &Value, posts: &BTreeMap<u32, LonLat>) -> Option<FreeUnit> {
    let text = |field: &str| of.get(field)?.as_str();
    if text("status") != Some("available") {
        return None;
    }
    let fix = of.get("fix").filter(|fix| fix.is_object());
    let seen = fix.and_then(|fix| Some((place(fix.get("at")?)?, number(fix, "age_ms")?)));
    let post = || posts.get(&number(of, "home")?).copied();
    Some(FreeUnit {
        call_sign: text("call_sign")?.to_owned(),
        vehicle: text("vehicle")?.to_owned(),
        at: seen.map(|seen| seen.0).or_else(post)?,
        seen: seen.map(|seen| Millis(seen.1)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn posts_and_units_are_read_as_the_contract_has_them() {
        let post = post(&json!({ "post": 3, "kind": "police_station", "area": 1, "at": [-122.4, 37.7], "name": { "en": "", "zh": "总局" }, "level": 2 })).unwrap();
        assert_eq!(
            (post.post, post.area, post.name.as_str(), post.kind),
            (3, 1, "总局", PostKind::PoliceStation)
        );
        assert!(super::post(&json!({ "post": 3, "kind": "church", "at": [0, 0] })).is_none());
        let unit = unit(&json!({ "unit": 4, "call_sign": "PD-1", "status": "en_route", "incident": 9, "shift": 2 })).unwrap();
        assert_eq!(
            (unit.on_duty, unit.incident, unit.shift, unit.out),
            (true, Some(9), Some(2), false)
        );
    }

    #[test]
    fn free_units_are_where_they_were_seen_or_at_their_post() {
        let posts = BTreeMap::from([(3, LonLat::new(-1_224_000_000, 377_000_000).unwrap())]);
        let unit = |status: &str, home: Value, fix: Value| {
            let unit = json!({ "unit": 1, "call_sign": "PD-1", "vehicle": "car", "status": status, "home": home, "fix": fix });
            free(&unit, &posts)
        };
        let fix = json!({ "at": [-122.5, 37.8], "time": "1970-01-01T00:00:00Z", "age_ms": 4_000 });
        let seen = unit("available", json!(3), fix.clone()).unwrap();
        assert_eq!((seen.at.degrees(), seen.seen), ((-122.5, 37.8), Some(Millis(4_000))));
        let at_post = unit("available", json!(3), json!(null)).unwrap();
        assert_eq!((at_post.at, at_post.seen), (posts[&3], None));
        assert_eq!((at_post.call_sign.as_str(), at_post.vehicle.as_str()), ("PD-1", "car"));
        assert_eq!(unit("available", json!(null), json!(null)), None);
        assert_eq!(unit("available", json!(9), json!(null)), None);
        for busy in ["off_duty", "dispatched", "on_scene", "out"] {
            assert_eq!(unit(busy, json!(3), fix.clone()), None, "{busy}");
        }
    }
}
