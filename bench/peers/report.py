"""The table of ratios, in Markdown."""

from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Round:
    """Precinct's figures (`ours.json`) and the other programs' rows, measured one after the other."""

    ours: dict[str, Any]
    rows: list[dict[str, Any]]


def duration(us: float) -> str:
    """Microseconds in the unit a person would use."""
    for size, unit in ((1e6, "s"), (1e3, "ms")):
        if us >= size * 10 or (unit == "s" and us >= size):
            return f"{us / size:.3g} {unit}"
    return f"{us:,.0f} µs" if us >= 100 else f"{us:.3g} µs"


def ratio(values: list[float]) -> str:
    """The median of the rounds' ratios, and how far they lie apart."""
    low, high, middle = min(values), max(values), median(values)
    digits = 2 if middle < 10 else 1 if middle < 100 else 0
    text = f"**{middle:,.{digits}f}×**"
    return text if len(values) == 1 else f"{text} ({low:,.{digits}f}–{high:,.{digits}f})"


def our_time(ours: dict[str, Any], statistic: str) -> float:
    """Precinct's time by the statistic the other program can give, so that like stands beside like."""
    if statistic == "total":
        return float(ours["aggregate_s"]) * 1e6
    if statistic == "mean":
        return float(ours.get("mean_us", ours["median_us"]))
    return float(ours["median_us"])


def line(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def our_lines(rounds: list[Round]) -> list[str]:
    """Precinct's own rows and the baselines it keeps."""

    def middle(key: str) -> float:
        return median(float(each.ours[key]) for each in rounds)

    def baseline(name: str, key: str) -> str:
        ratios = [each.ours[key] / each.ours["median_us"] for each in rounds]
        return line(name, sources, f"median {duration(middle(key))}", ratio(ratios), "", "")

    sources = f"{len(rounds[0].ours['sources']):,}"
    reach = f"median {duration(middle('median_us'))}, p90 {duration(middle('p90_us'))}"
    if all("mean_us" in each.ours for each in rounds):
        reach += f", mean {duration(middle('mean_us'))}"
    return [
        line("**Precinct**, bounded search", sources, reach, "1", "", ""),
        baseline("baseline: plain CSR in Hilbert order, bucket queue", "baseline_bucket_us"),
        baseline("baseline: the same with a binary heap", "baseline_heap_us"),
    ]


def peer_lines(rounds: list[Round], *, total: bool) -> list[str]:
    """The other programs' rows: those of single searches, or those of the whole network at once."""
    lines = []
    for at, row in enumerate(rounds[0].rows):
        if (row["statistic"] == "total") != total:
            continue
        us = [each.rows[at]["us"] for each in rounds]
        ratios = [each.rows[at]["us"] / our_time(each.ours, row["statistic"]) for each in rounds]
        name = f"{row['program']} {row['version']}: {row['call']}"
        took = f"{row['statistic']} {duration(median(us))}"
        lines.append(line(name, f"{row['sources']:,}", took, ratio(ratios), row["checked"], row["note"]))
    return lines


def make_report(rounds: list[Round], command: str, limit_ms: int, cores: int, absent: list[str]) -> str:
    """The whole section, without its markers."""
    ours = rounds[0].ours
    settled = f"{median(each.ours['settled_median'] for each in rounds):,.0f}"
    turns = "one round" if len(rounds) == 1 else f"{len(rounds)} rounds"
    per_node = f"{median(each.ours['ns_per_settled'] for each in rounds):.3g}"
    head = [line("program and call", "sources", "time per source", "ratio to Precinct", "found equal", "note"),
            "|---|---:|---|---:|---|---|"]
    text = [
        "## Beside other programs", "",
        f"Made by `{command}`. The road network of New York (9th DIMACS challenge, travel times, one unit 3.6 ms): "
        f"what {len(ours['sources']):,} fixed random sources reach within {limit_ms / 1000:g} s. "
        f"Single thread unless said; {cores} cores; {turns} in one run, Precinct and the others in turn. "
        "Times are medians of the rounds; a ratio is the median of the rounds' ratios, with the lowest and highest.",
        "",
        "Where a row says what was found equal, it was compared for every source and agreed to the millisecond, or the "
        "run had failed.", "",
        *head, *our_lines(rounds), *peer_lines(rounds, total=False), "",
        f"Precinct settles {settled} nodes in the median search, {per_node} ns each. "
        "A median is of one call per source, a mean of one call for all; "
        + ("each is set against Precinct's own. " if "mean_us" in ours else "both are set against Precinct's median. ")
        + "Programs without a limit were given fewer sources.",
    ]
    if totals := peer_lines(rounds, total=True):
        aggregate = duration(median(each.ours["aggregate_s"] for each in rounds) * 1e6)
        whose = f"**Precinct**, {ours['aggregate_threads']} threads"
        text += ["", "What every node reaches, counted:", "", head[0].replace("time per source", "time in all"),
                 head[1], line(whose, "every node", f"total {aggregate}", "1", "", ""), *totals]
    sweep = duration(median(each.ours["sweep_ms"] for each in rounds) * 1e3)
    text += ["", f"One multi-source sweep of the whole network by Precinct: {sweep}."]
    text += ["", *(f"Not measured: {reason}" for reason in absent)] if absent else []
    return "\n".join(text)
