//! The words of plans in English and Chinese.

use precinct_planner::Aim;

use super::words::Lang;

impl Lang {
    /// Words of plans that stand alone.
    pub(crate) const fn plan_words(self) -> &'static PlanWords {
        match self {
            Self::En => &EN,
            Self::Zh => &ZH,
        }
    }

    /// What a plan aims at.
    pub(crate) const fn aim(self, aim: Aim) -> &'static str {
        match (self, aim) {
            (Self::En, Aim::Cover) => "Most demand within its time",
            (Self::Zh, Aim::Cover) => "规定时间内覆盖需求最多",
            (Self::En, Aim::Set { .. }) => "All demand that can be reached, with the least",
            (Self::Zh, Aim::Set { .. }) => "以最少投入覆盖全部可达需求",
            (Self::En, Aim::Backup) => "Most demand within reach of one post and of two",
            (Self::Zh, Aim::Backup) => "单重与双重覆盖之和最多",
            (Self::En, Aim::DoubleStandard { .. }) => "Most demand within reach of two posts",
            (Self::Zh, Aim::DoubleStandard { .. }) => "双重覆盖需求最多",
            (Self::En, Aim::Expected { .. }) => "Most demand expected to find a unit free",
            (Self::Zh, Aim::Expected { .. }) => "期望覆盖最多（考虑力量占用）",
            (Self::En, Aim::Median) => "Least mean time",
            (Self::Zh, Aim::Median) => "平均到达时间最短",
            (Self::En, Aim::Centre) => "Least longest time",
            (Self::Zh, Aim::Centre) => "最长到达时间最短",
        }
    }
}

impl Lang {
    /// That all posts are taken, and what one more would bring.
    pub(crate) fn posts_bind(self, most: usize, next: &str, by: &str) -> String {
        match self {
            Self::En => format!("{most} posts; one more at {next} would bring {by}"),
            Self::Zh => format!("岗点上限{most}个；在{next}再增一个可提升{by}"),
        }
    }

    /// That demand counts by hour, and from how many calls its hours are known.
    pub(crate) fn by_hour(self, calls: &str) -> String {
        match self {
            Self::En => format!("Demand counts by hour; its hours are those of {calls} calls"),
            Self::Zh => format!("需求按小时加权，时段分布取自{calls}起报警"),
        }
    }

    /// That there is no money for what would help.
    pub(crate) fn money_binds(self, spent: &str, most: &str) -> String {
        match self {
            Self::En => format!("money: {spent} of {most} is spent"),
            Self::Zh => format!("经费：已用{spent}，上限{most}"),
        }
    }

    /// That there are not enough people for what would help.
    pub(crate) fn staff_binds(self, spent: &str, most: &str) -> String {
        match self {
            Self::En => format!("people: {spent} of {most} are posted"),
            Self::Zh => format!("人员：已用{spent}，上限{most}"),
        }
    }

    /// That a post covers more than it can serve.
    pub(crate) fn capacity_binds(self, post: &str) -> String {
        match self {
            Self::En => format!("{post} covers more than it can serve"),
            Self::Zh => format!("{post}覆盖需求超出其承载能力"),
        }
    }

    /// That an area's least cover draws posts there.
    pub(crate) fn area_binds(self, area: &str, covered: &str, least: &str) -> String {
        match self {
            Self::En => format!("least cover of {area}: {covered} covered, {least} required"),
            Self::Zh => format!("{area}最低覆盖：已覆盖{covered}，要求{least}"),
        }
    }
}

/// How far a plan may be from the best.
pub(crate) fn gap(lang: Lang, proven: bool, share: f64) -> String {
    match (lang, proven) {
        (Lang::En, true) => "none: no better plan is possible".to_owned(),
        (Lang::Zh, true) => "无：已证明不存在更优方案".to_owned(),
        (Lang::En, false) => format!("at most {:.3} %", share * 100.0),
        (Lang::Zh, false) => format!("不超过{:.3} %", share * 100.0),
    }
}

macro_rules! words {
    ($($key:ident: $en:literal, $zh:literal;)+) => {
        /// Words of plans that stand alone.
        #[derive(Debug)]
        pub(crate) struct PlanWords { $(pub(crate) $key: &'static str,)+ }
        const EN: PlanWords = PlanWords { $($key: $en,)+ };
        const ZH: PlanWords = PlanWords { $($key: $zh,)+ };
    };
}

words! {
    objective: "Objective", "目标值";
    bound: "No plan can pass", "理论上界（下界）";
    gap: "Gap", "差距";
    mean: "Mean", "平均";
    chosen: "Chosen", "选定";
    chosen_count: "Chosen", "选定数量";
    demand_covered: "Demand covered", "覆盖需求";
    demand_share: "Share of demand", "需求覆盖率";
    places: "Places of demand", "需求点";
    rows: "Rows they merge into", "合并后行数";
    searched: "Candidates left to search", "待搜索候选点";
    nodes: "Nodes searched", "搜索节点";
    posts: "Posts", "岗点";
    candidates: "candidates", "候选点";
    gained: "Gains cover", "新增覆盖";
    lost: "Loses cover", "失去覆盖";
    binds: "Held back by", "制约因素";
    before_after: "Demand in reach, before and after", "覆盖率对比（方案前后）";
    before: "Before", "方案前";
    after: "After", "方案后";
    change: "Change", "变化";
    new_posts: "New posts and what each adds", "新增岗点及各自贡献";
    adds: "Adds", "增加";
    place: "Place", "位置";
    by_area: "By area: demand in time", "各区域按时覆盖率";
    report: "where posts go", "岗点布局方案";
    sound: "The plan is sound: everything it says was worked out again and is so. Seal", "方案审核通过：全部内容已重新核算，均属实。封印";
}
