"""Where posts go: HiGHS on the merged and on the plain model, CP-SAT and spopt beside Precinct, on the same instance in one run."""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import time

import sections

# Seconds that a program has beside its limit, for reading and building its model; then it is ended.
GRACE = 45


def read(path):
    """Posts, candidates, and rows as (weight, coverers)."""
    with open(path, encoding="ascii") as file:
        posts, candidates, rows = map(int, file.readline().split())
        table = [tuple(map(int, line.split())) for line in file]
    assert len(table) == rows
    return posts, candidates, [(row[0], row[1:]) for row in table if len(row) > 1]


def highs(model, limit):
    """HiGHS, given the maximal covering model row by row through its own interface."""
    import highspy
    import numpy

    posts, candidates, rows = model
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.5)
    solver.setOptionValue("time_limit", float(limit))
    count = candidates + len(rows)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = count, len(rows) + 1
    lp.col_cost_ = numpy.array([0.0] * candidates + [float(row[0]) for row in rows])
    lp.col_lower_, lp.col_upper_ = numpy.zeros(count), numpy.ones(count)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.integrality_ = [highspy.HighsVarType.kInteger] * candidates + [highspy.HighsVarType.kContinuous] * len(rows)
    start, index, value = [0], [], []
    for i, (_, coverers) in enumerate(rows):
        index.extend((candidates + i, *coverers))
        value.extend((1.0, *([-1.0] * len(coverers))))
        start.append(len(index))
    index.extend(range(candidates))
    value.extend([1.0] * candidates)
    start.append(len(index))
    lp.row_lower_ = numpy.full(len(rows) + 1, -highspy.kHighsInf)
    lp.row_upper_ = numpy.array([0.0] * len(rows) + [float(posts)])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = numpy.array(start), numpy.array(index)
    lp.a_matrix_.value_ = numpy.array(value)
    began = time.perf_counter()
    solver.passModel(lp)
    solver.run()
    took = time.perf_counter() - began
    info = solver.getInfo()
    done = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return took, round(info.objective_function_value), round(info.mip_dual_bound, 1), done


def cp_sat(model, limit):
    """OR-tools CP-SAT on two workers."""
    from ortools.sat.python import cp_model

    posts, candidates, rows = model
    problem = cp_model.CpModel()
    chosen = [problem.new_bool_var("") for _ in range(candidates)]
    covered = [problem.new_bool_var("") for _ in rows]
    for one, (_, coverers) in zip(covered, rows):
        problem.add_bool_or([chosen[j] for j in coverers] + [~one])
    problem.add(sum(chosen) <= posts)
    problem.maximize(sum(weight * one for one, (weight, _) in zip(covered, rows)))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = limit
    solver.parameters.num_workers = 2
    began = time.perf_counter()
    status = solver.solve(problem)
    took = time.perf_counter() - began
    return took, round(solver.objective_value), round(solver.best_objective_bound, 1), status == cp_model.OPTIMAL


def spopt(model, limit):
    """spopt's MCLP, which takes a matrix of costs and hands its model to a solver of PuLP."""
    import numpy
    import pulp
    from spopt.locate import MCLP

    posts, candidates, rows = model
    began = time.perf_counter()
    costs = numpy.ones((len(rows), candidates), dtype=numpy.float32)
    for i, (_, coverers) in enumerate(rows):
        costs[i, list(coverers)] = 0.0
    weights = numpy.array([row[0] for row in rows])
    problem = MCLP.from_cost_matrix(costs, weights, service_radius=0.5, p_facilities=posts)
    problem.solve(pulp.PULP_CBC_CMD(msg=False, timeLimit=limit, threads=2))
    took = time.perf_counter() - began
    done = problem.problem.status == pulp.LpStatusOptimal and took < limit
    return took, round(pulp.value(problem.problem.objective) or 0), None, done


PEERS = {
    "HiGHS, merged": (highs, "merged.txt"),
    "CP-SAT, merged": (cp_sat, "merged.txt"),
    "HiGHS, plain": (highs, "plain.txt"),
    "spopt with CBC, merged": (spopt, "merged.txt"),
}


def table(ours, figures, limit):
    """The section of the results."""
    mine = statistics.median(ours["solving"])
    lines = [
        "## Where posts go, beside others",
        "",
        "Made by `bench/peers/siting --write`: New York, 2,000 candidates, 100 posts, 3 minutes, each junction demand of one. All are given"
        f" the same rows and asked for the optimum; stopped after {limit} s. Times are of solving alone, on a machine that was doing other"
        " work: look at the ratios. Who ends with another objective and proof fails the run.",
        "",
        "| program | seconds | objective | its bound | proven | slower than Precinct |",
        "|---|---:|---:|---:|---:|---:|",
        f"| Precinct, merged (median of {len(ours['solving'])}) | {mine:.2f} | {ours['objective']:,} | {ours['objective']:,} | yes | |",
    ]
    for name, figure in figures.items():
        if figure is None:
            lines.append(f"| {name} | | | | no: ended after {limit + GRACE} s, its model not built or its limit not kept | |")
            continue
        took, objective, bound, done = figure
        assert not done or objective == ours["objective"], f"{name}: {objective} proven, ours is {ours['objective']}"
        bound = "" if bound is None else f"{bound:,}"
        sign = "" if done else "over "
        lines.append(
            f"| {name} | {took:.1f} | {objective:,} | {bound} | {'yes' if done else 'no'} | **{sign}{took / mine:.0f}×** |"
        )
    return "\n".join(lines) + "\n"


def measured(name, folder, limit):
    """A program in a process of its own, so that none outstays its limit; `None` if it was ended, "missing" if it is not installed."""
    command = [sys.executable, __file__, str(folder), "--limit", str(limit), "--one", name]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, timeout=limit + GRACE, check=False)
    except subprocess.TimeoutExpired:
        return None
    lines = done.stdout.decode().strip().splitlines()
    if done.returncode != 0 or not lines:
        raise SystemExit(f"{name} failed: see above")
    return json.loads(lines[-1])


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=pathlib.Path, help="where merged.txt, plain.txt and ours.json are")
    arguments.add_argument("--peers", default=";".join(PEERS), help="which, apart by semicolons")
    arguments.add_argument("--limit", type=int, default=90, help="seconds after which a program is stopped")
    arguments.add_argument("--one", help="measure this one here, and print its figures")
    arguments.add_argument("--write", type=pathlib.Path, help="put the table into this file")
    given = arguments.parse_args()
    if given.one:
        solve, file = PEERS[given.one]
        try:
            print(json.dumps(solve(read(given.folder / file), given.limit)))
        except ImportError as error:
            print(f"{given.one} is not measured: {error}", file=sys.stderr)
            print(json.dumps("missing"))
        return
    ours = json.loads((given.folder / "ours.json").read_text(encoding="ascii"))
    figures = {}
    wanted = [name for name in PEERS if name in given.peers.split(";")]
    for name in wanted:
        figure = measured(name, given.folder, given.limit)
        if figure != "missing":
            figures[name] = figure
            print(name, figure, flush=True)
    text = table(ours, figures, given.limit)
    print(text)
    if given.write:
        sections.write(given.write, "siting-peers", text)


if __name__ == "__main__":
    main()
