"""One step, described: every number that one sample and one update are made of, by the readable graph."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from classifier.experiment.experiment import Experiment
from classifier.graph.layers import FloatArray
from classifier.graph.network import BackwardPass, LinearClassifier

Weights: TypeAlias = tuple[FloatArray, FloatArray]
"""Weight and bias."""


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
    weight_before, bias_before : ndarrays of shape (out_features, in_features) and (out_features,)
    logits, yhat, loss : ndarrays of shape (out_features,)
        z, ŷ and L; the tutorial calls them forward_out, sigmoid_out and loss_out.
    loss_sum : float
        L summed over the outputs, in nats: this step's part of the epoch's running loss.
    backward : BackwardPass
        The seven derivatives, by the experiment's route.
    loss_wrt_linear1_fused, loss_wrt_linear1_chain : ndarrays of shape (out_features,)
        ∂L/∂z by both routes.
    weight_after, bias_after : ndarrays of the shapes of weight and bias
    """

    epoch: int
    sample: int
    learning_rate: float
    x: FloatArray
    y: FloatArray
    weight_before: FloatArray
    bias_before: FloatArray
    logits: FloatArray
    yhat: FloatArray
    loss: FloatArray
    loss_sum: float
    backward: BackwardPass
    loss_wrt_linear1_fused: FloatArray
    loss_wrt_linear1_chain: FloatArray
    weight_after: FloatArray
    bias_after: FloatArray

    @property
    def forward_out(self) -> FloatArray:
        """The logits, by the tutorial's name."""
        return self.logits

    @property
    def sigmoid_out(self) -> FloatArray:
        """ŷ, by the tutorial's name."""
        return self.yhat

    @property
    def loss_out(self) -> FloatArray:
        """The loss, by the tutorial's name."""
        return self.loss


def describe(
    experiment: Experiment, place: tuple[int, int], logits: FloatArray, before: Weights, after: Weights
) -> Step:
    """Return the step at (epoch, sample), from the logits and weights that the loop had there."""
    epoch, sample = place
    x, y = experiment.input_array[sample], experiment.label_array[sample]
    network = LinearClassifier.from_weights(*before, route=experiment.route)
    loss = network.loss.forward_from_logits(logits, y)
    backward = network.backward_at(logits, x, y)
    for values in vars(backward).values():
        frozen(values)
    return Step(
        epoch=epoch,
        sample=sample,
        learning_rate=experiment.rate_at(epoch),
        x=x,
        y=y,
        weight_before=frozen(before[0]),
        bias_before=frozen(before[1]),
        logits=frozen(logits),
        yhat=frozen(network.sigmoid.forward(logits)),
        loss=frozen(loss),
        loss_sum=float(loss.sum(dtype=np.float64)),
        backward=backward,
        loss_wrt_linear1_fused=frozen(network.loss.backward_from_logits(logits, y).output_wrt_logits),
        loss_wrt_linear1_chain=frozen(backward.loss_wrt_sigmoid * backward.sigmoid_wrt_linear1),
        weight_after=frozen(after[0]),
        bias_after=frozen(after[1]),
    )


def frozen(array: FloatArray) -> FloatArray:
    """Return the array itself, read-only from now on."""
    array.flags.writeable = False
    return array
