"""How fast a run trains, how it grows, and what it keeps: ``python -m tests.benchmarks.training``.

Both sides run in this process, in turns, and their medians are compared, so a busy machine slows both. The ratios
hold on other machines, too; the seconds do not. With the folder of another checkout as argument, it first compares the
runs of both checkouts, in time and bit by bit.
"""

import gc
import importlib
import statistics
import sys
import timeit
import tracemalloc
from collections.abc import Callable
from dataclasses import fields
from itertools import pairwise
from time import perf_counter
from types import ModuleType

import numpy as np

from classifier import MAX_MEMBERS, Experiment, Parameter, Run, Sweep, diagnose, loss_surface
from tests.classifier import reference
from tests.classifier.tables import arrays

ROUNDS = 7


def seconds(work: Callable[[], object]) -> float:
    """Return how long one call takes."""
    gc.collect()
    start = perf_counter()
    work()
    return perf_counter() - start


def in_turns(*works: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Return the median seconds of each, measured in turns after one call to warm up."""
    for work in works:
        work()
    return [
        statistics.median(times) for times in zip(*([seconds(w) for w in works] for _ in range(rounds)), strict=True)
    ]


def table(samples: int, inputs: int = 3, outputs: int = 4, **changes: object) -> Experiment:
    """Return an experiment of this size, with the tutorial's kind of numbers."""
    rows = [[(7 * i + 3 * j) % 10 for j in range(inputs)] for i in range(samples)]
    labels = [[(i + o) % 2 for o in range(outputs)] for i in range(samples)]
    return Experiment(rows, labels).replace(**changes)


def trained(experiment: Experiment) -> Run:
    """Return the finished run."""
    run = Run(experiment)
    run.advance()
    return run


def together(experiments: list[Experiment]) -> Sweep:
    """Return the finished sweep."""
    sweep = Sweep(experiments)
    sweep.advance()
    return sweep


XOR = {"inputs": [[0, 0], [0, 1], [1, 0], [1, 1]], "labels": [[0], [1], [1], [0]], "learning_rate": 0.5}


def plain_loop(epochs: int) -> None:
    """Train 2-4-1 on XOR as one writes two layers of sigmoid in NumPy. It records nothing, not even the loss."""
    rng = np.random.RandomState(42)
    w1, b1, w2, b2 = (rng.standard_normal(shape).astype(np.float32) for shape in ((4, 2), 4, (1, 4), 1))
    inputs, labels = (np.array(XOR[name], np.float32) for name in ("inputs", "labels"))
    lr = np.float32(0.5)
    for _ in range(epochs):
        for x, y in zip(inputs, labels, strict=True):
            a = 1 / (1 + np.exp(-(w1 @ x + b1)))
            yhat = 1 / (1 + np.exp(-(w2 @ a + b2)))
            delta2 = yhat - y
            delta1 = (w2.T @ delta2) * a * (1 - a)
            w2 = w2 - lr * np.outer(delta2, a)
            b2 = b2 - lr * delta2
            w1 = w1 - lr * np.outer(delta1, x)
            b1 = b1 - lr * delta1


def compare_with_a_plain_loop() -> None:
    """Print what hidden layers cost: against a loop that records nothing, and layer by layer."""
    print("XOR, four hidden units, 1000 epochs, all recorded (at least 1.5 × a plain loop that records nothing)")
    xor = Experiment(**XOR, hidden=(4,), epochs=1000)
    kinds = {name: xor.replace(activation=name) for name in ("sigmoid", "tanh", "relu")}
    plain, *times = in_turns(lambda: plain_loop(1000), *(lambda e=e: trained(e) for e in kinds.values()))
    print(f"  {'plain loop':26}{plain * 1e3:8.1f} ms {plain / 4_000 * 1e6:7.2f} µs a step")
    for name, time in zip(kinds, times, strict=True):
        print(f"  {name:26}{time * 1e3:8.1f} ms {time / 4_000 * 1e6:7.2f} µs a step {plain / time:6.1f} ×")
    depths = [xor.replace(hidden=(4,) * depth) for depth in range(4)]
    times = in_turns(*(lambda e=e: trained(e) for e in depths))
    added = [f"{(later - time) / (times[1] - times[0]):.2f}" for time, later in pairwise(times)]
    print(f"  a further layer against the first hidden one (straight is 1): {', '.join(added)}")


def compare_in_sweeps(tutorial: Experiment) -> None:
    """Print what twelve runs in one sweep cost, compared with one run, everything recorded."""
    many = range(MAX_MEMBERS)
    kinds = {
        "12 learning rates": [tutorial.replace(learning_rate=0.001 * 2**i) for i in many],
        "12 seeds, float64": [tutorial.replace(seed=i, dtype="float64") for i in many],
        "6 seeds by 2 routes": [tutorial.replace(seed=i // 2, route=("fused", "chain")[i % 2]) for i in many],
        "12 rates, 100 samples": [table(100, epochs=100, learning_rate=0.001 * 2**i) for i in many],
        "12 rates, 30 in, 10 out": [table(5, 30, 10, epochs=2000, learning_rate=1e-5 * 2**i) for i in many],
    }
    print("Twelve in one pass: time against that of one run (at most 3)")
    for name, experiments in kinds.items():
        one, all_of_them = in_turns(lambda e=experiments: trained(e[0]), lambda e=experiments: together(e))
        print(f"  {name:26}{one * 1e3:8.1f} ms and {all_of_them * 1e3:8.1f} ms: {all_of_them / one:6.2f}")


def classifier_of(checkout: str) -> ModuleType:
    """Import the classifier of another checkout beside this one's."""

    def taken_out() -> dict[str, ModuleType]:
        return {name: sys.modules.pop(name) for name in list(sys.modules) if name.partition(".")[0] == "classifier"}

    ours = taken_out()
    sys.path.insert(0, checkout)
    try:
        return importlib.import_module("classifier")
    finally:
        sys.path.remove(checkout)
        taken_out()
        sys.modules.update(ours)


def compare_with(checkout: str) -> None:
    """Print what a run costs, compared with the same run by the code of another checkout."""
    theirs = classifier_of(checkout)
    tutorial = Experiment.tutorial()
    kinds = {
        "the tutorial's": tutorial,
        "float64": tutorial.replace(dtype="float64"),
        "chain": tutorial.replace(route="chain"),
        "100 samples": table(100, epochs=100),
        "30 in, 10 out": table(5, 30, 10, epochs=2000),
        "largest": table(1000, 64, 16, epochs=5),
    }
    print(f"A run against that of {checkout}: time (at most 1.05), and whether every bit is equal")
    for name, experiment in kinds.items():

        def their_run(experiment: Experiment = experiment) -> Run:
            run: Run = theirs.Run(
                theirs.Experiment(**{field.name: getattr(experiment, field.name) for field in fields(experiment)})
            )
            run.advance()
            return run

        equal = arrays(their_run().history) == arrays(trained(experiment).history)
        old, new = in_turns(their_run, lambda e=experiment: trained(e), rounds=3 * ROUNDS)
        print(f"  {name:26}{old * 1e3:8.1f} ms and {new * 1e3:8.1f} ms: {new / old:6.2f}, {equal}")


def peak_megabytes(experiment: Experiment) -> float:
    """Return the most memory that a run of the experiment needs."""
    gc.collect()
    tracemalloc.start()
    run = trained(experiment)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert run.done
    return peak / 1e6


def main() -> None:
    """Measure, and print."""
    for checkout in sys.argv[1:]:
        compare_with(checkout)
    tutorial = Experiment.tutorial()
    inputs, labels = [list(x) for x in tutorial.inputs], [list(y) for y in tutorial.labels]

    def tutorials_code() -> object:
        return list(reference.train(inputs, labels, epochs=2000, lr=0.01, seed=42))

    print("The tutorial's run (2000 epochs × 5 samples), everything recorded")
    names = ("the tutorial's own code", "fused, float32", "fused, float64", "chain, float32")
    runs = [tutorial, tutorial.replace(dtype="float64"), tutorial.replace(route="chain")]
    times = in_turns(tutorials_code, *(lambda e=e: trained(e) for e in runs))
    for name, time in zip(names, times, strict=True):
        print(f"  {name:26}{time * 1e3:8.1f} ms {time / 10_000 * 1e6:7.2f} µs a step {times[0] / time:6.1f} ×")

    compare_with_a_plain_loop()
    compare_in_sweeps(tutorial)

    print("Growth in samples (steps kept at 20 000): time against that of 10 samples; straight is 1")
    sizes = (10, 100, 1000)
    tables = [table(n, epochs=20_000 // n) for n in sizes]
    times = in_turns(*(lambda e=e: trained(e) for e in tables), rounds=5)
    print("  " + ", ".join(f"{n} samples {t / times[0]:.2f}" for n, t in zip(sizes, times, strict=True)))

    print("Growth in epochs: time of an epoch against that of 1 000 epochs; straight is 1")
    counts = (1_000, 10_000, 100_000)
    times = in_turns(*(lambda n=n: trained(tutorial.replace(epochs=n)) for n in counts), rounds=3)
    per_epoch = [t / n for t, n in zip(times, counts, strict=True)]
    print("  " + ", ".join(f"{n} epochs {t / per_epoch[0]:.2f}" for n, t in zip(counts, per_epoch, strict=True)))

    print("Largest table and network (1 000 samples, 64 inputs, 16 outputs)")
    largest = table(1000, 64, 16, epochs=20)
    time = in_turns(lambda: trained(largest), rounds=3)[0]
    print(f"  {time / 20_000 * 1e6:.2f} µs a step")

    print("Beside the training, on the finished default run")
    run = trained(tutorial)
    looks = {
        "diagnose": lambda: diagnose(run),
        "history": lambda: run.history,
        "step": lambda: run.step(1234, 2),
    }
    for name, look in looks.items():
        print(f"  {name:26}{statistics.median(timeit.repeat(look, number=20, repeat=15)) / 20 * 1e6:8.0f} µs")
    final = run.parameters_at(2000)
    values = np.linspace(-5, 5, 61)
    parameters = Parameter(0, 0), Parameter(0, 1)
    for samples in (5, 1000):
        time = in_turns(lambda n=samples: loss_surface(table(n), final, *parameters, values, values), rounds=5)[0]
        print(f"  {f'surface 61 × 61, {samples} samples':26}{time * 1e6:8.0f} µs")
    run = trained(table(1, epochs=1_000_000))
    far = int(run.positions[-1]) - 1
    print(f"  {'step, million epochs':26}{seconds(lambda: run.step(far, 0)) * 1e6:8.0f} µs (the farthest replay)")

    print("Memory at its peak")
    short, long = (peak_megabytes(table(1, epochs=n)) for n in (1_000, 1_000_000))
    print(
        f"  1 000 epochs {short:.1f} MB, 1 000 000 epochs {long:.1f} MB, difference {long - short:.1f} MB (at most 50)"
    )


if __name__ == "__main__":
    main()
