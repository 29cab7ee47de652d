"""The page of the derivations: each slider moves its example, and the slopes shown are the core's."""

from __future__ import annotations

import re
from functools import partial
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from classifier import BinaryCrossEntropyLoss, Experiment, LinearClassifier, Run, Sigmoid
from pages.mathematics.derivations import DERIVATIONS
from pages.shared.text.shown_numbers import number
from tests import opening
from tests.shown import read_number

TUTORIAL = Experiment.tutorial()
LOSS, SIGMOID = BinaryCrossEntropyLoss(), Sigmoid()
LAST = np.random.RandomState(42).standard_normal((4, 3)).astype(np.float32).astype(float)
opened = partial(opening.opened, "mathematics")


def sigmoids(z: float, layers: int) -> list[float]:
    """Return what sigmoids one after another give."""
    found: list[float] = []
    for _ in range(layers):
        found.append(1 / (1 + np.exp(-(found[-1] if found else z))))
    return found


SIGMOIDS = sigmoids(0.0, 4)


@pytest.fixture(scope="module")
def page() -> AppTest:
    return opened()


def slopes(page: AppTest) -> dict[str, tuple[str, str]]:
    """Read the slope by formula and by difference of each example off the screen."""
    assert not page.exception
    texts = [text.value for text in page.markdown if text.value.startswith("Slope by the formula")]
    found = [re.findall(r"\*\*(.+?)\*\*", text) for text in texts]
    return {derivation.key: (a, b) for derivation, (a, b) in zip(DERIVATIONS, found, strict=True)}


def slider(page: AppTest, name: str) -> Any:  # noqa: ANN401 - AppTest's slider or box
    """Give what is chosen by, under the name that it has in the address."""
    (found,) = (e for e in [*page.slider, *page.selectbox] if str(e.key).startswith(f"control_own_{name}_"))
    return found


def one(value: float) -> np.ndarray:
    return np.array([value])


def moved(run: Run, place: tuple[int, int], by: float, epoch: int = 0) -> tuple[LinearClassifier, Any]:
    step = run.step(epoch, 0)
    weight = step.parameters_before[0][:, :-1].astype(float)
    weight[place] += by
    network = LinearClassifier.from_weights(weight, step.parameters_before[0][:, -1].astype(float))
    return network, network.backward(step.x.astype(float), step.y.astype(float))


def test_every_derivation_is_there_in_order_with_its_result(page: AppTest) -> None:
    assert [*page.header, *page.title][0].value == "Mathematics"  # as the navigation calls it
    assert [header.value for header in page.subheader] == [derivation.title for derivation in DERIVATIONS]
    assert [latex.value.strip("$\n") for latex in page.latex] == [derivation.result for derivation in DERIVATIONS]
    written = "\n".join(text.value for text in page.markdown)
    for derivation in DERIVATIONS:
        assert derivation.about in [text.value for text in page.markdown]
        for line in derivation.lines:
            assert line.formula in written
            assert line.why in written


def test_at_first_every_slope_is_the_cores_and_the_differences(page: AppTest) -> None:
    run = Run(TUTORIAL)
    run.advance(max_epochs=1)
    _, gradient = moved(run, (0, 0), 0.0)
    expected = {
        "bce": LOSS.backward(one(0.3), one(1.0)).output_wrt_yhat[0],
        "sigmoid": SIGMOID.backward(one(1.0)).output_wrt_x[0],
        "linear": 1.0,
        "chain": gradient.loss_wrt_weight[0, 0],
        "outer": gradient.loss_wrt_weight[0, 0],
        "collapse": SIGMOID.forward(one(2.0))[0],
        "down": LAST[:, 0] @ gradient.loss_wrt_linear1,
        "vanish": np.prod([p * (1 - p) for p in SIGMOIDS]),
        "mean": SIGMOID.forward(one(2.0))[0] / 4,
    }
    for key, (formula, difference) in slopes(page).items():
        assert formula == number(float(expected[key])), key
        # six digits of a difference are nearly those of the slope
        assert read_number(difference) == pytest.approx(float(expected[key]), rel=1e-5), key


def test_a_slider_moves_its_example_and_no_other_and_so_does_the_address(page: AppTest) -> None:
    before = slopes(page)
    for name, value, key, expected in (
        ("bce_yhat", 0.9, "bce", LOSS.backward(one(0.9), one(1.0)).output_wrt_yhat[0]),
        ("bce_y", 0.25, "bce", LOSS.backward(one(0.3), one(0.25)).output_wrt_yhat[0]),
        ("sigmoid_z", -3.0, "sigmoid", SIGMOID.backward(one(-3.0)).output_wrt_x[0]),
        ("collapse_z", -1.5, "collapse", SIGMOID.forward(one(-1.5))[0]),
        ("collapse_y", 0.5, "collapse", SIGMOID.forward(one(2.0))[0] - 0.5),
        ("vanish_z", 8.0, "vanish", np.prod([p * (1 - p) for p in sigmoids(8.0, 4)])),
        ("vanish_layers", 2, "vanish", np.prod([p * (1 - p) for p in SIGMOIDS[:2]])),
        ("mean_z", 0.5, "mean", SIGMOID.forward(one(0.5))[0] / 4),
        ("mean_y", 1.0, "mean", (SIGMOID.forward(one(2.0))[0] - 1) / 4),
        ("mean_entries", 10, "mean", SIGMOID.forward(one(2.0))[0] / 10),
    ):
        usual = slider(page, name).value
        slider(page, name).set_value(value).run()
        after = slopes(page)
        assert page.query_params[name] in (str(value).removesuffix(".0"), [str(value).removesuffix(".0")])
        linked = opened(**{name: str(value)})
        assert (slopes(linked), slider(linked, name).value) == (after, value)
        assert not linked.warning
        assert after[key][0] == number(float(expected)), name
        assert read_number(after[key][1]) == pytest.approx(float(expected), rel=1e-5), name
        assert {other for other in before if before[other] != after[other]} == {key}
        slider(page, name).set_value(usual).run()
        assert name not in page.query_params
        assert slopes(page) == before


def test_the_weights_are_those_of_the_experiment_and_the_position() -> None:
    page = opened(lr="0.05", position="40")
    experiment = TUTORIAL.replace(learning_rate=0.05)
    run = Run(experiment)
    run.advance(max_epochs=40)
    slider(page, "chain_move").set_value(0.5).run()
    slider(page, "outer_move").set_value(-0.25)
    slider(page, "outer_row4").set_value(3)
    slider(page, "outer_column3").set_value(2).run()
    _, of_chain = moved(run, (0, 0), 0.5, epoch=39)
    _, of_outer = moved(run, (2, 1), -0.25, epoch=39)
    assert slopes(page)["chain"][0] == number(float(of_chain.loss_wrt_weight[0, 0]))
    assert slopes(page)["outer"][0] == number(float(of_outer.loss_wrt_weight[2, 1]))
    assert "epoch 40 and sample 1" in page.caption[-1].value


def test_with_hidden_layers_w_is_that_of_the_last_one() -> None:
    run = Run(TUTORIAL.replace(hidden=(4, 3), activation="tanh"))
    run.advance(max_epochs=1)
    page = opened(hidden="4_3", activation="tanh", outer_row="4", outer_column="3")
    last = run.step(0, 0).layers[-1]
    assert read_number(slopes(page)["outer"][0]) == pytest.approx(float(last.loss_wrt_weight[3, 2]), rel=1e-5)
    assert slopes(page)["linear"][0] == number(float(last.x[0]))
    assert "the last layer" in page.caption[-1].value
    assert any("h²₃" in text.value for text in page.markdown)


def test_the_linear_layers_slope_is_the_input_wherever_the_weight_is() -> None:
    page = opened()
    slider(page, "linear_move").set_value(1.5).run()
    assert slopes(page)["linear"][0] == number(TUTORIAL.inputs[0][0])


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("sigmoid_z", "9", "is not between -8 and 8"),
        ("sigmoid_z", "nan", "is not a number"),
        ("bce_yhat", "0.305", "lies between two steps of 0.01"),
        ("outer_row", "5", "is not between 1 and 4, the outputs of this experiment"),
        ("outer_column", "0", "is not between 1 and 3, the inputs of the last layer"),
        ("mean_entries", "2.5", "is not a whole number"),
    ],
)
def test_what_no_slider_has_is_named_and_left_out(name: str, text: str, rule: str) -> None:
    page = opened(**{name: text})
    (said,) = [warning.value.replace("\\", "") for warning in page.warning]
    assert f'"{name}"' in said
    assert rule in said
    assert name not in page.query_params
    assert slopes(page) == slopes(opened())


def test_a_row_that_is_gone_is_the_last_one() -> None:
    page = opened(outer_row="4", outer_column="3")
    page.session_state["backprop_by_hand"].put(
        TUTORIAL.replace(labels=[row[:2] for row in TUTORIAL.labels], label_names=("a", "b")), 0
    )
    page.run()
    assert slider(page, "outer_row2").value == 2
    assert page.query_params["outer_row"] in ("2", ["2"])


def test_the_address_is_kept_and_what_is_wrong_in_it_is_said() -> None:
    page = opened(lr="0.05", position="40", fast="yes")
    assert page.query_params["lr"] in ("0.05", ["0.05"])
    assert page.query_params["position"] in ("40", ["40"])
    assert any("fast" in warning.value for warning in page.warning)


def test_names_of_a_stranger_stay_text() -> None:
    page = opened(inputs="1 2_3 4", labels="1_0", input_name="<b>*x*")
    page.query_params["input_name"] = ["<b>*x*", "$y$"]
    page.run()
    assert slopes(page)["linear"][0] == number(1.0)
    assert not any("<b>*x*" in slider.label for slider in page.slider)
