"""The share of samples whose class is predicted right. `History.accuracy` counts the entries of ŷ instead."""

import numpy as np
from numpy.typing import NDArray

from classifier.graph.layers import FloatArray


def is_one_class_each(y: FloatArray) -> bool:
    """Say whether the labels are classes: of two outputs or more, each sample has a 1 in one and 0 in the others.

    Parameters
    ----------
    y : ndarray of shape (samples, out_features)
    """
    return y.shape[1] > 1 and bool(((y == 0) | (y == 1)).all() and (y.sum(axis=1) == 1).all())


def class_accuracy(yhat: FloatArray, y: FloatArray) -> NDArray[np.float64]:
    """Return the share of the samples whose own class has the largest ŷ.

    Parameters
    ----------
    yhat : ndarray of shape (frames, samples, out_features)
    y : ndarray of shape (samples, out_features)
        Labels that `is_one_class_each`.

    Returns
    -------
    ndarray of shape (frames,)

    Notes
    -----
    Where another class has the same ŷ as the sample's own, the prediction counts as wrong.

    Examples
    --------
    >>> y = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    >>> yhat = np.array([[[0.4, 0.3, 0.1], [0.9, 0.8, 0.1], [0.2, 0.1, 0.2]]])
    >>> class_accuracy(yhat, y).round(4)
    array([0.3333])
    """
    own = np.where(y == 1, yhat, -np.inf).max(axis=2)
    others = np.where(y == 1, -np.inf, yhat).max(axis=2)
    share: NDArray[np.float64] = (own > others).mean(axis=1)
    return share
