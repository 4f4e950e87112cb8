//! The words of what was fitted to a record, in English and Chinese.

use precinct_base::Millis;
use precinct_calibration::Fault;
use precinct_city::City;
use precinct_roads::Profile;

use super::numbers::clock;
use super::words::Lang;

/// The words; one missing in either language does not compile.
pub(crate) struct Words {
    zh: bool,
    pub(crate) title: &'static str,
    pub(crate) rows: &'static str,
    pub(crate) left_out: &'static str,
    pub(crate) lines: &'static str,
    pub(crate) fitted: &'static str,
    pub(crate) held_out: &'static str,
    pub(crate) days: &'static str,
    pub(crate) error: &'static str,
    pub(crate) by_hour: &'static str,
    pub(crate) by_area: &'static str,
    pub(crate) factors: &'static str,
    pub(crate) turnout: &'static str,
    pub(crate) on_scene: &'static str,
    pub(crate) after: &'static str,
    pub(crate) calibrated: &'static str,
    pub(crate) imported: &'static str,
    pub(crate) constant: &'static str,
    pub(crate) bias: &'static str,
    pub(crate) median_error: &'static str,
    pub(crate) p90_error: &'static str,
    pub(crate) rank: &'static str,
    pub(crate) of_imported: &'static str,
    pub(crate) error_imported: &'static str,
    pub(crate) trips: &'static str,
    pub(crate) factor: &'static str,
    pub(crate) start_stop: &'static str,
    pub(crate) hours: &'static str,
    pub(crate) area: &'static str,
    pub(crate) force: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) median: &'static str,
    pub(crate) p90: &'static str,
    pub(crate) all: &'static str,
    pub(crate) unknown: &'static str,
    pub(crate) wrong: &'static str,
    pub(crate) held_within: &'static str,
    pub(crate) forecast: &'static str,
    pub(crate) calls: &'static str,
    pub(crate) patrol: &'static str,
    pub(crate) outside: &'static str,
    pub(crate) calls_fitted: &'static str,
    pub(crate) calls_held_out: &'static str,
    pub(crate) expected: &'static str,
    pub(crate) cells: &'static str,
    pub(crate) kernel: &'static str,
    pub(crate) busy: &'static str,
    pub(crate) within: &'static str,
    pub(crate) methods: &'static str,
    pub(crate) surprise: &'static str,
    pub(crate) gain: &'static str,
    pub(crate) hit_1: &'static str,
    pub(crate) hit_5: &'static str,
    pub(crate) hit_10: &'static str,
    pub(crate) pai_5: &'static str,
    pub(crate) smoothed: &'static str,
    pub(crate) no_hours: &'static str,
    pub(crate) last_week: &'static str,
    pub(crate) people: &'static str,
}

/// Those of a language.
pub(crate) const fn words(lang: Lang) -> &'static Words {
    match lang {
        Lang::En => &EN,
        Lang::Zh => &ZH,
    }
}

/// What stands beside minutes: which calibration they come from and its error on days held out, or that they are as imported.
pub(crate) fn statement(lang: Lang, city: &City, profile: Profile) -> String {
    let Some(used) = city.calibrated_for(profile) else {
        return lang.words().not_calibrated.to_owned();
    };
    let (made, score) = (&used.calibration.made, &used.calibration.held_out);
    let time = |ms: u64| clock(Millis(u32::try_from(ms).unwrap_or(u32::MAX)));
    let (median, p90) = (time(score.median_error_ms), time(score.p90_error_ms));
    let bias = format!(
        "{}{}.{} %",
        if score.bias_per_mille < 0 { "−" } else { "+" },
        score.bias_per_mille.unsigned_abs() / 10,
        score.bias_per_mille.unsigned_abs() % 10
    );
    match lang {
        Lang::En => format!(
            "Minutes by road, from the post to the street beside the place, without turnout; calibrated ({}, from {}): on {} drives held out, median error {median}, 9 in 10 within {p90}, bias {bias}.",
            used.checksum, made.record, score.trips
        ),
        Lang::Zh => format!(
            "行车时间自岗点至地点旁道路，不含出警准备时间；已校准（{}，依据 {}）：在 {} 次留作检验的行程上，中位误差 {median}，九成在 {p90} 以内，偏差 {bias}。",
            used.checksum, made.record, score.trips
        ),
    }
}

impl Words {
    /// Why a row tells nothing of travel.
    pub(crate) const fn fault(&self, fault: Fault) -> &'static str {
        let (en, zh) = match fault {
            Fault::NotSent => ("not said when it was sent", "未记派警时间"),
            Fault::NotSetOff => ("not said when it set off", "未记出发时间"),
            Fault::NotThere => ("not said when it was there", "未记到场时间"),
            Fault::Order => ("wrong: instants out of order", "有误：时间先后颠倒"),
            Fault::AtOnce => ("wrong: there within 10 seconds", "有误：10 秒内到场"),
            Fault::TooFast => ("wrong: faster than any vehicle", "有误：快于任何车辆"),
            Fault::TooSlow => ("wrong: far slower than walking", "有误：远慢于步行"),
            Fault::StartUnknown => ("not known where it started", "出发地不明"),
            Fault::OnAnotherCall => ("was on another call", "正在处置另一警情"),
            Fault::OnItsWayBack => ("was on its way back", "正在返回途中"),
            Fault::FarFromStreets => ("no street near", "附近无道路"),
            Fault::NoWay => ("no way by road", "道路不通"),
        };
        if self.zh { zh } else { en }
    }

    /// What limits the rank correlation.
    pub(crate) fn limit(&self, repeats: &str, rank: &str, most: &str) -> String {
        if self.zh {
            format!(
                "{repeats} 对同地出发、同街到场的行程，两次之间的等级相关为 {rank}；仅凭地点与时段的预测，难以超过约 {most}。"
            )
        } else {
            format!(
                "{repeats} pairs of drives from one place to one street agree with each other at {rank}: \
                 no forecast from place and hour can be expected to do much better than {most}."
            )
        }
    }
}

const EN: Words = Words {
    zh: false,
    title: "Calibration",
    rows: "rows",
    left_out: "left out",
    lines: "lines",
    fitted: "drives fitted to",
    held_out: "drives held out",
    days: "days",
    error: "Error of travel times on days held out",
    by_hour: "By hour of the day",
    by_area: "By area driven to",
    factors: "Factors on travel time as imported",
    turnout: "Turnout: from being sent to wheels turning",
    on_scene: "On scene: to being free, or to leaving for elsewhere",
    after: "After: from leaving the scene to being free",
    calibrated: "calibrated",
    imported: "class speeds as imported",
    constant: "one constant speed",
    bias: "Median bias",
    median_error: "Median error",
    p90_error: "9 in 10 within",
    rank: "Rank corr.",
    of_imported: "Of imported's",
    error_imported: "As imported",
    trips: "Drives",
    factor: "Factor",
    start_stop: "every drive, beside its streets",
    hours: "Hours",
    area: "Area",
    force: "Force",
    kind: "Type",
    median: "Median",
    p90: "9 in 10",
    all: "all",
    unknown: "not said:",
    wrong: "wrong:",
    held_within: "on days held out, within median / 9 in 10:",
    forecast: "Forecast of calls",
    calls: "calls of the record",
    patrol: "refused: found by patrols",
    outside: "outside of the city",
    calls_fitted: "calls fitted to",
    calls_held_out: "calls held out",
    expected: "expected on the days held out",
    cells: "cells",
    kernel: "kernel",
    busy: "cells with two or more expected",
    within: "within nine chances in ten",
    methods: "Methods on days held out",
    surprise: "Surprise (nats)",
    gain: "Gain",
    hit_1: "Hit in 1 %",
    hit_5: "Hit in 5 %",
    hit_10: "Hit in 10 %",
    pai_5: "PAI at 5 %",
    smoothed: "smoothed, by hour",
    no_hours: "smoothed, every hour alike",
    last_week: "last seven days",
    people: "as people live",
};

const ZH: Words = Words {
    zh: true,
    title: "校准",
    rows: "行数",
    left_out: "略去",
    lines: "行号",
    fitted: "用于拟合的行程",
    held_out: "留作检验的行程",
    days: "天",
    error: "检验日行车时间误差",
    by_hour: "按时段",
    by_area: "按到达辖区",
    factors: "行车时间系数（相对导入值）",
    turnout: "出警准备：派警至出发",
    on_scene: "现场处置：到场至结束或离场",
    after: "离场之后：离场至恢复待命",
    calibrated: "校准后",
    imported: "导入的道路等级速度",
    constant: "单一恒定速度",
    bias: "中位偏差",
    median_error: "中位误差",
    p90_error: "九成在此内",
    rank: "等级相关",
    of_imported: "相对导入值",
    error_imported: "导入值误差",
    trips: "行程",
    factor: "系数",
    start_stop: "每次出行的固定用时",
    hours: "时段",
    area: "辖区",
    force: "力量",
    kind: "类型",
    median: "中位数",
    p90: "九成",
    all: "全部",
    unknown: "未记：",
    wrong: "有误：",
    held_within: "检验日在中位数／九成值以内：",
    forecast: "报警预测",
    calls: "记录中的警情",
    patrol: "拒用：巡逻发现",
    outside: "城市范围之外",
    calls_fitted: "用于拟合的警情",
    calls_held_out: "留作检验的警情",
    expected: "检验日预计",
    cells: "网格",
    kernel: "核宽",
    busy: "预计两起以上的网格",
    within: "在九成区间内",
    methods: "检验日各方法",
    surprise: "意外度（奈特）",
    gain: "增益",
    hit_1: "1 % 命中",
    hit_5: "5 % 命中",
    hit_10: "10 % 命中",
    pai_5: "5 % 精度指数",
    smoothed: "平滑，分时段",
    no_hours: "平滑，不分时段",
    last_week: "前七天",
    people: "按人口",
};
