"""One trained run for everybody who looks at the same experiment."""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Final, TypeVar

from classifier import Experiment, Run, Sweep
from pages.shared.run.lru import Lru

# A class works on one link and a few variations of it. At most 24 MB each, so about 0.8 GB in the worst case.
_KEPT_RUNS: Final = 32
# A sweep weighs about as much as a run, that of the largest tables 0.15 GB: about 1.2 GB in the worst case.
_KEPT_SWEEPS: Final = 8
# Others who look at the same run get a turn in between.
_SLICE_S: Final = 0.25
_Training = TypeVar("_Training", bound=Sweep)
_runs: Final = Lru[Run](_KEPT_RUNS)
_sweeps: Final = Lru[Sweep](_KEPT_SWEEPS)


@lru_cache(maxsize=2 * (_KEPT_RUNS + _KEPT_SWEEPS))
def identity(*experiments: Experiment) -> str:
    """Name experiments, in their order, by what they say: equal ones have equal names, in every process."""
    return blake2b(" ".join(map(repr, experiments)).encode(), digest_size=12).hexdigest()


def shared_run(experiment: Experiment) -> Run:
    """Fetch the run of an experiment, trained as far as anybody has asked for.

    A run is a pure function of its experiment and guards itself against several threads, so sessions may share it:
    thirty students on one link cost one training.
    """
    # The name alone is the key: hashing a thousand rows cell by cell would take longer than a rerun may.
    return _runs.get(identity(experiment), lambda: Run(experiment))


def shared_sweep(experiments: Sequence[Experiment]) -> Sweep:
    """Fetch the common training of several experiments, likewise."""
    return _sweeps.get(identity(*experiments), lambda: Sweep(tuple(experiments)))


def finished(training: _Training) -> _Training:
    """Train a run or a sweep to its end, and give it back."""
    while not training.done:
        training.advance(budget_s=_SLICE_S)
    return training
