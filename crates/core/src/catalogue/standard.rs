//! The catalogue that a city has until it sets its own. A sensible start, no norm.

use precinct_base::{Metres, Millis};

use super::{Catalogue, ClockTimes, Grade, IncidentType, Named, Need, Priority, Rules, Title};
use crate::{Code, Role};

/// Code, English, Chinese.
type Row = (&'static str, &'static str, &'static str);

const CAPABILITIES: &[Row] = &[
    ("armed", "Armed", "武装处置"),
    ("boat", "Boat", "船艇"),
    ("dog", "Dog handler", "警犬"),
    ("first_aid", "First aid", "急救"),
    ("fire", "Fire fighting", "消防"),
    ("hazmat", "Hazardous goods", "危化品处置"),
    ("mediation", "Mediation", "调解"),
    ("patrol", "Patrol", "巡逻"),
    ("public_order", "Public order", "秩序维护"),
    ("traffic", "Traffic", "交通"),
    ("volunteer", "Volunteers", "群防力量"),
];

const DISPOSITIONS: &[Row] = &[
    ("advice_given", "Advice given", "已告知"),
    ("case_opened", "Case opened", "立案"),
    ("dealt_with", "Dealt with on the spot", "现场处置"),
    ("duplicate", "Already known", "重复警情"),
    ("false_alarm", "False alarm", "误报"),
    ("handed_over", "Handed over", "移交"),
    ("mediated", "Mediated", "调解"),
    ("nothing_found", "Nothing found", "未发现情况"),
];

const REASONS: &[Row] = &[
    ("breakdown", "Breakdown", "车辆故障"),
    ("caller_cancelled", "Called off by who reported it", "报警人取消"),
    ("closer_unit", "A closer unit is going", "就近力量已出动"),
    ("duplicate", "Already known", "重复警情"),
    ("event", "Large event", "大型活动"),
    ("exercise", "Exercise", "演练"),
    ("false_alarm", "False alarm", "误报"),
    ("fuel", "Refuelling", "加油充电"),
    ("grew", "Graver than thought", "情况升级"),
    ("holiday", "Holiday", "节假日"),
    ("illness", "Illness", "伤病"),
    ("meal", "Meal", "用餐"),
    ("new_report", "New report", "新的情况"),
    ("not_needed", "Not needed any more", "不再需要"),
    ("other", "Other", "其他"),
    ("paperwork", "Paperwork", "文书"),
    ("sealed_area", "Area to be sealed", "封控"),
    ("shrank", "Less grave than thought", "情况降级"),
    ("threat", "Threat", "威胁"),
    ("too_far", "Too far away", "距离过远"),
    ("wrong_place", "Wrong place", "地点有误"),
];

const HAZARDS: &[Row] = &[
    ("chemicals", "Chemicals", "危险化学品"),
    ("crowd", "Crowd", "人群聚集"),
    ("dark", "No light", "无照明"),
    ("dog", "Dog", "犬只"),
    ("electricity", "Live electricity", "带电"),
    ("explosives", "Explosives", "爆炸物"),
    ("fire", "Fire", "火情"),
    ("gas", "Gas", "燃气"),
    ("height", "Height", "高处"),
    ("traffic", "Moving traffic", "来往车辆"),
    ("water", "Deep water", "深水"),
    ("weapon", "Weapon", "凶器"),
];

const FORCES: &[Row] = &[
    ("auxiliary", "Auxiliary police", "辅警"),
    ("fire", "Fire and rescue", "消防救援"),
    ("guard", "Security guards", "保安"),
    ("medical", "Ambulance", "急救"),
    ("police", "Police", "公安"),
    ("traffic", "Traffic police", "交警"),
    ("urban", "City management", "城管"),
    ("volunteer", "Volunteers", "志愿者"),
];

/// Code, names, priority, listed preventable, needs.
type Kind = (Row, u8, bool, &'static [(&'static str, u8)]);

const TYPES: &[Kind] = &[
    (("alarm_intrusion", "Intrusion alarm", "入侵报警"), 2, false, &[("patrol", 1)]),
    (("alarm_panic", "Panic alarm", "紧急求助报警"), 1, false, &[("patrol", 2)]),
    (("assault", "Assault", "殴打伤害"), 1, false, &[("patrol", 2)]),
    (("bicycle_theft", "Theft of a bicycle", "盗窃电动车自行车"), 4, true, &[]),
    (("burglary", "Burglary", "入室盗窃"), 3, true, &[]),
    (("burglary_now", "Burglary under way", "正在入室盗窃"), 1, true, &[("patrol", 2)]),
    (("crowd", "Crowd that may come to harm", "人员聚集险情"), 2, false, &[("public_order", 2)]),
    (("disturbance", "Disturbance", "扰乱秩序"), 3, false, &[]),
    (("domestic", "Domestic violence", "家庭暴力"), 2, false, &[("patrol", 2)]),
    (("drowning", "Person in the water", "溺水"), 1, false, &[("boat", 1), ("first_aid", 1)]),
    (("fire", "Fire", "火灾"), 1, false, &[("fire", 1), ("patrol", 1)]),
    (("found_property", "Found property", "拾得物品"), 5, false, &[]),
    (("fraud", "Fraud", "诈骗"), 4, true, &[]),
    (("fraud_now", "Fraud with a payment under way", "正在实施的诈骗"), 2, true, &[]),
    (("gas_leak", "Gas leak", "燃气泄漏"), 1, false, &[("fire", 1), ("patrol", 1)]),
    (("goods_danger", "Dangerous goods", "危险物品"), 2, false, &[("hazmat", 1)]),
    (("lost_person", "Person lost or missing", "人员走失"), 2, false, &[]),
    (("medical", "Person ill or hurt", "伤病救助"), 1, false, &[("first_aid", 1)]),
    (("mediation", "Dispute", "纠纷"), 4, false, &[("mediation", 1)]),
    (("noise", "Noise", "噪音扰民"), 5, false, &[]),
    (("obstruction", "Obstruction or defect", "道路设施隐患"), 4, false, &[]),
    (("officer_help", "Officer needs help", "民警求援"), 1, false, &[("patrol", 3)]),
    (("other", "Other", "其他"), 4, false, &[]),
    (("pickpocket", "Pickpocketing", "扒窃"), 3, true, &[]),
    (("robbery", "Robbery", "抢劫抢夺"), 1, true, &[("patrol", 2)]),
    (("suspicious_object", "Suspicious object", "可疑物品"), 2, false, &[("patrol", 1)]),
    (("traffic_accident", "Traffic accident", "交通事故"), 3, false, &[("traffic", 1)]),
    (
        ("traffic_injury", "Traffic accident with injury", "伤人交通事故"),
        1,
        false,
        &[("traffic", 1), ("first_aid", 1)],
    ),
    (("vandalism", "Damage to property", "损毁财物"), 4, true, &[]),
    (("vehicle_theft", "Theft of or from a vehicle", "盗窃车辆及车内财物"), 3, true, &[]),
    (("weapon", "Person with a weapon", "持械"), 1, false, &[("armed", 1), ("patrol", 2)]),
];

fn title(en: &str, zh: &str) -> Title {
    Title { en: en.to_owned(), zh: zh.to_owned() }
}

fn named(rows: &[Row]) -> Vec<Named> {
    let mut list: Vec<Named> = rows
        .iter()
        .map(|&(code, en, zh)| Named { code: Code::literal(code), title: title(en, zh) })
        .collect();
    list.sort_by_key(|one| one.code);
    list
}

fn types() -> Vec<IncidentType> {
    let need =
        |&(capability, units): &(&str, u8)| Need { capability: Code::literal(capability), units };
    let kind = |&((code, en, zh), priority, listed_preventable, needs): &Kind| IncidentType {
        code: Code::literal(code),
        title: title(en, zh),
        priority: Priority::new(priority).unwrap_or(Priority::HIGHEST),
        listed_preventable,
        needs: needs.iter().map(need).collect(),
        clocks: None,
    };
    let mut list: Vec<IncidentType> = TYPES.iter().map(kind).collect();
    list.sort_by_key(|kind| kind.code);
    list
}

fn grades() -> Vec<Grade> {
    let grade = |code, en, zh, reach: [u32; 3]| Grade {
        code: Code::literal(code),
        title: title(en, zh),
        reach: reach.map(Millis::from_minutes),
    };
    vec![
        grade("centre", "Centre", "中心区", [1, 3, 5]),
        grade("key", "Key site", "重点部位", [1, 2, 3]),
        grade("urban", "Built-up area", "城区", [3, 5, 10]),
    ]
}

/// Of one priority: seconds until unanswered, not acknowledged, overdue, welfare check, told again.
fn clocks(seconds: [u32; 5]) -> ClockTimes {
    let [unanswered, unacknowledged, overdue, welfare, again] = seconds.map(Millis::from_seconds);
    let ladder = vec![Role::Dispatcher, Role::DutyOfficer, Role::Commander];
    ClockTimes { unanswered, unacknowledged, overdue, welfare, again, ladder }
}

fn rules() -> Rules {
    let hours = |hours: u32| Millis::from_minutes(60 * hours);
    Rules {
        rest: hours(11),
        longest_shift: hours(12),
        week: hours(60),
        early: Millis::from_minutes(30),
        duplicate_apart: Metres(150),
        duplicate_after: Millis::from_minutes(30),
        keep_closed: hours(24),
        longest_order: hours(72),
        longest_hold: Millis::from_minutes(30),
        preempt_en_route: 1,
        preempt_on_scene: 0,
        sos_again: Millis::from_seconds(15),
        sos_ladder: vec![Role::Dispatcher, Role::DutyOfficer, Role::Commander],
    }
}

impl Catalogue {
    /// The catalogue that a city has until it sets its own.
    pub fn standard() -> Self {
        Self {
            version: Code::literal("standard-1"),
            types: types(),
            capabilities: named(CAPABILITIES),
            dispositions: named(DISPOSITIONS),
            reasons: named(REASONS),
            hazards: named(HAZARDS),
            grades: grades(),
            forces: named(FORCES),
            clocks: [
                clocks([30, 20, 300, 300, 30]),
                clocks([60, 30, 600, 600, 60]),
                clocks([180, 60, 1_200, 900, 120]),
                clocks([900, 120, 2_400, 1_200, 300]),
                clocks([3_600, 300, 7_200, 1_800, 900]),
            ],
            rules: rules(),
        }
    }
}
