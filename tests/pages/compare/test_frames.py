"""The arrays of a comparison are the core's numbers."""

from __future__ import annotations

import numpy as np

from pages.compare.charts import SweepShown, build
from pages.compare.frames import frames
from pages.shared.charts.chart import bindings
from tests.pages.compare.test_table import TUTORIAL, trained


def test_frames_are_the_histories() -> None:
    sweep = trained(TUTORIAL.replace(epochs=20), TUTORIAL.replace(epochs=20, seed=1, hidden=(2,)))
    arrays = frames(sweep.histories)
    losses = np.stack([history.running_loss for history in sweep.histories], axis=1)
    np.testing.assert_array_equal(arrays["mark_y"][1:], losses[1:])
    np.testing.assert_array_equal(arrays["mark_x"][7], [7, 7])
    np.testing.assert_array_equal(arrays["lowest"][1:], losses[1:].min(axis=1).astype("f4"))
    np.testing.assert_array_equal(arrays["highest"][1:], losses[1:].max(axis=1).astype("f4"))
    for i, history in enumerate(sweep.histories):
        np.testing.assert_array_equal(arrays[f"loss_{i}"][1:], history.running_loss[1:])  # hovering shows every digit
        np.testing.assert_array_equal(arrays[f"weights_{i}_1"][:, :, :-1], history.parameters[0][..., :-1])
        np.testing.assert_array_equal(arrays[f"weights_{i}_1"][:, :, -1], history.parameters[0][..., -1])
    np.testing.assert_array_equal(arrays["weights_1_2"], sweep.histories[1].parameters[1])
    built = build(SweepShown(sweep.experiments, ["1", "2"], "seed", sweep.histories))
    bound = {binding["array"] for binding in bindings(built)} - {"position"}
    assert bound == set(arrays) - {"lowest", "highest"}
    assert all(np.isfinite(array).all() for array in arrays.values())
