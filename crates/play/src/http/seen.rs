//! What a served city shows of itself before a play: its posts, its units, how far its record is.

use precinct_base::PostKind;
use serde_json::Value;

use super::{Client, ClientError};
use crate::told::place;
use crate::{PostSeen, UnitSeen};

impl Client {
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
}
