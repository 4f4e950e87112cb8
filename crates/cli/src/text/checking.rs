//! The words of `precinct city check` and `precinct city init`, in English and Chinese.

use precinct_base::Said;
use precinct_city::{Fault, Severity};

use super::numbers::grouped;
use super::words::Lang;

/// The words; one missing in either language does not compile.
pub(crate) struct Words {
    lang: Lang,
    pub(crate) to_add: &'static str,
    pub(crate) junctions: &'static str,
    pub(crate) stretches: &'static str,
    pub(crate) posts: &'static str,
    pub(crate) sites: &'static str,
    pub(crate) areas: &'static str,
    pub(crate) demand: &'static str,
    pub(crate) calibration: &'static str,
    pub(crate) addresses: &'static str,
    pub(crate) hot_spots: &'static str,
    pub(crate) gives: &'static str,
    pub(crate) file: &'static str,
    pub(crate) rows: &'static str,
    pub(crate) left_out: &'static str,
    pub(crate) refused: &'static str,
    pub(crate) used: &'static str,
    severities: [&'static str; 3],
}

const EN: Words = Words {
    lang: Lang::En,
    to_add: "To add",
    junctions: "junctions",
    stretches: "stretches of road",
    posts: "posts",
    sites: "sites",
    areas: "areas",
    demand: "places of demand",
    calibration: "calibration",
    addresses: "addresses",
    hot_spots: "hot spots",
    gives: "Gives",
    file: "File",
    rows: "Rows",
    left_out: "Left out",
    refused: "Refused",
    used: "Used",
    severities: ["note", "fault", "refused"],
};

const ZH: Words = Words {
    lang: Lang::Zh,
    to_add: "可补充",
    junctions: "路口",
    stretches: "路段",
    posts: "岗点",
    sites: "单位",
    areas: "区域",
    demand: "需求点",
    calibration: "校准",
    addresses: "地址",
    hot_spots: "重点部位",
    gives: "内容",
    file: "文件",
    rows: "行数",
    left_out: "略去",
    refused: "不可用",
    used: "采用",
    severities: ["提示", "错误", "拒用"],
};

impl Words {
    /// Those of a language.
    pub(crate) const fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::En => &EN,
            Lang::Zh => &ZH,
        }
    }

    /// A sentence.
    pub(crate) fn says(&self, said: &Said) -> String {
        match self.lang {
            Lang::En => said.en(),
            Lang::Zh => said.zh(),
        }
    }

    /// A fault in a line, with its place in the form editors make a link of.
    pub(crate) fn fault(&self, fault: &Fault) -> String {
        let [note, wrong, refused] = self.severities;
        let severity = match fault.severity {
            Severity::Note => note,
            Severity::Fault => wrong,
            Severity::Refusal => refused,
        };
        let (what, mend) = (self.says(&fault.what), self.says(&fault.mend));
        match self.lang {
            Lang::En => format!("{severity}: {}: {what} — {mend}", fault.place()),
            Lang::Zh => format!("{severity}：{}：{what}——{mend}", fault.place()),
        }
    }

    /// How many faults are not listed.
    pub(crate) fn more(&self, more: u64) -> String {
        match self.lang {
            Lang::En => format!("… and {} more", grouped(more)),
            Lang::Zh => format!("……另有 {} 条", grouped(more)),
        }
    }

    /// What is to be said of it all.
    pub(crate) fn verdict(&self, faults: u64, notes: u64) -> String {
        match self.lang {
            Lang::En => in_english(faults, notes),
            Lang::Zh => match (faults, notes) {
                (0, 0) => "完好：无需处理。".to_owned(),
                (0, notes) => format!("完好：无需处理；{} 条提示。", grouped(notes)),
                (faults, _) => format!("{} 处须更正。", grouped(faults)),
            },
        }
    }

    /// How far off the minutes are on days that were held out.
    pub(crate) fn held_out(&self, trips: u64, median_error: u64, bias: &str) -> String {
        let trips = grouped(trips);
        match self.lang {
            Lang::En => {
                format!("{trips} drives held out, median error {median_error} s, bias {bias} %")
            }
            Lang::Zh => format!("留出 {trips} 次行车，误差中位数 {median_error} 秒，偏差 {bias} %"),
        }
    }
}

fn in_english(faults: u64, notes: u64) -> String {
    let count = |count: u64, one: &str, many: &str| {
        format!("{} {}", grouped(count), if count == 1 { one } else { many })
    };
    match (faults, notes) {
        (0, 0) => "Sound: nothing has to be mended.".to_owned(),
        (0, notes) => {
            format!("Sound: nothing has to be mended; {}.", count(notes, "note", "notes"))
        }
        (faults, _) => format!("{} to mend.", count(faults, "fault", "faults")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_verdict_counts() {
        let says = |faults, notes| [&EN, &ZH].map(|words| words.verdict(faults, notes));
        assert_eq!(says(0, 0), ["Sound: nothing has to be mended.", "完好：无需处理。"]);
        let noted = ["Sound: nothing has to be mended; 1 note.", "完好：无需处理；1 条提示。"];
        assert_eq!(says(0, 1), noted);
        assert_eq!(says(1_200, 3), ["1,200 faults to mend.", "1,200 处须更正。"]);
        assert_eq!(says(1, 0), ["1 fault to mend.", "1 处须更正。"]);
    }

    #[test]
    fn a_fault_says_how_grave_it_is_and_where() {
        let (what, mend) = (Said::verbatim("is not there"), Said::verbatim("put it there"));
        let fault = Fault::new(Severity::Refusal, "posts.csv", what, mend).row(3);
        assert_eq!(EN.fault(&fault), "refused: posts.csv:3: is not there — put it there");
        assert_eq!(ZH.fault(&fault), "拒用：posts.csv:3：is not there——put it there");
    }
}
