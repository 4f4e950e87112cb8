"""Measures Precinct and the other programs in turn, several rounds in one run, and writes the table of ratios."""

import argparse
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

from measure import ABSENT
from report import Round, make_report
from sections import write
from timing import Absent

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
OURS = ["--locked", "--quiet", "--profile", "bench", "-p", "precinct-bench", "--bin", "ny_peers"]
# Threads a program may use while it measures; pandana's aggregate is the one job given two.
THREADS = {"pandana": "2"}
PEERS = ["scipy", "pandana", "networkit", "igraph", "pgrouting", "valhalla"]


def measure_ours(options: argparse.Namespace, out: Path) -> dict[str, Any]:
    """Runs Precinct's own bench, which writes `ours.json` and `ours_sets.bin`."""
    out.mkdir(parents=True, exist_ok=True)
    arguments = ["--data", options.data, "--sources", options.sources, "--limit-ms", options.limit_ms, "--out", out]
    subprocess.run(["cargo", "run", *OURS, "--", *map(str, arguments)], check=True, cwd=ROOT)
    figures: dict[str, Any] = json.loads((out / "ours.json").read_text())
    if len(figures["sources"]) != options.sources:
        raise SystemExit(f"{out}/ours.json: {len(figures['sources'])} sources, asked for {options.sources}")
    return figures


def measure_peer(name: str, options: argparse.Namespace, out: Path) -> list[dict[str, Any]]:
    """Runs one program in a process of its own; unequal answers end everything."""
    rows = out / f"{name}.json"
    command = [sys.executable, HERE / "measure.py", name, options.data, out, rows, options.limit_ms]
    threads = os.environ | {"OMP_NUM_THREADS": THREADS.get(name, "1"), "OPENBLAS_NUM_THREADS": "1"}
    log = out / f"{name}.log"
    with log.open("w") as output:
        done = subprocess.run(list(map(str, command)), env=threads, stdout=output, stderr=subprocess.STDOUT)
    if done.returncode == ABSENT:
        raise Absent(log.read_text().strip().splitlines()[-1])
    if done.returncode != 0:
        print(log.read_text(), file=sys.stderr)
        raise SystemExit(f"{name} failed (its output is above); no table is written")
    measured: list[dict[str, Any]] = json.loads(rows.read_text())
    return measured


def check_repeats(options: argparse.Namespace, number: int) -> None:
    """Precinct must answer every round with the same bytes."""
    first, now = (options.out / f"round-{n}" / "ours_sets.bin" for n in (1, number))
    if first.read_bytes() != now.read_bytes():
        raise SystemExit(f"Precinct's answers in round {number} are not those of round 1: {first}, {now}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the New York files")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "peers", help="where each round is kept")
    parser.add_argument("--results", type=Path, default=ROOT / "bench" / "RESULTS.md")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sources", type=int, default=1000)
    parser.add_argument("--limit-ms", type=int, default=300_000)
    parser.add_argument("--peers", nargs="+", default=PEERS, choices=PEERS)
    options = parser.parse_args()
    options.data, options.out = options.data.resolve(), options.out.resolve()
    # The script that starts this one gives --data first; what follows is what a person asked for.
    asked = sys.argv[3:]
    options.command = shlex.join(["bench/peers/run", *asked]) if asked else "make bench-peers"

    subprocess.run(["cargo", "build", *OURS], check=True, cwd=ROOT)
    rounds: list[Round] = []
    absent: dict[str, str] = {}
    for number in range(1, options.rounds + 1):
        out = options.out / f"round-{number}"
        print(f"round {number} of {options.rounds}: Precinct", end="", flush=True)
        ours = measure_ours(options, out)
        check_repeats(options, number)
        rows = []
        for name in (each for each in options.peers if each not in absent):
            print(f", {name}", end="", flush=True)
            try:
                rows += measure_peer(name, options, out)
            except Absent as reason:
                absent[name] = str(reason)
                print(" (absent)", end="")
        print()
        rounds.append(Round(ours, rows))

    report = make_report(rounds, options.command, options.limit_ms, os.cpu_count() or 1, list(absent.values()))
    print(f"\n{report}")
    write(options.results, "peers", f"{report}\n")
    print(f"written to {options.results}")


if __name__ == "__main__":
    main()
