"""From the histories of a comparison to the arrays that the stage plays. A chart's builder says which it shows."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier import History


def frames(histories: Sequence[History]) -> dict[str, NDArray[Any]]:
    """Arrange a stretch of all histories for the browser.

    Parameters
    ----------
    histories : sequence of History
        The same positions of each.

    Returns
    -------
    dict of str to ndarray, first axis = recorded positions
        Finite throughout. Weights carry the bias as their last column.
    """
    losses = np.stack([np.nan_to_num(history.running_loss) for history in histories], axis=1)  # (frames, members)
    arrays: dict[str, NDArray[Any]] = {
        "mark_x": np.repeat(histories[0].position[:, None], len(histories), axis=1).astype(np.int32),
        "mark_y": losses,
        "lowest": losses.min(axis=1).astype(np.float32),
        "highest": losses.max(axis=1).astype(np.float32),
    }
    for i, history in enumerate(histories):
        arrays[f"loss_{i}"] = losses[:, i]
        arrays |= {f"weights_{i}_{layer}": matrices for layer, matrices in enumerate(history.parameters, start=1)}
    return arrays
