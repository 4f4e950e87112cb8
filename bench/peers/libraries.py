"""The Python libraries: each function loads the network, measures, and checks every answer it got."""

from importlib.metadata import version

import igraph
import networkit
import numpy as np
import pandana
import pandas as pd
import threadpoolctl
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from answers import Answers, Reached, check_number, check_reached
from network import Network
from timing import Row, median_of_calls, timed

# Programs that cannot stop at a limit search the whole network: a tenth of the sources tells enough.
FEW = 100
BATCH = 100


def within(distances: np.ndarray, limit_ms: int) -> Reached:
    """What lies within the limit, from a distance for every node. Doubles hold these integers exactly."""
    nodes = np.flatnonzero(distances <= limit_ms)
    return Reached(nodes, distances[nodes].astype(np.int64))


def measure_scipy(network: Network, answers: Answers, limit_ms: int) -> list[Row]:
    """`dijkstra(limit=…)`, called once per source and once for many."""
    size = (network.nodes, network.nodes)
    graph = csr_array((network.ms.astype(np.float64), (network.tail, network.head)), shape=size)
    release = version("scipy")

    def check(source: int, distances: np.ndarray) -> None:
        check_reached("scipy", source, within(distances, limit_ms), answers[source])

    single = median_of_calls(lambda s: dijkstra(graph, indices=s, limit=limit_ms), answers, check)
    many = list(answers)[:BATCH]
    batch, table = timed(lambda: dijkstra(graph, indices=many, limit=limit_ms))
    for source, distances in zip(many, table, strict=True):
        check(source, distances)
    return [
        Row("scipy", release, "dijkstra(limit), a call per source", len(answers), "median", single, "nodes and times"),
        Row("scipy", release, "dijkstra(limit), one call for all", len(many), "mean", batch / len(many),
            "nodes and times", "fills a dense table of sources by nodes"),
    ]


def measure_pandana(network: Network, answers: Answers, limit_ms: int) -> list[Row]:
    """`nodes_in_range` on one thread and `aggregate` over every node on two.

    Pandana keeps thousandths of its unit as integers, cutting off the rest. So seconds with half a millisecond
    added are our milliseconds exactly, and its answers can be held to the millisecond.
    """
    nowhere = pd.Series(np.zeros(network.nodes))
    seconds = pd.DataFrame({"s": (network.ms + 0.5) / 1000})
    net = pandana.Network(nowhere, nowhere, pd.Series(network.tail), pd.Series(network.head), seconds, twoway=False)
    limit_s, sources, release = limit_ms / 1000, list(answers), version("pandana")

    def check(source: int, found: pd.DataFrame) -> None:
        found = found.sort_values("destination")
        ms = np.rint(found["s"].to_numpy(np.float64) * 1000).astype(np.int64)
        check_reached("pandana", source, Reached(found["destination"].to_numpy(), ms), answers[source])

    with threadpoolctl.threadpool_limits(limits=1, user_api="openmp"):
        batch, table = timed(lambda: net.nodes_in_range(sources, limit_s))
        single = median_of_calls(lambda s: net.nodes_in_range([s], limit_s), sources[:FEW], check)
    for source, found in table.groupby("source", sort=False):
        check(int(source), found)
    check_number("pandana", sources[0], "the number of sources answered", table["source"].nunique(), len(sources))

    net.set(pd.Series(np.arange(network.nodes)))
    total, counts = timed(lambda: net.aggregate(limit_s, type="sum", decay="flat"))
    for source in sources:
        check_number("pandana aggregate", source, "the count", counts[source], len(answers[source].nodes))
    return [
        Row("pandana", release, "nodes_in_range, one call for all", len(sources), "mean", batch / len(sources),
            "nodes and times"),
        Row("pandana", release, "nodes_in_range, a call per source", min(FEW, len(sources)), "median", single,
            "nodes and times", "each call copies the ids of all nodes"),
        Row("pandana", release, "aggregate, every node, two threads", network.nodes, "total", total,
            f"counts at the {len(sources):,} sources"),
    ]


def measure_networkit(network: Network, answers: Answers, limit_ms: int) -> list[Row]:
    """`Dijkstra` takes a target but no limit, so it searches the whole network."""
    networkit.setNumberOfThreads(1)
    arcs = (network.ms.astype(np.float64), (network.tail, network.head))
    graph = networkit.GraphFromCoo(arcs, n=network.nodes, weighted=True, directed=True)

    def search(source: int) -> np.ndarray:
        run = networkit.distance.Dijkstra(graph, source, storePaths=False)
        run.run()
        return np.asarray(run.getDistances(asarray=True))

    def check(source: int, distances: np.ndarray) -> None:
        check_reached("networkit", source, within(distances, limit_ms), answers[source])

    few = list(answers)[:FEW]
    single = median_of_calls(search, few, check)
    return [Row("networkit", version("networkit"), "Dijkstra, a call per source", len(few), "median", single,
                "nodes and times", "has no limit: searches the whole network")]


def measure_igraph(network: Network, answers: Answers, limit_ms: int) -> list[Row]:
    """`distances` has no limit; `closeness(cutoff)` does the bounded search but tells one number of it."""
    graph = igraph.Graph(n=network.nodes, edges=np.column_stack([network.tail, network.head]), directed=True)
    graph.es["ms"] = network.ms.tolist()
    release = version("igraph")

    def check(source: int, distances: list[list[float]]) -> None:
        check_reached("igraph", source, within(np.array(distances[0]), limit_ms), answers[source])

    few, sources = list(answers)[:FEW], list(answers)
    single = median_of_calls(lambda s: graph.distances(source=s, weights="ms", mode="out"), few, check)
    batch, values = timed(lambda: graph.closeness(sources, mode="out", cutoff=limit_ms, weights="ms"))
    for source, value in zip(sources, values, strict=True):
        others = len(answers[source].nodes) - 1
        if others > 0:
            mean = answers[source].ms.sum() / others
            check_number("igraph closeness", source, "the mean time", 1 / value, mean, 1e-9)
    return [
        Row("igraph", release, "closeness(cutoff), one call for all", len(sources), "mean", batch / len(sources),
            "mean time to what is reached", "bounded, but gives one number and no nodes"),
        Row("igraph", release, "distances, a call per source", len(few), "median", single, "nodes and times",
            "has no limit: searches the whole network"),
    ]
