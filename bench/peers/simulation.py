"""An independent twin of Precinct's simulation in SimPy, and the same queue in Ciw.

`simulation.py trace` makes a small trace, simulates it with SimPy and with Ciw, and prints it with what became of each call: the golden
file that the tests of `precinct-whatif` hold the Rust simulation against, call by call, so that CI needs no Python.

`simulation.py measure FOLDER` reads a trace that `precinct-bench whatif` leaves, simulates it with SimPy, holds every call against what
Precinct said, and tells how many calls a second SimPy did. Where the trace has all road times ("given"), they cost nothing here. Where it
has the roads ("own"), the twin finds its times itself, in the ways a user of Python has, each measured by itself: with scipy's compiled
Dijkstra on the reversed graph from the place of the call, over everything (`whole`); with a limit that grows until a free crew is found
(`limited`); over everything once for each distinct place, and kept (`kept`).

The twin knows nothing of Precinct's code: crews stand at posts; the most urgent call that waits, then the earliest, gets the crew that is
there first, of several as soon the lowest number; crews drive, stay, drive back, and can be sent again when they are home. Where it finds
its own way crews are patrols: they stay where their call was and are sent from there, so no table of a few posts can replace the search.
"""

import argparse
import heapq
import json
import pathlib
import random
import time

import simpy

# The small town: streets ten seconds long, eight corners each way; posts and how many crews each.
BLOCK_MS = 10_000
POSTS = [(0, 0, 2), (6, 2, 2), (3, 7, 1)]


class Twin:
    """Crews, calls that wait, and what became of each call."""

    def __init__(self, calls, homes, to_call, to_home):
        self.env = simpy.Environment()
        self.calls, self.homes = calls, homes
        self.to_call, self.to_home = to_call, to_home
        self.free = set(range(len(homes)))
        self.waiting = []
        self.told = [None] * len(calls)

    def run(self):
        self.env.process(self.arrivals())
        self.env.run()
        return self.told

    def arrivals(self):
        for number, call in enumerate(self.calls):
            yield self.env.timeout(call["received"] - self.env.now)
            heapq.heappush(self.waiting, (call["priority"], call["received"], number))
            self.desk()

    def desk(self):
        while self.waiting and self.free:
            _, _, number = heapq.heappop(self.waiting)
            crew = min(self.free, key=lambda crew: (self.to_call(self.homes[crew], self.calls[number]), crew))
            self.free.remove(crew)
            self.env.process(self.task(crew, number))

    def task(self, crew, number):
        call, home, sent = self.calls[number], self.homes[crew], self.env.now
        yield self.env.timeout(self.to_call(home, call))
        there = self.env.now
        yield self.env.timeout(call["stay"])
        self.told[number] = (crew, sent, there, self.env.now)
        yield self.env.timeout(self.to_home(home, call))
        self.free.add(crew)
        self.desk()


def small(seed=20240108, count=400):
    """A busy trace in the small town, and its posts by crew."""
    lots = random.Random(seed)
    clock, calls = 0, []
    for _ in range(count):
        clock += int(lots.expovariate(1 / 170_000)) + 1
        calls.append({
            "received": clock,
            "priority": lots.choice([2, 3, 5]),
            "x": lots.randrange(8),
            "y": lots.randrange(8),
            "stay": int(lots.expovariate(1 / 600_000)) + 1,
        })
    homes = [(x, y) for x, y, crews in POSTS for _ in range(crews)]
    return calls, homes


def blocks(home, call):
    return BLOCK_MS * (abs(home[0] - call["x"]) + abs(home[1] - call["y"]))


def held_against_ciw(calls, crews=5, exact=26):
    """The waits of the queue alone, no driving, one class: SimPy's against Ciw's, call by call."""
    import ciw

    plain = [{**call, "priority": 1} for call in calls]
    told = Twin(plain, list(range(crews)), lambda home, call: 0, lambda home, call: 0).run()
    between = [b["received"] - a["received"] for a, b in zip([{"received": 0}, *calls], calls)]
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Sequential([*between, float("inf")])],
        service_distributions=[ciw.dists.Sequential([call["stay"] for call in calls])],
        number_of_servers=[crews],
    )
    queue = ciw.Simulation(network, exact=exact)
    queue.simulate_until_max_customers(len(calls))
    records = sorted(queue.get_all_records(), key=lambda record: record.arrival_date)
    for call, ours, theirs in zip(calls, told, records, strict=True):
        assert int(theirs.arrival_date) == call["received"]
        assert int(theirs.service_start_date) == ours[1], (call, ours, theirs)
    return len(records)


def trace():
    calls, homes = small()
    told = Twin(calls, homes, blocks, blocks).run()
    held = held_against_ciw(calls)
    waited = sum(sent > call["received"] for call, (_, sent, _, _) in zip(calls, told))
    print(f"# Made by bench/peers/simulation.py trace; SimPy {simpy.__version__}. {len(calls)} calls, {waited} of them waited;")
    print(f"# without driving and in one class Ciw told the same waits for {held}.")
    print("# received priority x y stay: crew sent there done, in milliseconds")
    for call, (crew, sent, there, done) in zip(calls, told):
        columns = [call["received"], call["priority"], call["x"], call["y"], call["stay"], crew + 1, sent, there, done]
        print(*columns)


def rate(calls, seconds):
    """Calls a second, by the middle of several rounds."""
    return round(calls / sorted(seconds)[len(seconds) // 2])


def held(told, trace):
    """Every call that was come to must have fared as Precinct says; the number of them."""
    for number, (ours, theirs) in enumerate(zip(told, trace["told"])):
        assert tuple(theirs) == tuple(ours), (number, ours, theirs)
    return len(told)


def given(trace, calls):
    """With all road times for nothing; and the queue without any road in Ciw."""
    out, back = trace["to_call"], trace["to_home"]
    seconds = []
    for _ in range(3):
        twin = Twin(calls, trace["homes"], lambda h, c: out[h][c["place"]], lambda h, c: back[h][c["place"]])
        start = time.perf_counter()
        told = twin.run()
        seconds.append(time.perf_counter() - start)
    yield {"what": "given", "calls": len(calls), "equal": held(told, trace), "calls_per_second": rate(len(calls), seconds)}
    start = time.perf_counter()
    equal = held_against_ciw(calls, len(trace["homes"]), exact=False)
    yield {"what": "ciw", "calls": len(calls), "equal": equal, "calls_per_second": rate(equal, [time.perf_counter() - start])}


def measure(folder):
    trace = json.loads((folder / "trace.json").read_text())
    calls = [dict(zip(("received", "priority", "place", "stay"), call)) for call in trace["calls"]]
    if "to_call" in trace:
        rows = given(trace, calls)
    else:
        import patrols

        rows = patrols.measured(trace, calls, folder)
    for row in rows:
        print(json.dumps({"simpy": simpy.__version__, **row}), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["trace", "measure"])
    parser.add_argument("folder", nargs="?", type=pathlib.Path)
    options = parser.parse_args()
    trace() if options.what == "trace" else measure(options.folder)
