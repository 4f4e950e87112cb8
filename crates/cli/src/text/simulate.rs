//! The words of `precinct simulate` in English and Chinese; a word missing in one language does not compile.

use precinct_whatif::Policy;

use super::numbers::grouped;
use super::words::Lang;

/// Words.
pub(crate) struct SimulateWords {
    lang: Lang,
    pub(crate) priority: &'static str,
    pub(crate) calls: &'static str,
    pub(crate) median: &'static str,
    pub(crate) mean: &'static str,
    pub(crate) p90: &'static str,
    pub(crate) in_time: &'static str,
    pub(crate) unknown: &'static str,
    pub(crate) record: &'static str,
    pub(crate) all: &'static str,
    pub(crate) unit_hours: &'static str,
    pub(crate) task_hours: &'static str,
    pub(crate) driven: &'static str,
    pub(crate) driven_km: &'static str,
    pub(crate) covered: &'static str,
    pub(crate) covered_far: &'static str,
    pub(crate) regret: &'static str,
    pub(crate) preempted: &'static str,
    pub(crate) not_found: &'static str,
    pub(crate) area: &'static str,
    pub(crate) by_area: &'static str,
    pub(crate) difference: &'static str,
    pub(crate) first: &'static str,
    pub(crate) second: &'static str,
    pub(crate) by: &'static str,
    pub(crate) interval: &'static str,
    pub(crate) urgent: &'static str,
}

static EN: SimulateWords = SimulateWords {
    lang: Lang::En,
    priority: "Priority (target)",
    calls: "Calls",
    median: "Median",
    mean: "Mean",
    p90: "9 in 10",
    in_time: "In time",
    unknown: "Unknown",
    record: "Record: median",
    all: "All",
    unit_hours: "Unit hours on duty, a day",
    task_hours: "Unit hours on a task, a day",
    driven: "Driven, a day",
    driven_km: "Kilometres driven, a day",
    covered: "Demand covered by free units within 1 · 3 · 5 min",
    covered_far: "Demand covered within 5 min",
    regret: "Longer than the nearest free unit by road, on average",
    preempted: "Units taken off something less urgent, a day",
    not_found: "Found by patrols in the record, nobody free here, a day",
    area: "Area",
    by_area: "By area, plans side by side",
    difference: "The second plan against the first",
    first: "First",
    second: "Second",
    by: "Difference",
    interval: "95 % interval",
    urgent: "Mean, most urgent",
};

static ZH: SimulateWords = SimulateWords {
    lang: Lang::Zh,
    priority: "等级(目标)",
    calls: "警情",
    median: "中位",
    mean: "平均",
    p90: "九成以内",
    in_time: "达标",
    unknown: "未知",
    record: "记录:中位",
    all: "合计",
    unit_hours: "每日在勤小时",
    task_hours: "每日出警小时",
    driven: "每日行驶",
    driven_km: "每日行驶公里",
    covered: "空闲力量1·3·5分钟覆盖的需求",
    covered_far: "5分钟覆盖的需求",
    regret: "比最近空闲力量平均多用",
    preempted: "每日由较轻警情改派",
    not_found: "记录中巡逻发现、此处无空闲力量,每日",
    area: "辖区",
    by_area: "分辖区,方案并列",
    difference: "第二方案与第一方案相比",
    first: "第一",
    second: "第二",
    by: "相差",
    interval: "95 % 区间",
    urgent: "最急等级平均",
};

impl SimulateWords {
    /// In a language.
    pub(crate) fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::En => &EN,
            Lang::Zh => &ZH,
        }
    }

    /// A priority, without its target.
    pub(crate) const fn priority_alone(&self) -> &'static str {
        match self.lang {
            Lang::En => "Priority",
            Lang::Zh => "等级",
        }
    }

    /// What is on record, in a picture.
    pub(crate) const fn recorded_alone(&self) -> &'static str {
        match self.lang {
            Lang::En => "as recorded",
            Lang::Zh => "记录",
        }
    }

    /// What a picture has from left to right.
    pub(crate) const fn minutes_until_there(&self) -> &'static str {
        match self.lang {
            Lang::En => "minutes from the call until somebody is there; share of all calls",
            Lang::Zh => "报警至首支力量到场(分钟);占全部警情的比例",
        }
    }

    /// What was simulated, in one line.
    pub(crate) fn headline(
        &self,
        city: &str,
        days: usize,
        like: bool,
        seeds: u32,
        calls: usize,
    ) -> String {
        let (days, calls) = (grouped(days as u64), grouped(calls as u64));
        match (self.lang, like) {
            (Lang::En, false) => {
                format!(
                    "{city} · days of the record: {days} · calls: {calls} · times each: {seeds}"
                )
            }
            (Lang::En, true) => {
                format!(
                    "{city} · days like the record: {days} · calls: {calls} · times each: {seeds}"
                )
            }
            (Lang::Zh, false) => {
                format!("{city} · 记录日 {days} 天 · 警情 {calls} 起 · 各模拟 {seeds} 次")
            }
            (Lang::Zh, true) => {
                format!("{city} · 类似日 {days} 天 · 警情 {calls} 起 · 各模拟 {seeds} 次")
            }
        }
    }

    /// That what follows is of the calls of one area.
    pub(crate) fn in_area(&self, area: &str) -> String {
        match self.lang {
            Lang::En => format!("Calls in {area}, whoever came to them"),
            Lang::Zh => format!("{area}内警情(不论由何处力量处置)"),
        }
    }

    /// A plan by its name and policy.
    pub(crate) fn plan(&self, name: &str, policy: Policy) -> String {
        let name = if name == "as it is" && self.lang == Lang::Zh { "现状" } else { name };
        format!("{name} · {}", self.policy(policy))
    }

    /// A policy.
    const fn policy(&self, policy: Policy) -> &'static str {
        match (self.lang, policy) {
            (Lang::En, Policy::Closest) => "the closest by road",
            (Lang::En, Policy::CoverAware(_)) => "with an eye on cover",
            (Lang::En, Policy::Joint) => "all that wait together",
            (Lang::En, Policy::OwnDistrict(_)) => "kept for a crew of its district",
            (Lang::Zh, Policy::Closest) => "就近派警",
            (Lang::Zh, Policy::CoverAware(_)) => "兼顾覆盖",
            (Lang::Zh, Policy::Joint) => "统筹派警",
            (Lang::Zh, Policy::OwnDistrict(_)) => "优先本区警力",
        }
    }

    /// A priority with its target.
    pub(crate) fn of_priority(&self, priority: u8, target: &str) -> String {
        match self.lang {
            Lang::En => format!("{priority} ({target})"),
            Lang::Zh => format!("{priority} 级({target})"),
        }
    }

    /// How a policy beside the one that decides would have decided.
    pub(crate) fn shadow(&self, policy: Policy, differs: &str, later: f64) -> String {
        let policy = self.policy(policy);
        match self.lang {
            Lang::En => format!(
                "Beside it, \"{policy}\" would have sent others in {differs} of decisions, and there {later:.1} s later on average."
            ),
            Lang::Zh => format!("旁路“{policy}”:{differs} 的派警不同,其中平均晚到 {later:.1} 秒。"),
        }
    }

    /// What an interval over days says.
    pub(crate) fn basis_days(&self, days: usize) -> String {
        match self.lang {
            Lang::En => format!(
                "Interval: Student's, of {days} days compared in pairs, each the mean of its runs. It is for days like these."
            ),
            Lang::Zh => {
                format!("区间:{days} 天成对比较(各取多次模拟的平均),学生 t 法;适用于此类日子。")
            }
        }
    }

    /// What an interval over seeds says.
    pub(crate) fn basis_seeds(&self, seeds: usize) -> String {
        match self.lang {
            Lang::En => format!(
                "Interval: Student's, of {seeds} runs of this one day compared in pairs. It says nothing of other days: use --days."
            ),
            Lang::Zh => {
                format!("区间:同一天 {seeds} 次模拟成对比较,学生 t 法;不代表其他日子,请用 --days。")
            }
        }
    }
}
