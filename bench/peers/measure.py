"""Measures one program in a process of its own and writes its rows: measure.py NAME DATA OURS OUT LIMIT_MS."""

import importlib
import json
import sys
from pathlib import Path

from answers import Unequal, read_answers, stop
from network import read_network
from timing import Absent

# The exit code that means: not to be had on this machine; the last line printed says why.
ABSENT = 4


def main(name: str, data: Path, ours: Path, out: Path, limit_ms: int) -> None:
    module = importlib.import_module(name if name in ("pgrouting", "valhalla") else "libraries")
    measure = getattr(module, f"measure_{name}")
    sources = [node - 1 for node in json.loads((ours / "ours.json").read_text())["sources"]]
    answers = read_answers(ours / "ours_sets.bin", sources)
    try:
        rows = measure(read_network(data), answers, limit_ms)
    except Unequal as problem:
        stop(problem)
    except Absent as reason:
        print(reason)
        raise SystemExit(ABSENT) from None
    out.write_text(json.dumps([row.to_json() for row in rows]))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]), int(sys.argv[5]))
