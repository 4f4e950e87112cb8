"""Precinct's answers, and the comparison of everybody else's with them."""

import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from network import Ints


@dataclass(frozen=True)
class Reached:
    """What one source reaches: nodes in rising order, counted from 0, and the milliseconds to each."""

    nodes: Ints
    ms: Ints


Answers = dict[int, Reached]


class Unequal(Exception):
    """A program and Precinct disagree."""


def read_answers(path: Path, sources: list[int]) -> Answers:
    """Reads `ours_sets.bin`: for each source a count, then as many pairs (node from 1, ms), all little-endian u32."""
    words = np.fromfile(path, dtype="<u4").astype(np.int64)
    answers: Answers = {}
    at = 0
    for source in sources:
        if at >= len(words) or at + 1 + 2 * words[at] > len(words):
            raise SystemExit(f"{path}: ends before the answer for source {source + 1}")
        count = int(words[at])
        pairs = words[at + 1 : at + 1 + 2 * count].reshape(count, 2)
        if count > 1 and not (np.diff(pairs[:, 0]) > 0).all():
            raise SystemExit(f"{path}: the nodes of source {source + 1} are not in rising order")
        answers[source] = Reached(pairs[:, 0] - 1, pairs[:, 1])
        at += 1 + 2 * count
    if at != len(words):
        raise SystemExit(f"{path}: {len(words) - at} words left over after {len(sources)} sources")
    return answers


def check_reached(who: str, source: int, theirs: Reached, ours: Reached) -> None:
    """Same nodes, same milliseconds, or `Unequal` with the first node that differs."""
    if not np.array_equal(theirs.nodes, ours.nodes):
        differ = np.setxor1d(theirs.nodes, ours.nodes)
        side = who if differ[0] in theirs.nodes else "Precinct"
        raise Unequal(
            f"source {source + 1}: {who} reaches {len(theirs.nodes)} nodes, Precinct {len(ours.nodes)}; "
            f"{len(differ)} differ, the first is node {differ[0] + 1}, reached by {side} alone"
        )
    if not np.array_equal(theirs.ms, ours.ms):
        at = int(np.flatnonzero(theirs.ms != ours.ms)[0])
        raise Unequal(
            f"source {source + 1}, node {ours.nodes[at] + 1}: {who} says {theirs.ms[at]} ms, Precinct {ours.ms[at]} ms"
        )


def check_number(who: str, source: int, what: str, theirs: float, ours: float, relative: float = 0.0) -> None:
    """The same number, within a relative tolerance that is zero unless told."""
    if not abs(theirs - ours) <= relative * abs(ours):
        raise Unequal(f"source {source + 1}: {what} is {theirs} by {who}, {ours} by Precinct")


def stop(problem: Unequal) -> None:
    """Ends the program so that nobody misses it."""
    print(f"ANSWERS DIFFER: {problem}", file=sys.stderr)
    raise SystemExit(3)
