"""What the charts of the playground have to hold at a position, whatever browser draws them: the core's numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from classifier import Run


def charts_hold(trace: Callable[[str, int, str], Any], run: Run, position: int) -> int:
    """Hold every chart against the core at a position that is recorded, and give the frame that it is.

    Parameters
    ----------
    trace : callable
        Read what a chart holds: its name, the index of a trace, the name of an attribute.
    """
    history = run.history
    frame = int(np.searchsorted(history.position, position))
    assert history.position[frame] == position
    exact = {"rtol": 1e-7, "atol": 0}
    weights = history.parameters[0][frame]
    gradients = history.gradients[0][frame]
    np.testing.assert_allclose(trace("weights", 0, "z"), weights, **exact)
    np.testing.assert_allclose(trace("gradients", 0, "z"), gradients, **exact)
    np.testing.assert_allclose(trace("predictions", 0, "z"), history.yhat[frame][:10], **exact)
    np.testing.assert_allclose(trace("loss", 1, "x"), history.position[1 : frame + 1], **exact)
    np.testing.assert_allclose(trace("loss", 1, "y"), history.running_loss[1 : frame + 1], **exact)
    np.testing.assert_allclose(trace("loss", 2, "x"), [position], **exact)
    sizes = history.mean_abs_loss_wrt_sigmoid, history.mean_abs_loss_wrt_logits, history.mean_abs_loss_wrt_weight
    for index, size in enumerate((*sizes, sizes[1])):  # ∂L/∂b is ∂L/∂z
        expected = size[1 : frame + 1].ravel()
        np.testing.assert_allclose(trace("layer_gradients", index, "y"), expected, **exact)
    wrong = (history.yhat[frame][:10] > 0.5) != (run.experiment.label_array[:10] > 0.5)
    np.testing.assert_array_equal(trace("predictions", 1, "marker")["opacity"], wrong.ravel())
    return frame
