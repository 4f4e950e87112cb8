//! A report as one page of HTML that also prints well: nothing is fetched, the maps are in it.

use super::super::posts::Told;
use super::super::posts_table::{added, areas, headline, minutes, summary};
use super::map::picture;
use crate::map::{Theme, escape};
use crate::text::fitting;
use crate::text::table::Table;
use crate::text::words::Lang;

const STYLE: &str = "\
body{font:15px/1.45 \"Noto Sans\",\"Noto Sans SC\",\"Noto Sans CJK SC\",\"PingFang SC\",\"Microsoft YaHei\",system-ui,sans-serif;
color:#17202a;max-width:62rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem;margin:0 0 .3rem}h2{font-size:1.1rem;margin:1.8rem 0 .5rem}
table{border-collapse:collapse;width:100%}th,td{padding:.25rem .6rem;border-bottom:1px solid #d6dbe1;text-align:right;
font-variant-numeric:tabular-nums}th:first-child,td:first-child{text-align:left}
th{font-weight:600;border-bottom-color:#5c6773}figure{margin:1rem 0}figcaption{color:#5c6773}svg{width:100%;height:auto}
footer{margin-top:2rem;color:#5c6773;font-size:.85rem}
@page{size:A4;margin:14mm}@media print{body{margin:0;max-width:none;font-size:10.5pt}
figure,table{break-inside:avoid}h2{break-after:avoid}figure{page-break-before:auto}}";

/// The page.
pub(in crate::commands::plan) fn page(told: &Told<'_>, lang: Lang) -> String {
    let words = lang.plan_words();
    let code = if lang == Lang::Zh { "zh-CN" } else { "en" };
    let title = format!("{}: {}", lang.name(&told.city.name).unwrap_or_default(), words.report);
    let mut parts = vec![
        format!("<!doctype html>\n<html lang=\"{code}\">\n<meta charset=\"utf-8\">"),
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">".to_owned(),
        format!("{}\n<style>\n{STYLE}\n</style>", element("title", &title)),
        element("h1", &title),
        element("p", &headline(told, lang)),
    ];
    let sections = [
        (lang.aim(told.ask.aim), summary(told, lang)),
        (words.before_after, minutes(told, lang)),
        (words.new_posts, added(told, lang)),
        (words.by_area, areas(told, lang)),
    ];
    for (title, table) in sections.iter().filter(|one| !one.1.is_empty()) {
        parts.extend([element("h2", title), written(table)]);
    }
    if !told.today.is_empty() {
        parts.push(figure(told, lang, words.before, told.today));
    }
    parts.push(figure(told, lang, words.after, &told.answer.chosen));
    let notes = [
        fitting::statement(lang, told.city, told.network.profile()),
        told.city.attribution.join(" · "),
    ];
    let notes: Vec<String> = notes.iter().map(|note| element("p", note)).collect();
    parts.push(format!("<footer>{}</footer>\n</html>\n", notes.join("\n")));
    parts.join("\n")
}

fn element(tag: &str, text: &str) -> String {
    format!("<{tag}>{}</{tag}>", escape(text))
}

fn figure(told: &Told<'_>, lang: Lang, title: &str, chosen: &[u32]) -> String {
    let svg = picture(told, lang, Theme::Light, chosen);
    if svg.is_empty() {
        return svg;
    }
    format!("<figure>\n{}\n{svg}</figure>", element("figcaption", title))
}

fn written(table: &Table) -> String {
    let cells = |tag: &str, cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|text| element(tag, text)).collect();
        format!("<tr>{}</tr>\n", cells.concat())
    };
    let headings: Vec<String> = table.headings().map(str::to_owned).collect();
    let mut html = String::from("<table>\n");
    if headings.iter().any(|one| !one.is_empty()) {
        html += &cells("th", &headings);
    }
    for row in table.rows() {
        html += &cells("td", row);
    }
    html + "</table>"
}
