"""The gradient of all samples at fixed weights: what batch gradient descent would follow. No run takes this step."""

from collections.abc import Sequence

import numpy as np

from classifier.experiment.experiment import Experiment
from classifier.graph.layers import ACTIVATIONS, FloatArray, Sigmoid
from classifier.graph.loss import BinaryCrossEntropyLoss
from classifier.training.loop import with_one


def data_set_gradient(experiment: Experiment, parameters: Sequence[FloatArray]) -> tuple[FloatArray, ...]:
    """Return ∂L/∂[W | b] of every layer, summed over all samples at these weights.

    Parameters
    ----------
    experiment : Experiment
        Gives samples, activation and route.
    parameters : sequence by layer of ndarrays of shape (out_features, in_features + 1)

    Returns
    -------
    tuple by layer of ndarrays of that shape

    Notes
    -----
    `Network.backward` for all samples in one product a layer: ∂L/∂[W | b] = (∂L/∂z)ᵀ [x | 1].

    Examples
    --------
    >>> data_set_gradient(Experiment([[1.0], [3.0]], [[1.0], [1.0]]), [np.zeros((1, 2))])
    (array([[-2., -1.]]),)
    """
    activation, loss = ACTIVATIONS[experiment.activation](), BinaryCrossEntropyLoss()
    inputs, logits = [experiment.input_array], []
    for layer, matrix in enumerate(parameters):
        logits.append(with_one(inputs[-1]) @ matrix.T)  # (samples, out)
        if layer < len(parameters) - 1:
            inputs.append(activation.forward(logits[-1]))
    y = experiment.label_array
    if experiment.route == "chain":
        yhat = Sigmoid().forward(logits[-1])
        passed: FloatArray = loss.backward(yhat, y).output_wrt_yhat * Sigmoid().backward(logits[-1]).output_wrt_x
    else:
        passed = loss.backward_from_logits(logits[-1], y).output_wrt_logits
    gradients = []
    for layer in reversed(range(len(parameters))):
        gradients.append(passed.T @ with_one(inputs[layer]))  # (out, in + 1)
        if layer:
            slope = activation.backward(logits[layer - 1]).output_wrt_x
            passed = (passed @ parameters[layer][:, :-1]) * slope  # (samples, in)
    return tuple(np.asarray(gradient) for gradient in reversed(gradients))
