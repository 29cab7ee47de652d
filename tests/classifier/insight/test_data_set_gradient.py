"""The gradient of all samples is the sum of the readable network's, sample by sample."""

import numpy as np
import pytest

from classifier import Experiment, Network, Run, data_set_gradient


@pytest.mark.parametrize("route", ["fused", "chain"])
@pytest.mark.parametrize(("hidden", "activation"), [((), "sigmoid"), ((3,), "relu"), ((4, 2), "tanh")])
def test_it_is_the_sum_over_the_samples(hidden: tuple[int, ...], activation: str, route: str) -> None:
    experiment = Experiment(
        [[1, 2], [0, -1], [3, 0.5]],
        [[1, 0], [0, 1], [0.5, 1]],
        hidden=hidden,
        activation=activation,
        route=route,
        dtype="float64",
    )
    parameters = Run(experiment).parameters_at(0)
    network = Network(parameters, activation=activation, route=route)
    samples = zip(experiment.input_array, experiment.label_array, strict=True)
    passes = [network.backward(x, y) for x, y in samples]
    for layer, found in enumerate(data_set_gradient(experiment, parameters)):
        np.testing.assert_allclose(found, sum(made[layer].gradient for made in passes), rtol=1e-12)
