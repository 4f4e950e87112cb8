"""pgRouting in a PostgreSQL server of its own, made in a temporary folder and removed afterwards."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from answers import Answers, Reached, check_number, check_reached
from network import Network
from timing import Absent, Row

# Each call reads all arcs anew, which takes far longer than the search.
SINGLE = 5
BATCH = 100

SETTINGS = "-c listen_addresses= -c fsync=off -c jit=off -c shared_buffers=256MB -c max_parallel_workers_per_gather=0"


def server_tools() -> Path | None:
    """The folder of `initdb` and `pg_ctl` of a PostgreSQL that has pgRouting, if there is one."""
    asked = shutil.which("pg_config")
    folders = [Path(asked).parent] if asked else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists():
            shared = [Path("/usr/share/postgresql") / folder.parent.name, folder.parent / "share"]
            if any((place / "extension" / "pgrouting.control").exists() for place in shared):
                return folder
    return None


def as_server(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root: then the account `postgres` runs it."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


@contextmanager
def server(tools: Path) -> Iterator[list[str]]:
    """A running server; gives the `psql` command that reaches it, over a socket only."""
    folder = Path(tempfile.mkdtemp(prefix="precinct-peers-"))
    folder.chmod(0o777)
    data = folder / "db"

    def run(*command: str) -> None:
        subprocess.run(as_server(list(command)), check=True, stdout=subprocess.DEVNULL, cwd="/")

    try:
        run(str(tools / "initdb"), "-D", str(data), "-U", "peers", "-A", "trust", "--no-sync")
        options = f"{SETTINGS} -k {folder}"
        run(str(tools / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield [str(tools / "psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1",
                   "-h", str(folder), "-U", "peers", "-d", "postgres"]
        finally:
            run(str(tools / "pg_ctl"), "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def ask(psql: list[str], script: str) -> str:
    """Runs a script and gives what it printed."""
    return subprocess.run(psql, input=script, text=True, capture_output=True, check=True).stdout


def load(psql: list[str], network: Network) -> str:
    """Makes the table of arcs; gives pgRouting's version."""
    rows = np.column_stack([np.arange(len(network.ms)), network.tail, network.head, network.ms])
    lines = "\n".join("\t".join(map(str, row)) for row in rows.tolist())
    ask(psql, "CREATE TABLE arcs (id bigint, source bigint, target bigint, cost double precision);\n"
              f"COPY arcs FROM STDIN;\n{lines}\n\\.\nVACUUM ANALYZE arcs;\n")
    ask(psql, "CREATE EXTENSION pgrouting CASCADE;")
    return ask(psql, "SELECT pgr_version();").strip()


def search(psql: list[str], release: str, groups: list[list[int]], limit_ms: int) -> tuple[list[float], np.ndarray]:
    """One `pgr_drivingDistance` per group: the microseconds of each, and all rows (source, node, ms)."""
    start = "start_vid" if tuple(map(int, release.split(".")[:2])) >= (3, 6) else "from_v"
    queries = "".join(
        f"SELECT {start}, node, agg_cost FROM pgr_drivingDistance('SELECT id, source, target, cost FROM arcs', "
        f"ARRAY{group}::bigint[], {limit_ms}, directed => true);\n"
        for group in groups
    )
    with tempfile.NamedTemporaryFile("r") as rows:
        times = ask(psql, f"\\pset fieldsep ' '\n\\o {rows.name}\n\\timing on\n{queries}")
        found = np.loadtxt(rows.name, dtype=np.float64, ndmin=2)
    return [float(ms) * 1000 for ms in re.findall(r"Time: ([\d.]+) ms", times)], found.astype(np.int64)


def check(found: np.ndarray, sources: list[int], answers: Answers) -> None:
    """Every source answered, each as Precinct answers it."""
    for source in sources:
        mine = found[found[:, 0] == source]
        mine = mine[np.argsort(mine[:, 1])]
        check_reached("pgRouting", source, Reached(mine[:, 1], mine[:, 2]), answers[source])
    check_number("pgRouting", sources[0], "the number of sources answered", len(np.unique(found[:, 0])), len(sources))


def measure_pgrouting(network: Network, answers: Answers, limit_ms: int) -> list[Row]:
    """`pgr_drivingDistance`, called once per source and once for many."""
    tools = server_tools()
    if tools is None:
        raise Absent("pgRouting: no PostgreSQL here has it (Debian: `postgresql-15-pgrouting`).")
    many = list(answers)[:BATCH]
    few = many[:SINGLE]
    with server(tools) as psql:
        release = load(psql, network)
        single, found = search(psql, release, [[source] for source in few], limit_ms)
        check(found, few, answers)
        batch, found = search(psql, release, [many], limit_ms)
        check(found, many, answers)
    note = "each call reads all arcs from its table"
    return [
        Row("pgRouting", release, "pgr_drivingDistance, one call for all", len(many), "mean", batch[0] / len(many),
            "nodes and times", note),
        Row("pgRouting", release, "pgr_drivingDistance, a call per source", len(few), "median",
            float(np.median(single)), "nodes and times", note),
    ]
