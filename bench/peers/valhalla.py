"""Valhalla's isochrones on the same roads, put to it as an OpenStreetMap extract with a speed for every arc.

Valhalla rounds speeds to km/h and adds its own costs at junctions, and its answer is an outline. So its answers cannot
be held equal; its `expansion` tells how many nodes it reached, and the table says what share of Precinct's that is.
Its wheel needs Python 3.12 to be imported, but the programs in it need no Python: they are unpacked and run.
"""

import gzip
import json
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import osmium

from answers import Answers
from network import Network
from timing import Absent, Row, median_of_calls

RELEASE = "3.9.1"
SOURCES = 100
TILES = Path(__file__).resolve().parents[2] / "build" / "peers-valhalla"
COORDINATES_FILE = "USA-road-d.NY.co.gz"
EARTH_M = 6_371_008.8


def unpack(folder: Path) -> Path:
    """The folder of Valhalla's programs, fetched by pip once."""
    programs = folder / f"wheel-{RELEASE}"
    if not (programs / "complete").exists():
        fetched = subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:",
             "--python-version", "3.12", "--dest", str(folder), f"pyvalhalla=={RELEASE}"])
        if fetched.returncode != 0:
            raise Absent(f"Valhalla: pip finds no pyvalhalla {RELEASE} built for this machine.")
        with zipfile.ZipFile(next(folder.glob(f"pyvalhalla-{RELEASE}-*.whl"))) as wheel:
            wheel.extractall(programs)
        for program in (programs / "valhalla" / "bin").iterdir():
            program.chmod(0o755)
        (programs / "complete").touch()
    return programs / "valhalla"


def read_coordinates(folder: Path) -> np.ndarray:
    """Longitude and latitude of each node, in degrees."""
    with gzip.open(folder / COORDINATES_FILE) as lines:
        rows = [line for line in lines if line.startswith(b"v ")]
    degrees: np.ndarray = np.loadtxt(rows, usecols=(2, 3)) / 1e6
    return degrees


def lengths(network: Network, degrees: np.ndarray) -> np.ndarray:
    """Metres between the ends of each arc, on a sphere."""
    lon, lat = np.radians(degrees).T
    east = (lon[network.head] - lon[network.tail]) * np.cos((lat[network.head] + lat[network.tail]) / 2)
    metres: np.ndarray = EARTH_M * np.hypot(east, lat[network.head] - lat[network.tail])
    return metres


def write_extract(path: Path, network: Network, degrees: np.ndarray) -> None:
    """A street for each arc, or for two that are each other's way back; `maxspeed` makes its length take its time."""
    key = network.tail * network.nodes + network.head
    back = network.head * network.nodes + network.tail
    at = np.minimum(np.searchsorted(key, back), len(key) - 1)
    both = (key[at] == back) & (network.ms[at] == network.ms)
    wanted = ~both | (network.tail < network.head)
    speeds = np.clip(np.rint(lengths(network, degrees) / network.ms * 3600), 5, 140).astype(int)
    with osmium.SimpleWriter(str(path), overwrite=True) as writer:
        for node, (lon, lat) in enumerate(degrees.tolist(), 1):
            writer.add_node(osmium.osm.mutable.Node(id=node, location=(lon, lat), version=1))
        arcs = zip(*(each[wanted].tolist() for each in (network.tail, network.head, speeds, both)), strict=True)
        for way, (tail, head, speed, two_way) in enumerate(arcs, 1):
            tags = {"highway": "tertiary", "oneway": "no" if two_way else "yes", "maxspeed": str(speed)}
            writer.add_way(osmium.osm.mutable.Way(id=way, nodes=[tail + 1, head + 1], tags=tags, version=1))


def build(folder: Path, programs: Path, network: Network, degrees: np.ndarray) -> dict[str, Any]:
    """Makes the tiles once; gives the settings to run with."""
    tiles = folder / f"tiles-{RELEASE}"
    made = subprocess.run([sys.executable, programs / "valhalla_build_config.py", "--mjolnir-tile-dir", tiles],
                          check=True, capture_output=True, text=True)
    settings: dict[str, Any] = json.loads(made.stdout)
    if not (tiles / "complete").exists():
        extract, config = folder / "new-york.osm.pbf", folder / "build.json"
        write_extract(extract, network, degrees)
        config.write_text(made.stdout)
        subprocess.run([programs / "bin" / "valhalla_build_tiles", "-c", config, extract], check=True,
                       stdout=subprocess.DEVNULL)
        (tiles / "complete").touch()
    return settings


def wait_for(port: int) -> None:
    """Waits up to ten seconds until somebody listens."""
    for _ in range(100):
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"Valhalla does not answer on port {port}")


@contextmanager
def service(programs: Path, settings: dict[str, Any]) -> Iterator[str]:
    """One worker on a free port of this machine; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="precinct-peers-") as folder:
        for part in ("loki", "thor", "odin", "meili"):
            settings[part]["service"]["proxy"] = f"ipc://{folder}/{part}"
        settings["httpd"]["service"] |= {"listen": f"tcp://127.0.0.1:{port}", "loopback": f"ipc://{folder}/loopback",
                                         "interrupt": f"ipc://{folder}/interrupt"}
        config = Path(folder) / "run.json"
        config.write_text(json.dumps(settings))
        worker = subprocess.Popen([programs / "bin" / "valhalla_service", config, "1"], stdout=subprocess.DEVNULL)
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            worker.kill()
            worker.wait()


def measure_valhalla(network: Network, answers: Answers, limit_ms: int) -> list[Row]:
    """One isochrone a request, over HTTP on this machine."""
    TILES.mkdir(parents=True, exist_ok=True)
    degrees = read_coordinates(network.folder)
    programs = unpack(TILES)
    settings = build(TILES, programs, network, degrees)
    few = list(answers)[:SOURCES]

    def ask(address: str, path: str, source: int, **more: Any) -> dict[str, Any]:
        lon, lat = degrees[source].tolist()
        question = {"locations": [{"lon": lon, "lat": lat}], "costing": "auto",
                    "contours": [{"time": limit_ms / 60_000}], **more}
        with urllib.request.urlopen(f"{address}/{path}", json.dumps(question).encode()) as reply:
            answer: dict[str, Any] = json.load(reply)
        return answer

    def reached(address: str, source: int) -> int:
        edges = ask(address, "expansion", source, action="isochrone", expansion_properties=["duration"],
                    skip_opposites=True)["features"]
        return len({tuple(edge["geometry"]["coordinates"][-1]) for edge in edges
                    if edge["properties"]["duration"] * 1000 <= limit_ms})

    with service(programs, settings) as address:
        ask(address, "isochrone", few[0])
        single = median_of_calls(lambda s: ask(address, "isochrone", s), few, lambda _s, _reply: None)
        shares = [reached(address, s) / len(answers[s].nodes) for s in few]
    note = f"an outline over HTTP; own costs at junctions: reaches {np.median(shares):.0%} of Precinct's nodes (median)"
    return [Row("Valhalla", RELEASE, "isochrone, a call per source", len(few), "median", single,
                "no: another model", note)]
