"""One step, described: every number that one sample and one update are made of, by the readable graph."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from classifier.experiment.experiment import Experiment
from classifier.graph.layers import FloatArray
from classifier.graph.network import LayerPass, Network

Parameters: TypeAlias = tuple[FloatArray, ...]
"""[W | b] of each layer, the first one first: ndarrays of shape (out_features, in_features + 1)."""


@dataclass(frozen=True, eq=False)
class Step:
    """Every number of one step: one sample seen, one update. All arrays are read-only.

    Attributes
    ----------
    epoch, sample : int
        Which step, each from 0.
    learning_rate : float
        Of that epoch.
    x, y : ndarrays of shape (in_features,) and (out_features,)
    parameters_before, parameters_after : tuple by layer of ndarrays of shape (out_features, in_features + 1)
        [W | b].
    layers : tuple of LayerPass
        What each layer took, gave and got back, by the experiment's route.
    loss : ndarray of shape (out_features,)
        L of each output.
    loss_sum : float
        L summed over the outputs, in nats: this step's part of the epoch's running loss.
    loss_wrt_logits_fused, loss_wrt_logits_chain : ndarrays of shape (out_features,)
        ∂L/∂z of the last layer by both routes.
    """

    epoch: int
    sample: int
    learning_rate: float
    x: FloatArray
    y: FloatArray
    parameters_before: Parameters
    parameters_after: Parameters
    layers: tuple[LayerPass, ...]
    loss: FloatArray
    loss_sum: float
    loss_wrt_logits_fused: FloatArray
    loss_wrt_logits_chain: FloatArray

    @property
    def logits(self) -> FloatArray:
        """The last layer's z."""
        return self.layers[-1].logits

    @property
    def yhat(self) -> FloatArray:
        """ŷ, the last layer's output."""
        return self.layers[-1].output


def describe(
    experiment: Experiment,
    place: tuple[int, int],
    met: tuple[Sequence[FloatArray], Sequence[FloatArray]],
    before: Parameters,
    after: Parameters,
) -> Step:
    """Return the step at (epoch, sample), from what the loop had: every layer's inputs and logits, and weights."""
    epoch, sample = place
    inputs, logits = met
    x, y = experiment.input_array[sample], experiment.label_array[sample]
    network = Network(before, activation=experiment.activation, route=experiment.route)
    loss = network.loss.forward_from_logits(logits[-1], y)
    layers = network.backward_at(inputs, logits, y)
    last = layers[-1]
    for layer in layers:
        for values in vars(layer).values():
            frozen(values)
    return Step(
        epoch=epoch,
        sample=sample,
        learning_rate=experiment.rate_at(epoch),
        x=x,
        y=y,
        parameters_before=tuple(map(frozen, before)),
        parameters_after=tuple(map(frozen, after)),
        layers=layers,
        loss=frozen(loss),
        loss_sum=float(loss.sum(dtype=np.float64)),
        loss_wrt_logits_fused=frozen(network.loss.backward_from_logits(last.logits, y).output_wrt_logits),
        loss_wrt_logits_chain=frozen(last.loss_wrt_output * last.output_wrt_logits),
    )


def frozen(array: FloatArray) -> FloatArray:
    """Return the array itself, read-only from now on."""
    array.flags.writeable = False
    return array
