//! The words of tables and maps in English and Chinese; a word missing in one language does not compile.

use clap::ValueEnum;
use precinct_city::PostKind;
use precinct_roads::{Name, Profile, RoadClass, Turn};

use super::numbers::grouped;

/// A language to write in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese (中文).
    Zh,
}

impl Lang {
    /// The language asked for, else the one the settings of the terminal name, else English.
    pub(crate) fn or_from(asked: Option<Self>, locale: Option<&str>) -> Self {
        asked.unwrap_or_else(|| match locale {
            Some(locale) if locale.starts_with("zh") => Self::Zh,
            _ => Self::En,
        })
    }

    /// Its words.
    pub(crate) const fn words(self) -> &'static Words {
        match self {
            Self::En => &EN,
            Self::Zh => &ZH,
        }
    }

    /// The name in this language, else as signposted, else in the other one; nothing if there is none.
    pub(crate) fn name(self, name: &Name) -> Option<&str> {
        let order = match self {
            Self::En => [&name.en, &name.local, &name.zh],
            Self::Zh => [&name.zh, &name.local, &name.en],
        };
        order.into_iter().find(|text| !text.is_empty()).map(String::as_str)
    }

    /// The name for a program: in the language asked for, else as signposted; nothing if there is none.
    pub(crate) fn plain(asked: Option<Self>, name: &Name) -> Option<&str> {
        match asked {
            Some(lang) => lang.name(name),
            None => [&name.local, &name.zh, &name.en]
                .into_iter()
                .find(|text| !text.is_empty())
                .map(String::as_str),
        }
    }

    /// The name of a street, or what a street without one is called.
    pub(crate) fn street(self, name: &Name, class: RoadClass) -> String {
        self.name(name).map_or_else(|| self.class(class).to_owned(), str::to_owned)
    }

    /// What a street without a name is called.
    pub(crate) const fn class(self, class: RoadClass) -> &'static str {
        match (self, class) {
            (Self::En, RoadClass::Motorway | RoadClass::Trunk) => "unnamed expressway",
            (Self::Zh, RoadClass::Motorway | RoadClass::Trunk) => "无名快速路",
            (Self::En, RoadClass::Service) => "service road",
            (Self::Zh, RoadClass::Service) => "内部道路",
            (
                Self::En,
                RoadClass::Path | RoadClass::Pedestrian | RoadClass::Cycleway | RoadClass::Steps,
            ) => "path",
            (
                Self::Zh,
                RoadClass::Path | RoadClass::Pedestrian | RoadClass::Cycleway | RoadClass::Steps,
            ) => "步行道",
            (Self::En, RoadClass::Ferry) => "ferry",
            (Self::Zh, RoadClass::Ferry) => "轮渡",
            (Self::En, _) => "unnamed street",
            (Self::Zh, _) => "无名道路",
        }
    }

    /// The kind of traveller, as in "by police car".
    pub(crate) const fn profile(self, profile: Profile) -> &'static str {
        match (self, profile) {
            (Self::En, Profile::PoliceCar) => "by police car",
            (Self::En, Profile::Motorcycle) => "by motorcycle",
            (Self::En, Profile::Bicycle) => "by bicycle",
            (Self::En, Profile::Foot) => "on foot",
            (Self::Zh, Profile::PoliceCar) => "警车",
            (Self::Zh, Profile::Motorcycle) => "摩托车",
            (Self::Zh, Profile::Bicycle) => "自行车",
            (Self::Zh, Profile::Foot) => "步行",
        }
    }

    /// What to do at a junction.
    pub(crate) const fn turn(self, turn: Turn) -> &'static str {
        match (self, turn) {
            (Self::En, Turn::Start) => "start",
            (Self::En, Turn::Straight) => "straight on",
            (Self::En, Turn::Left) => "left",
            (Self::En, Turn::Right) => "right",
            (Self::En, Turn::Round) => "turn round",
            (Self::Zh, Turn::Start) => "出发",
            (Self::Zh, Turn::Straight) => "直行",
            (Self::Zh, Turn::Left) => "左转",
            (Self::Zh, Turn::Right) => "右转",
            (Self::Zh, Turn::Round) => "掉头",
        }
    }

    /// What a kind of post is called.
    pub(crate) const fn post(self, kind: PostKind) -> &'static str {
        match (self, kind) {
            (Self::En, PostKind::PoliceStation) => "Police station",
            (Self::En, PostKind::StreetStation) => "Street police station",
            (Self::En, PostKind::Checkpoint) => "Checkpoint",
            (Self::En, PostKind::Standby) => "Standby point",
            (Self::En, PostKind::FireStation) => "Fire station",
            (Self::Zh, PostKind::PoliceStation) => "派出所",
            (Self::Zh, PostKind::StreetStation) => "街面警务站",
            (Self::Zh, PostKind::Checkpoint) => "公安检查站",
            (Self::Zh, PostKind::Standby) => "备勤点",
            (Self::Zh, PostKind::FireStation) => "消防站",
        }
    }

    /// An amount of demand: `1 call`, `26 calls`, `26起警情`; a measure that is not known stays as it is.
    pub(crate) fn amount(self, number: &str, measure: &str) -> String {
        let word = match (self, measure, number) {
            (Self::Zh, "people", _) => "人",
            (Self::Zh, "people, estimated", _) => "人（估计）",
            (Self::Zh, "calls", _) => "起警情",
            (Self::Zh, "homes" | "dwellings" | "households", _) => "户",
            (Self::En, "people", "1") => "person",
            (Self::En, "calls", "1") => "call",
            _ => measure,
        };
        match self {
            Self::En => format!("{number} {word}"),
            Self::Zh => format!("{number}{word}"),
        }
    }

    /// The title of a map.
    pub(crate) fn map_title(self, city: &str) -> String {
        match self {
            Self::En => format!("{city}: minutes from the nearest post"),
            Self::Zh => format!("{city}：最近岗点到达时间"),
        }
    }

    /// `30 posts`, `30 个岗点`.
    pub(crate) fn posts(self, count: usize) -> String {
        let number = grouped(count as u64);
        match (self, count) {
            (Self::En, 1) => format!("{number} post"),
            (Self::En, _) => format!("{number} posts"),
            (Self::Zh, _) => format!("{number} 个岗点"),
        }
    }

    /// `757,926 of 780,233 people`.
    pub(crate) fn part(self, part: &str, whole: &str) -> String {
        match self {
            Self::En => format!("{part} of {whole}"),
            Self::Zh => format!("{part}/{whole}"),
        }
    }

    /// `97.1 % of demand (757,926 people) and 93.1 % of streets within 5 min`.
    pub(crate) fn covered(
        self,
        demand: Option<(&str, &str)>,
        streets: &str,
        minutes: &str,
    ) -> String {
        let within = self.within(minutes);
        match (self, demand) {
            (Self::En, Some((share, amount))) => {
                format!("{share} of demand ({amount}) and {streets} of streets {within}")
            }
            (Self::En, None) => format!("{streets} of streets {within}"),
            (Self::Zh, Some((share, amount))) => {
                format!("{within}可到达需求的{share}（{amount}）、道路的{streets}")
            }
            (Self::Zh, None) => format!("{within}可到达道路的{streets}"),
        }
    }

    /// `5 min`, `5分钟`.
    pub(crate) fn minutes(self, number: &str) -> String {
        match self {
            Self::En => format!("{number} min"),
            Self::Zh => format!("{number}分钟"),
        }
    }

    /// `within 5 min`, `5分钟内`.
    pub(crate) fn within(self, number: &str) -> String {
        match self {
            Self::En => format!("within {number} min"),
            Self::Zh => format!("{number}分钟内"),
        }
    }

    /// A grade of place: the usual ones by word, a city's own as the city writes it.
    pub(crate) fn grade(self, name: &str) -> &str {
        match (self, name) {
            (Self::Zh, "key") => "重点部位",
            (Self::Zh, "centre") => "中心区",
            (Self::Zh, "urban") => "城区",
            (Self::Zh, "rural") => "乡村",
            _ => name,
        }
    }

    /// `over 5 min`, `5分钟以上`.
    pub(crate) fn over(self, number: &str) -> String {
        match self {
            Self::En => format!("over {number} min"),
            Self::Zh => format!("{number}分钟以上"),
        }
    }
}

macro_rules! words {
    ($($key:ident: $en:literal, $zh:literal;)+) => {
        /// Words that stand alone.
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct Words { $(pub(crate) $key: &'static str,)+ }
        const EN: Words = Words { $($key: $en,)+ };
        const ZH: Words = Words { $($key: $zh,)+ };
    };
}

words! {
    reach: "Reach", "时间";
    demand: "Demand", "需求";
    streets: "Streets", "道路";
    posts: "Posts", "岗点";
    area: "Area", "区域";
    place: "Place", "地点";
    street: "Street", "道路";
    minutes: "Minutes", "分钟";
    seconds: "Time", "时间";
    length: "Length", "长度";
    turn: "Turn", "转向";
    unnamed: "unnamed street", "无名道路";
    junctions: "junctions", "路口";
    from_post: "Minutes by road from the nearest post", "道路到达时间（距最近岗点）";
    whole_city: "Whole city", "全市";
    blind: "Blind area", "盲区";
    blind_worst: "Largest demand out of reach", "需求最大的盲区";
    out_of_reach: "out of reach", "无法到达";
    no_road: "no road near", "附近无道路";
    nothing_uncovered: "Nothing is out of reach.", "没有盲区。";
    north: "N", "北";
    by_grade: "By grade of place", "按等级";
    by_area: "By area: share of demand within each time, and of streets within the last", "按区域：各时限内的需求覆盖率及最长时限内的道路覆盖率";
    by_area_streets: "By area: share of streets within each time", "按区域：各时限内的道路覆盖率";
    grade: "Grade", "等级";
    in_time: "In time", "按时到达";
    demand_off_road: "Demand with no road near, counted as out of reach", "附近无道路的需求（计为无法到达）";
    cut_off: "Streets cut off from the rest, not counted", "与主路网不连通的道路（不计）";
    not_calibrated: "Minutes by road at the usual speed of each kind of street, from the post to the street beside the place; without turnout, not yet calibrated on the city's own record.", "时间按各类道路的通常车速计算，自岗点至地点旁道路；不含出警准备时间，尚未用本市实际记录校准。";
    farthest: "Farthest streets", "最远道路";
    snapped: "starts on", "起点道路";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_follows_the_wish_then_the_terminal() {
        assert_eq!(Lang::or_from(Some(Lang::En), Some("zh_CN.UTF-8")), Lang::En);
        assert_eq!(Lang::or_from(None, Some("zh_CN.UTF-8")), Lang::Zh);
        assert_eq!(Lang::or_from(None, Some("pt_PT")), Lang::En);
        assert_eq!(Lang::or_from(None, None), Lang::En);
    }

    #[test]
    fn a_name_falls_back_to_another_language() {
        let name =
            Name { local: "Rua do Campo".into(), zh: "水坑尾街".into(), en: String::new() };
        assert_eq!(Lang::En.name(&name), Some("Rua do Campo"));
        assert_eq!(Lang::Zh.name(&name), Some("水坑尾街"));
        assert_eq!(Lang::Zh.name(&Name::default()), None);
        assert_eq!(Lang::Zh.street(&Name::default(), RoadClass::Service), "内部道路");
        assert_eq!(Lang::En.street(&name, RoadClass::Service), "Rua do Campo");
    }

    #[test]
    fn one_of_a_measure_is_worded_as_one() {
        assert_eq!(Lang::En.amount("1", "calls"), "1 call");
        assert_eq!(Lang::En.amount("2", "calls"), "2 calls");
        assert_eq!(Lang::Zh.amount("1", "people"), "1人");
        assert_eq!(Lang::En.amount("1", "visits"), "1 visits");
    }

    #[test]
    fn usual_grades_have_a_word_and_others_keep_theirs() {
        assert_eq!((Lang::Zh.grade("key"), Lang::En.grade("key")), ("重点部位", "key"));
        assert_eq!(Lang::Zh.grade("harbour"), "harbour");
    }

    #[test]
    fn minutes_are_worded_both_ways() {
        assert_eq!(
            (Lang::En.within("5"), Lang::Zh.within("5")),
            ("within 5 min".into(), "5分钟内".into())
        );
        assert_eq!(
            (Lang::En.over("5"), Lang::Zh.over("5")),
            ("over 5 min".into(), "5分钟以上".into())
        );
    }
}
