"""How few junctions cut a ball: scipy, igraph and OR-tools beside Precinct, on the same balls in one run."""

import argparse
import json
import pathlib
import statistics
import time
from importlib.metadata import version

import sections

ROUNDS = 3


def split(ball):
    """The ball as a network of arcs: each junction is two nodes, with an arc of its own between that carries one if it can be closed."""
    import numpy

    closable = numpy.array(ball["closable"], dtype=numpy.int32)
    count = len(closable)
    everything = count + 1  # no cut has so many points
    source, sink = 2 * count, 2 * count + 1
    node = numpy.arange(count, dtype=numpy.int32)
    first, last = (numpy.array(ball[key], dtype=numpy.int32) for key in ("sources", "exits"))
    tails, heads = (numpy.array(ball[key], dtype=numpy.int32) for key in ("tails", "heads"))
    tail = numpy.concatenate([2 * node, 2 * tails + 1, numpy.full(len(first), source), 2 * last + 1]).astype(numpy.int32)
    head = numpy.concatenate([2 * node + 1, 2 * heads, 2 * first, numpy.full(len(last), sink)]).astype(numpy.int32)
    room = numpy.full(len(tail), everything, dtype=numpy.int32)
    room[:count] = numpy.where(closable == 1, 1, everything)
    return 2 * count + 2, source, sink, tail, head, room


def scipy(network):
    """scipy's maximum_flow (Dinic) on a matrix made beforehand."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import maximum_flow

    nodes, source, sink, tail, head, room = network
    matrix = coo_matrix((room, (tail, head)), shape=(nodes, nodes)).tocsr()
    return lambda: int(maximum_flow(matrix, source, sink).flow_value)


def igraph(network):
    """igraph's maxflow_value (push-relabel) on a graph made beforehand."""
    import igraph as library

    nodes, source, sink, tail, head, room = network
    graph = library.Graph(n=nodes, edges=list(zip(tail.tolist(), head.tolist())), directed=True)
    capacity = room.tolist()
    return lambda: round(graph.maxflow_value(source, sink, capacity))


def ortools(network):
    """OR-tools' SimpleMaxFlow (push-relabel) with its arcs given beforehand."""
    from ortools.graph.python import max_flow

    nodes, source, sink, tail, head, room = network
    solver = max_flow.SimpleMaxFlow()
    solver.add_arcs_with_capacity(tail, head, room)

    def solve():
        assert solver.solve(source, sink) == solver.OPTIMAL
        return int(solver.optimal_flow())

    return solve


PEERS = {"scipy": scipy, "igraph": igraph, "ortools": ortools}


def measure(ball, make):
    """The answer, and the best of some times in microseconds."""
    solve = make(split(ball))
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        value = solve()
        times.append((time.perf_counter() - began) * 1e6)
    return value, min(times)


def table(balls, rows):
    """The section of the results."""
    lines = [
        "## The cut alone, beside others",
        "",
        f"Made by `bench/peers/containment --write`: the balls of {len(balls)} who left as above, as a minimum cut of junctions whoever there is"
        " to close them. Precinct's time is from the ball to its fewest points, with what it leaves out of the ball; the others are given"
        f" the network in their own form and timed for the flow alone, best of {ROUNDS}. A ratio is the median of the balls'. Every cut was found"
        " as large as Precinct's, or there would be no table.",
        "",
        "| city | junctions | points | Precinct | " + " | ".join(f"{name} {version(name)}" for name in rows) + " |",
        "|---|" + "---:|" * (3 + len(rows)),
    ]
    for city in dict.fromkeys(ball["city"] for ball in balls):
        own = [i for i, ball in enumerate(balls) if ball["city"] == city]
        ours = [balls[i]["us"] for i in own]
        cells = [f"{statistics.median(len(balls[i]['closable']) for i in own):,.0f}",
                 f"{statistics.median(balls[i]['value'] for i in own):,.0f}", f"{statistics.median(ours):,.0f} µs"]
        for times in rows.values():
            theirs = [times[i] for i in own]
            ratio = statistics.median(a / b for a, b in zip(theirs, ours))
            cells.append(f"{statistics.median(theirs):,.0f} µs, **{ratio:.1f}×**")
        lines.append(f"| {city} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("balls", type=pathlib.Path, help="what `precinct-bench containment --dump` wrote")
    arguments.add_argument("--write", type=pathlib.Path, help="put the table into this file")
    given = arguments.parse_args()
    balls = json.loads(given.balls.read_text(encoding="ascii"))
    rows = {name: [] for name in PEERS}
    for ball in balls:
        for name, make in PEERS.items():
            value, us = measure(ball, make)
            assert value == ball["value"], f"{name} says {value}, Precinct {ball['value']}"
            rows[name].append(us)
    text = table(balls, rows)
    print(text)
    if given.write:
        sections.write(given.write, "containment-peers", text)


if __name__ == "__main__":
    main()
