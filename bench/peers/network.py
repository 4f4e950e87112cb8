"""The New York road network of the 9th DIMACS challenge, as every program here is given it."""

import gzip
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

ARCS_FILE = "USA-road-t.NY.gr.gz"


@dataclass(frozen=True)
class Network:
    """Arcs in order of tail, then head. Nodes count from 0; DIMACS and Precinct's answers count from 1."""

    folder: Path
    nodes: int
    tail: Ints
    head: Ints
    ms: Ints


def read_network(folder: Path) -> Network:
    """Reads the travel times. One unit is 3.6 ms, rounded half up in integers.

    Of parallel arcs the quickest is kept: it decides every answer, and scipy would add them up.
    """
    path = folder / ARCS_FILE
    nodes = declared = 0
    rows: list[bytes] = []
    with gzip.open(path) as lines:
        for line in lines:
            if line.startswith(b"a "):
                rows.append(line)
            elif line.startswith(b"p sp "):
                nodes, declared = (int(field) for field in line.split()[2:4])
    if len(rows) != declared:
        raise SystemExit(f"{path}: the header promises {declared} arcs, the file has {len(rows)}")
    tail, head, units = np.loadtxt(rows, dtype=np.int64, usecols=(1, 2, 3), unpack=True)
    ms = (units * 36 + 5) // 10
    order = np.lexsort((ms, head, tail))
    tail, head, ms = tail[order] - 1, head[order] - 1, ms[order]
    first = np.ones(len(tail), dtype=bool)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    return Network(folder, nodes, tail[first], head[first], ms[first])
