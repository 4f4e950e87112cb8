"""What one measurement is, and the clock."""

import gc
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

import numpy as np

T = TypeVar("T")


class Absent(Exception):
    """A program that is not to be had on this machine, and why."""


@dataclass(frozen=True)
class Row:
    """One line of the table, of one round. `us` is microseconds for one source."""

    program: str
    version: str
    call: str
    sources: int
    statistic: str  # "median": of one call per source; "mean": of one call for all of them; "total": of one call
    us: float
    checked: str
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def timed(call: Callable[[], T]) -> tuple[float, T]:
    """Microseconds of one call, and what it gave. The collector rests meanwhile, as `timeit` has it."""
    gc.collect()
    gc.disable()
    try:
        start = time.perf_counter_ns()
        result = call()
        return (time.perf_counter_ns() - start) / 1000, result
    finally:
        gc.enable()


def median_of_calls(call: Callable[[int], T], sources: Iterable[int], use: Callable[[int, T], None]) -> float:
    """The median microseconds of one call per source; `use` gets each result, off the clock."""
    times = []
    gc.collect()
    gc.disable()
    try:
        for source in sources:
            start = time.perf_counter_ns()
            result = call(source)
            times.append((time.perf_counter_ns() - start) / 1000)
            use(source, result)
    finally:
        gc.enable()
    return float(np.median(times))
