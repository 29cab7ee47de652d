"""One trained run for everybody who looks at the same experiment."""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Final

import streamlit as st

from classifier import Experiment, Run, Sweep

# A class works on one link and a few variations of it. At most 24 MB each, so about 0.8 GB in the worst case.
_KEPT_RUNS: Final = 32
# A sweep weighs about as much as a run, that of the largest tables 0.15 GB: about 1.2 GB in the worst case.
_KEPT_SWEEPS: Final = 8


@lru_cache(maxsize=2 * (_KEPT_RUNS + _KEPT_SWEEPS))
def identity(*experiments: Experiment) -> str:
    """Name experiments, in their order, by what they say: equal ones have equal names, in every process."""
    return blake2b(" ".join(map(repr, experiments)).encode(), digest_size=12).hexdigest()


def shared_run(experiment: Experiment) -> Run:
    """Fetch the run of an experiment, trained as far as anybody has asked for.

    A run is a pure function of its experiment and guards itself against several threads, so sessions may share it:
    thirty students on one link cost one training.
    """
    return _run(identity(experiment), experiment)


def shared_sweep(experiments: Sequence[Experiment]) -> Sweep:
    """Fetch the common training of several experiments, likewise."""
    return _sweep(identity(*experiments), tuple(experiments))


# The name alone is the key: hashing a thousand rows cell by cell would take longer than a rerun may.
@st.cache_resource(max_entries=_KEPT_RUNS, show_spinner=False)
def _run(name: str, _experiment: Experiment) -> Run:
    return Run(_experiment)


@st.cache_resource(max_entries=_KEPT_SWEEPS, show_spinner=False)
def _sweep(name: str, _experiments: tuple[Experiment, ...]) -> Sweep:
    return Sweep(_experiments)
