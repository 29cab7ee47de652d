"""One trained run for everybody who looks at the same experiment."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Final

import streamlit as st

from classifier import Batch, Experiment, Run

__all__ = ["batch_identity", "identity", "shared_batch", "shared_run"]

# A class works on one link and a few variations of it. At most 24 MB each, so about 0.8 GB in the worst case.
_KEPT_RUNS: Final = 32
# A batch weighs about as much as a run, that of the largest tables 0.15 GB: about 1.2 GB in the worst case.
_KEPT_BATCHES: Final = 8


@lru_cache(maxsize=2 * _KEPT_RUNS)
def identity(experiment: Experiment) -> str:
    """Name an experiment by what it says: equal experiments have equal names, in every process."""
    return blake2b(repr(experiment).encode(), digest_size=12).hexdigest()


def shared_run(experiment: Experiment) -> Run:
    """Fetch the run of an experiment, trained as far as anybody has asked for.

    A run is a pure function of its experiment and guards itself against several threads, so sessions may share it:
    thirty students on one link cost one training.
    """
    return _run(identity(experiment), experiment)


@st.cache_resource(max_entries=_KEPT_RUNS, show_spinner=False)
def _run(name: str, _experiment: Experiment) -> Run:
    # The name alone is the key: hashing a thousand rows cell by cell would take longer than a rerun may.
    return Run(_experiment)


def batch_identity(experiments: Sequence[Experiment]) -> str:
    """Name several experiments, in their order, by what they say."""
    return blake2b(" ".join(map(identity, experiments)).encode(), digest_size=12).hexdigest()


def shared_batch(experiments: Sequence[Experiment]) -> Batch:
    """Fetch the common training of several experiments, as far as anybody has asked for."""
    return _batch(batch_identity(experiments), tuple(experiments))


@st.cache_resource(max_entries=_KEPT_BATCHES, show_spinner=False)
def _batch(name: str, _experiments: tuple[Experiment, ...]) -> Batch:
    return Batch(_experiments)
