//! The words of the board in English and Chinese.

use precinct_core::{Clock, PostState, Stage, Title};

use crate::text::words::Lang;

/// The words of the board.
pub(super) struct BoardWords {
    lang: Lang,
    pub(super) calls_for_help: &'static str,
    pub(super) glass_broken: &'static str,
    pub(super) priority: &'static str,
    pub(super) kind: &'static str,
    pub(super) age: &'static str,
    pub(super) units: &'static str,
    pub(super) clocks: &'static str,
    pub(super) status: &'static str,
    pub(super) since: &'static str,
    pub(super) task: &'static str,
    pub(super) available: &'static str,
    pub(super) out: &'static str,
    pub(super) until: &'static str,
    pub(super) orders: &'static str,
}

static EN: BoardWords = BoardWords {
    lang: Lang::En,
    calls_for_help: "calls for help",
    glass_broken: "acts beyond the policies",
    priority: "P",
    kind: "what",
    age: "age",
    units: "units",
    clocks: "clocks run out",
    status: "status",
    since: "since",
    task: "task",
    available: "available",
    out: "out of service",
    until: "until",
    orders: "Orders",
};

static ZH: BoardWords = BoardWords {
    lang: Lang::Zh,
    calls_for_help: "求援",
    glass_broken: "紧急越权",
    priority: "级",
    kind: "警情",
    age: "历时",
    units: "力量",
    clocks: "超时",
    status: "状态",
    since: "持续",
    task: "任务",
    available: "待命",
    out: "停用",
    until: "至",
    orders: "指令",
};

impl Lang {
    /// The words of the board.
    pub(super) const fn board(self) -> &'static BoardWords {
        match self {
            Self::En => &EN,
            Self::Zh => &ZH,
        }
    }

    /// A title in this language, or in the other where it has none.
    pub(super) fn title(self, title: &Title) -> String {
        let (first, second) = match self {
            Self::En => (&title.en, &title.zh),
            Self::Zh => (&title.zh, &title.en),
        };
        if first.is_empty() { second.clone() } else { first.clone() }
    }
}

impl BoardWords {
    /// The heading above incidents.
    pub(super) fn incidents(&self, open: usize, others: usize) -> String {
        match self.lang {
            Lang::En => format!("Incidents: {open} open, {others} merged or closed not long ago"),
            Lang::Zh => format!("警情：{open} 起未结，{others} 起已并案或刚结案"),
        }
    }

    /// The heading above units.
    pub(super) fn on_duty(&self, on: usize, off: usize) -> String {
        match self.lang {
            Lang::En => format!("Units: {on} on duty, {off} off"),
            Lang::Zh => format!("力量：{on} 在岗，{off} 不在岗"),
        }
    }

    /// How far a task got.
    pub(super) const fn stage(&self, stage: Stage) -> &'static str {
        match self.lang {
            Lang::En => stage.words(),
            Lang::Zh => match stage {
                Stage::Dispatched => "已派",
                Stage::Acknowledged => "已接收",
                Stage::EnRoute => "出动",
                Stage::OnScene => "到场",
                Stage::Transporting => "押送",
                Stage::Ended => "结束",
            },
        }
    }

    /// A clock that has run out, and how often somebody was told.
    pub(super) fn clock(&self, clock: Clock, told: u8) -> String {
        let what = match (self.lang, clock) {
            (Lang::En, Clock::Unanswered(_)) => "unanswered",
            (Lang::En, Clock::Unacknowledged(_)) => "not acknowledged",
            (Lang::En, Clock::Overdue(_)) => "overdue",
            (Lang::En, Clock::Welfare(_)) => "welfare",
            (Lang::En, Clock::Sos(_)) => "SOS",
            (Lang::Zh, Clock::Unanswered(_)) => "未派警",
            (Lang::Zh, Clock::Unacknowledged(_)) => "未接收",
            (Lang::Zh, Clock::Overdue(_)) => "未到场",
            (Lang::Zh, Clock::Welfare(_)) => "单警安全",
            (Lang::Zh, Clock::Sos(_)) => "求援",
        };
        if told > 1 { format!("{what} ×{told}") } else { what.to_owned() }
    }

    /// What a post is ordered to be.
    pub(super) const fn post(&self, state: PostState) -> &'static str {
        match (self.lang, state) {
            (Lang::En, PostState::Open) => "open",
            (Lang::En, PostState::Reinforced) => "reinforced",
            (Lang::En, PostState::Closed) => "closed",
            (Lang::Zh, PostState::Open) => "开放",
            (Lang::Zh, PostState::Reinforced) => "加强",
            (Lang::Zh, PostState::Closed) => "关闭",
        }
    }
}
