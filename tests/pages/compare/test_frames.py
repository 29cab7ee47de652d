"""The arrays of a comparison are the core's numbers, and small enough to travel."""

from __future__ import annotations

import numpy as np
import pytest

from classifier import Experiment, Sweep
from pages.compare import frames as compare_frames
from pages.compare.charts import SweepShown, build
from pages.compare.frames import frames, frames_per_chunk
from pages.shared.charts.chart import bindings
from tests.pages.compare.test_table import TUTORIAL, trained


def test_frames_are_the_histories() -> None:
    sweep = trained(TUTORIAL.replace(epochs=20), TUTORIAL.replace(epochs=20, seed=1))
    arrays = frames(sweep.histories)
    losses = np.stack([history.running_loss for history in sweep.histories], axis=1)
    np.testing.assert_array_equal(arrays["mark_y"][1:], losses[1:])
    np.testing.assert_array_equal(arrays["mark_x"][7], [7, 7])
    np.testing.assert_array_equal(arrays["lowest"][1:], losses[1:].min(axis=1).astype("f4"))
    np.testing.assert_array_equal(arrays["highest"][1:], losses[1:].max(axis=1).astype("f4"))
    for i, history in enumerate(sweep.histories):
        np.testing.assert_array_equal(arrays[f"loss_{i}"][1:], history.running_loss[1:])  # hovering shows every digit
        np.testing.assert_array_equal(arrays[f"weights_{i}"][:, :, :-1], history.parameters[0][..., :-1])
        np.testing.assert_array_equal(arrays[f"weights_{i}"][:, :, -1], history.parameters[0][..., -1])
    built = build(SweepShown(TUTORIAL, ["1", "2"], "seed", sweep.histories))
    bound = {binding["array"] for binding in bindings(built)} - {"position"}
    assert bound == set(arrays) - {"lowest", "highest"}
    assert all(np.isfinite(array).all() for array in arrays.values())


@pytest.mark.parametrize(("size", "dtype"), [((5, 3, 4), "float32"), ((3, 64, 16), "float64")])
def test_a_message_of_twelve_stays_small(size: tuple[int, int, int], dtype: str) -> None:
    samples, inputs, outputs = size
    base = Experiment(np.zeros((samples, inputs)), np.zeros((samples, outputs)), dtype=dtype)
    sweep = Sweep([base.replace(seed=seed) for seed in range(12)])
    arrays = frames([history[:1] for history in sweep.histories])
    per_frame = sum(array.nbytes for array in arrays.values())
    assert per_frame * frames_per_chunk(base, 12) < 800_000 or frames_per_chunk(base, 12) == 1


@pytest.mark.parametrize("size", [(2, 1, 1), (5, 3, 4)])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_message_weighs_what_was_counted(
    size: tuple[int, int, int], dtype: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    samples, inputs, outputs = size
    base = Experiment(np.zeros((samples, inputs)), np.zeros((samples, outputs)), dtype=dtype)
    sweep = Sweep([base.replace(seed=seed) for seed in range(3)])
    weight = sum(array.nbytes for array in frames([history[:1] for history in sweep.histories]).values())
    for room in (560_000, 1_000 * weight, 1_000 * weight - 1, 3 * weight, weight, 1):
        monkeypatch.setattr(compare_frames, "CHUNK_BYTES", room)
        assert frames_per_chunk(base, 3) == max(1, room // weight)
