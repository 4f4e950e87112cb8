"""The twin that finds its own way: patrols that stay where their last call was, on a road network, with scipy's Dijkstra."""

import heapq
import time

import numpy as np
import simpy
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

# How far the first search with a limit goes, and how much farther each one after it.
FIRST_MS, FARTHER = 240_000, 3
# Seconds that one way of searching may take: what is left of the trace then is not run.
PATIENCE_S = 45


class Roads:
    """The network reversed, with a node more for each place that calls come from."""

    def __init__(self, trace, folder):
        arcs = np.fromfile(folder / "arcs.bin", dtype="<u4").reshape(-1, 3).astype(np.int64)
        places, nodes = len(trace["enter"]), trace["nodes"]
        ends = [(nodes + place, node, ms) for place, seeds in enumerate(trace["enter"]) for node, ms in seeds]
        ends = np.array(ends, dtype=np.int64)
        tail = np.concatenate([arcs[:, 1], ends[:, 0]])
        head = np.concatenate([arcs[:, 0], ends[:, 1]])
        ms = np.concatenate([arcs[:, 2], ends[:, 2]])
        order = np.lexsort((ms, head, tail))
        tail, head, ms = tail[order], head[order], ms[order]
        first = np.ones(len(tail), dtype=bool)
        first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
        size = nodes + places
        self.graph = csr_matrix((ms[first].astype(float), (tail[first], head[first])), shape=(size, size))
        self.nodes = nodes
        # By which nodes a place is left; a place with one end has it twice.
        leave = [seeds if len(seeds) > 1 else seeds * 2 for seeds in trace["leave"]]
        self.leave = np.array([[node for node, _ in seeds] for seeds in leave])
        self.takes = np.array([[ms for _, ms in seeds] for seeds in leave], dtype=float)
        self.direct = {}
        for start, end, ms in trace["direct"]:
            self.direct.setdefault(end, []).append((start, ms))

    def search(self, place, limit=np.inf):
        return dijkstra(self.graph, indices=self.nodes + place, limit=limit)

    def times(self, far, place, stands):
        """Milliseconds from each of the places `stands` to the one that `far` was searched from."""
        through = (far[self.leave[stands]] + self.takes[stands]).min(axis=1)
        for start, ms in self.direct.get(place, ()):
            through[stands == start] = np.minimum(through[stands == start], ms)
        return through


class Patrols:
    """Crews that stay where they were last, calls that wait, and what became of each call."""

    def __init__(self, calls, stands, roads, way):
        self.env = simpy.Environment()
        self.calls, self.roads, self.way = calls, roads, way
        self.stands = np.array(stands)
        self.free = np.ones(len(stands), dtype=bool)
        self.waiting, self.known = [], {}
        self.told = [None] * len(calls)
        self.spent = 0

    def run(self):
        begun = time.perf_counter()
        for number, call in enumerate(self.calls):
            self.env.timeout(call["received"], number).callbacks.append(self.received)
        while self.env.peek() < float("inf"):
            self.env.step()
            self.spent = time.perf_counter() - begun
            if self.spent > PATIENCE_S:
                break
        # Up to the first that was not come to.
        done = next((number for number, told in enumerate(self.told) if told is None), len(self.told))
        return self.told[:done]

    def received(self, event):
        # Taken at once; but what ends at the same instant has ended before anybody is sent.
        self.env.timeout(0, event.value).callbacks.append(self.ready)

    def ready(self, event):
        call = self.calls[event.value]
        heapq.heappush(self.waiting, (call["priority"], call["received"], event.value))
        self.desk()

    def desk(self):
        while self.waiting and self.free.any():
            _, _, number = heapq.heappop(self.waiting)
            crews = np.flatnonzero(self.free)
            times = self.way(self, self.calls[number]["place"], self.stands[crews])
            # The first of those that are there as soon: crews are in order of number.
            best = times.argmin()
            self.free[crews[best]] = False
            self.env.process(self.task(int(crews[best]), number, int(times[best])))

    def task(self, crew, number, takes):
        call, sent = self.calls[number], self.env.now
        yield self.env.timeout(takes)
        there = self.env.now
        yield self.env.timeout(call["stay"])
        self.told[number] = (crew, sent, there, self.env.now)
        self.stands[crew] = call["place"]
        self.free[crew] = True
        self.desk()


def whole(twin, place, stands):
    return twin.roads.times(twin.roads.search(place), place, stands)


def limited(twin, place, stands):
    limit = FIRST_MS
    while True:
        times = twin.roads.times(twin.roads.search(place, limit), place, stands)
        if times.min() <= limit:
            return times
        limit *= FARTHER


def kept(twin, place, stands):
    far = twin.known.get(place)
    if far is None:
        far = twin.known[place] = twin.roads.search(place)[: twin.roads.nodes]
    return twin.roads.times(far, place, stands)


def measured(trace, calls, folder):
    roads = Roads(trace, folder)
    distinct = len({call["place"] for call in calls})
    ways = [whole, limited] + ([kept] if distinct * 4 < len(calls) else [])
    for way in ways:
        twin = Patrols(calls, trace["stands"], roads, way)
        told = twin.run()
        for number, (ours, theirs) in enumerate(zip(told, trace["told"])):
            assert tuple(theirs) == ours, (way.__name__, number, ours, theirs)
        yield {
            "what": way.__name__,
            "calls": len(told),
            "equal": len(told),
            "distinct": distinct,
            "calls_per_second": round(len(told) / twin.spent, 1),
        }
