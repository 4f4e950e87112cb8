//! The words of rings and containment in English and Chinese.

use precinct_containment::ProofKind;

use super::words::Lang;

/// Words that stand alone.
#[derive(Debug)]
pub(crate) struct Sealing {
    /// Heading of the places.
    pub(crate) point: &'static str,
    /// Heading of who goes there.
    pub(crate) unit: &'static str,
    /// Heading of when the unit is there.
    pub(crate) there: &'static str,
    /// Heading of when the point is closed.
    pub(crate) closed: &'static str,
    /// Heading of when the quarry can be there.
    pub(crate) quarry: &'static str,
    /// Heading of the time between.
    pub(crate) slack: &'static str,
    /// In place of a unit.
    pub(crate) nobody: &'static str,
    /// Before a place where the road leaves the map.
    pub(crate) lost: &'static str,
    /// What a plan does not know.
    pub(crate) note: &'static str,
    /// Heading of the colours of a map.
    pub(crate) from_left: &'static str,
    /// Heading of the units on a map.
    pub(crate) units: &'static str,
    /// Heading of the points on a map.
    pub(crate) points: &'static str,
    /// Units that go to a point.
    pub(crate) sent: &'static str,
    /// Units that stay where they are.
    pub(crate) others: &'static str,
    /// Where they can be already.
    pub(crate) by_now: &'static str,
    /// Where they do not come, or not within the horizon.
    pub(crate) kept_out: &'static str,
    /// How to read a map.
    pub(crate) map_note: &'static str,
    /// Heading of which way one may go.
    pub(crate) ways: &'static str,
    /// Heading of the post that watches.
    pub(crate) post: &'static str,
    /// In and out.
    pub(crate) both: &'static str,
    /// In alone.
    pub(crate) inwards: &'static str,
    /// Out alone.
    pub(crate) outwards: &'static str,
    /// In place of a post.
    pub(crate) gap: &'static str,
    /// Heading of hours.
    pub(crate) hour: &'static str,
    /// Heading of vehicles that come.
    pub(crate) arrivals: &'static str,
    /// Heading of lanes.
    pub(crate) lanes: &'static str,
    /// Heading of the time a vehicle waits.
    pub(crate) wait: &'static str,
    /// Heading of how many vehicles wait.
    pub(crate) waiting: &'static str,
    /// In place of lanes.
    pub(crate) too_few: &'static str,
}

const EN: Sealing = Sealing {
    point: "Point",
    unit: "Unit",
    there: "There in",
    closed: "Closed in",
    quarry: "They could be there in",
    slack: "Slack",
    nobody: "one more unit",
    lost: "Too late for this way off the map:",
    note: "Minutes by road at the usual speed of each kind of street, not yet calibrated on the city's own record. Each point is closed before \
           they could be there even if every other were open. A ball holds only while nobody goes where the map has no way.",
    from_left: "Where they can be at the earliest",
    units: "Units",
    points: "Points to close",
    sent: "sent to a point",
    others: "not sent",
    by_now: "now",
    kept_out: "kept out, or further",
    map_note: "The dot in a ring is where they left, numbers are the points to close. Shares are of the streets they could come to within the horizon if nothing were closed.",
    ways: "Ways",
    post: "Post",
    both: "in, out",
    inwards: "in",
    outwards: "out",
    gap: "open gap",
    hour: "Hour",
    arrivals: "Vehicles",
    lanes: "Lanes",
    wait: "Wait",
    waiting: "Waiting",
    too_few: "too few",
};

const ZH: Sealing = Sealing {
    point: "封控点",
    unit: "力量",
    there: "到达",
    closed: "封闭",
    quarry: "对方最早到达",
    slack: "余量",
    nobody: "需增派一支力量",
    lost: "此出图道路已来不及封闭：",
    note: "时间按各类道路的通常车速计算，尚未用本市实际记录校准。即使其他各点均未封闭，每一点也先于对方最早到达而封闭。\
           封控仅在无人走地图上没有的路时成立。",
    from_left: "对方最早可到达的范围",
    units: "力量",
    points: "封控点",
    sent: "已调派",
    others: "未调派",
    by_now: "现在",
    kept_out: "封控之外或更远",
    map_note: "环中圆点为出发地点，数字为封控点。百分比以不封控时在时限内可到达的道路为总数。",
    ways: "方向",
    post: "岗点",
    both: "进、出",
    inwards: "进",
    outwards: "出",
    gap: "缺口",
    hour: "时段",
    arrivals: "车辆",
    lanes: "通道",
    wait: "等候",
    waiting: "排队",
    too_few: "不足",
};

impl Lang {
    /// The words of rings and containment.
    pub(crate) const fn sealing(self) -> &'static Sealing {
        match self {
            Self::En => &EN,
            Self::Zh => &ZH,
        }
    }

    /// What a map of a containment is called.
    pub(crate) fn contained(self, city: &str) -> String {
        match self {
            Self::En => format!("{city}: points to close"),
            Self::Zh => format!("{city}：封控点"),
        }
    }

    /// Where they can be in so many minutes from now.
    pub(crate) fn ahead(self, minutes: &str) -> String {
        match self {
            Self::En => format!("in {minutes} min"),
            Self::Zh => format!("{minutes} 分钟内"),
        }
    }

    /// Who goes to a point, when they are there, and by how much that is sooner.
    pub(crate) fn goes(self, unit: &str, there: &str, slack: &str) -> String {
        match self {
            Self::En => format!("{unit} · there in {there} · slack {slack}"),
            Self::Zh => format!("{unit} · {there} 到达 · 余量 {slack}"),
        }
    }

    /// That it is sealed.
    pub(crate) fn sealed(self, points: &str, slack: &str) -> String {
        match self {
            Self::En => format!("sealed with {points} points, {slack} to spare at the tightest"),
            Self::Zh => format!("{points} 个封控点可封闭，最紧处余量 {slack}"),
        }
    }

    /// That it is not.
    pub(crate) fn not_sealed(self, points: &str, missing: u32, proven: bool) -> String {
        match (self, proven) {
            (Self::En, true) => format!(
                "these units cannot seal it; this plan has {points} points and needs {missing} more units"
            ),
            (Self::En, false) => format!(
                "no seal was found; this plan has {points} points and needs {missing} more units"
            ),
            (Self::Zh, true) => {
                format!("现有力量无法封闭；本方案 {points} 个封控点，需增派 {missing} 支力量")
            }
            (Self::Zh, false) => {
                format!("未找到可行封控；本方案 {points} 个封控点，需增派 {missing} 支力量")
            }
        }
    }

    /// What is proven of a plan.
    pub(crate) fn proven(
        self,
        kind: ProofKind,
        at_least: u32,
        slack: bool,
        missing: u32,
    ) -> String {
        let most = match (self, slack) {
            (Self::En, true) => "; no plan with as few has more slack",
            (Self::Zh, true) => "；同样点数下余量最大",
            _ => "",
        };
        match (self, kind) {
            (Self::En, ProofKind::Fewest) => {
                format!("Proven: no fewer points cut every way out{most}.")
            }
            (Self::En, ProofKind::Assignment) => {
                format!("Proven: no fewer points can be manned in time{most}.")
            }
            (Self::En, ProofKind::Bound) => format!("At least {at_least} points are needed."),
            (Self::En, ProofKind::Impossible) => {
                format!("Proven: wherever they go. At least {missing} more units are needed.")
            }
            (Self::En, ProofKind::Unknown) => {
                "Whether these units can was not settled: raise --effort.".to_owned()
            }
            (Self::Zh, ProofKind::Fewest) => format!("已证明：封住全部出路的点数最少{most}。"),
            (Self::Zh, ProofKind::Assignment) => {
                format!("已证明：能按时到位的封控点数最少{most}。")
            }
            (Self::Zh, ProofKind::Bound) => format!("至少需要 {at_least} 个封控点。"),
            (Self::Zh, ProofKind::Impossible) => {
                format!("已证明：无论如何调派均不可行，至少需增派 {missing} 支力量。")
            }
            (Self::Zh, ProofKind::Unknown) => {
                "现有力量是否可行未有定论：可提高 --effort。".to_owned()
            }
        }
    }

    /// That a sighting cannot be.
    pub(crate) fn doubted(self, number: usize) -> String {
        match self {
            Self::En => format!(
                "Sighting {number} cannot be of who left here then at this speed; it narrows nothing."
            ),
            Self::Zh => format!("第 {number} 次目击与出发地点、时间和速度不符，不据此缩小范围。"),
        }
    }

    /// How ready a ring is.
    pub(crate) fn ring(self, crossings: &str, with_post: &str, gaps: &str) -> String {
        match self {
            Self::En => {
                format!("{crossings} crossings, {with_post} with a checkpoint, {gaps} open gaps")
            }
            Self::Zh => format!("{crossings} 处路口，{with_post} 处有检查站，{gaps} 处缺口"),
        }
    }

    /// How soon all gaps can be manned.
    pub(crate) fn manned_by(self, manned: &str, by: &str, missing: usize) -> String {
        match (self, missing) {
            (Self::En, 0) => format!("{manned} gaps manned, all within {by}"),
            (Self::En, _) => {
                format!("{manned} gaps manned within {by}; {missing} more units are needed")
            }
            (Self::Zh, 0) => format!("{manned} 处缺口可在 {by} 内全部到位"),
            (Self::Zh, _) => format!("{manned} 处缺口可在 {by} 内到位，尚缺 {missing} 支力量"),
        }
    }
}
