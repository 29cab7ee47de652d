"""The code page without a browser: the source shown is the source that runs, the numbers are the step's."""

from __future__ import annotations

import ast
import inspect
import re
import sys
from functools import partial
from textwrap import dedent
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from classifier import Experiment, Network, ReLU, Sigmoid, Step, Tanh
from pages.shared.run import runs, steps
from pages.source_code.functions.function import Moment
from pages.source_code.functions.functions import FUNCTIONS
from pages.source_code.sources import source
from pages.step_by_step.formulas import phases
from pages.step_by_step.formulas.shown_step import ShownStep
from tests import opening

TUTORIAL = Experiment.tutorial()
# The loss that is formed from ŷ stops at 100 here.
SATURATED = Experiment([[1e4]], [[0.0]], seed=42)
FIRST = "BinaryCrossEntropyLoss.forward"
PHASES = {
    "Linear.forward": [1],
    "Sigmoid.forward": [2],
    "BinaryCrossEntropyLoss.forward_from_logits": [3],
    "BinaryCrossEntropyLoss.backward": [4],
    "Sigmoid.backward": [5],
    "Network.backward": [6, 7],
    "Linear.backward": [7],
    "Network.update_weights": [8],
}
opened = partial(opening.opened, "source_code")


def labelled(widgets: Any, label: str) -> Any:  # noqa: ANN401 - AppTest's own types
    (found,) = [widget for widget in widgets if widget.label == label]
    return found


def at(epoch: int = 317, sample: int = 0, experiment: Experiment = TUTORIAL) -> Moment:
    run = runs.shared_run(experiment)
    run.advance()
    return Moment(run.step(epoch, sample), run.history.parameters[0][0])


def chosen(page: AppTest) -> str:
    return f"{labelled(page.button_group, 'Class').value}.{labelled(page.button_group, 'Method').value}"


def shown_numbers(latex: str) -> list[float]:
    """Read every number of a formula of arrays: what stands behind the equals sign."""
    body = latex.replace(r"\begin{array}", "").split(" = ", 1)[1]
    return [
        float(digits) * 10.0 ** int(power or 0)
        for digits, power in re.findall(r"(-?\d+\.\d+)(?: \\cdot 10\^\{(-?\d+)\})?", body)
    ]


def test_every_method_of_the_graph_has_its_stop_in_the_tutorials_order() -> None:
    assert tuple(FUNCTIONS) == steps.FUNCTION_NAMES


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_page_shows_the_source_that_runs_and_the_numbers_of_the_step(name: str) -> None:
    page = opened(position="318", show=name)
    assert chosen(page) == name
    function = FUNCTIONS[name].function
    (code,) = page.code
    whole = ast.parse(dedent(inspect.getsource(function))).body[0]
    assert isinstance(whole, ast.FunctionDef)
    if ast.get_docstring(whole):
        whole.body = whole.body[1:]
    assert ast.unparse(ast.parse(code.value)) == ast.unparse(whole)
    first, *arrays = [latex.value for latex in page.latex]
    assert first == f"$$\n{FUNCTIONS[name].formula}\n$$"
    here = at()
    values = [*FUNCTIONS[name].given(here), *FUNCTIONS[name].result(here)]
    assert len(arrays) == len(values)
    for latex, (symbol, called, value) in zip(arrays, values, strict=True):
        assert symbol in latex
        assert called.replace("_", r"\_") in latex
        assert shown_numbers(latex) == pytest.approx(np.ravel(value).tolist(), rel=5e-6)


@pytest.mark.parametrize("name", [name for name, each in FUNCTIONS.items() if each.deep])
def test_of_hidden_layers_the_formula_is_another_one(name: str) -> None:
    page = opened(example="xor-hidden", show=name)
    assert page.latex[0].value == f"$$\n{FUNCTIONS[name].deep}\n$$"
    assert "Written as in the tutorial." not in [text.value for text in page.markdown]


def run_as_shown(name: str, owner: object, *args: Any) -> Any:  # noqa: ANN401 - whatever the function takes
    """Run the text that is on the screen instead of the function."""
    text = source(FUNCTIONS[name].function, docstring=False).text
    space = dict(vars(sys.modules[FUNCTIONS[name].function.__module__]))
    exec(compile(text, name, "exec"), space)  # noqa: S102 - our own source
    return space[name.split(".")[1]](owner, *args)


def network(step: Step) -> Network:
    return Network(step.parameters_before)


def results(name: str, step: Step) -> list[Any]:
    net = network(step)
    x, y, z, yhat = step.x, step.y, step.logits, step.yhat
    owners = {
        "Linear": net.layers[0],
        "Sigmoid": net.activations[0],
        "Tanh": Tanh(),
        "ReLU": ReLU(),
        "BinaryCrossEntropyLoss": net.loss,
    }
    args = {
        "Linear.forward": (x,),
        "Linear.backward": (x,),
        **{f"{bend}.{way}": (z,) for bend in ("Sigmoid", "Tanh", "ReLU") for way in ("forward", "backward")},
        "BinaryCrossEntropyLoss.forward": (yhat, y),
        "BinaryCrossEntropyLoss.backward": (yhat, y),
        "BinaryCrossEntropyLoss.forward_from_logits": (z, y),
        "BinaryCrossEntropyLoss.backward_from_logits": (z, y),
        "Network.forward": (x,),
        "Network.forward_loss": (x, y),
        "Network.forward_layers": (x,),
        "Network.backward": (x, y),
        "Network.backward_at": ([x], [z], y),
        "Network.update_weights": (x, y, np.float32(TUTORIAL.learning_rate)),
    }[name]
    returned = run_as_shown(name, owners.get(name.split(".")[0], net), *args)
    if returned is None:
        return [net.layers[0].weight, net.layers[0].bias]
    if isinstance(returned, tuple):
        returned = returned[0] if len(returned) == 1 else returned
    if isinstance(returned, tuple):
        return [layer for layers in returned for layer in layers]
    return list(vars(returned).values()) if hasattr(returned, "__dict__") else [returned]


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if "__init__" not in name])
def test_the_text_shown_computes_the_numbers_shown(name: str) -> None:
    here = at()
    computed = results(name, here.step)
    for symbol, called, value in FUNCTIONS[name].result(here):
        if called in ("logits", "loss"):
            continue  # on the way to what is returned
        close = [np.shape(one) == np.shape(value) and np.allclose(one, value, rtol=1e-6, atol=0) for one in computed]
        assert any(close), symbol


def test_the_docstring_is_a_switch_away() -> None:
    page = opened(show="Sigmoid.backward")
    assert '"""' not in page.code[0].value
    labelled(page.toggle, "Docstring").set_value(True).run()
    assert page.code[0].value == dedent(inspect.getsource(Sigmoid.backward)).rstrip()


def test_where_the_source_stands_is_said() -> None:
    lines, first = inspect.getsourcelines(Sigmoid.backward)
    text = f"classifier/graph/layers.py, lines {first} to {first + len(lines) - 1}"
    assert text in [caption.value for caption in opened(show="Sigmoid.backward").caption]


def test_class_and_method_are_controls_and_the_address_follows() -> None:
    page = opened(position="318")
    assert chosen(page) == FIRST
    assert "show" not in page.query_params
    labelled(page.button_group, "Class").set_value("Linear").run()
    assert chosen(page) == "Linear.forward"
    labelled(page.button_group, "Method").set_value("backward").run()
    assert chosen(page) == "Linear.backward"
    assert page.query_params["show"] == "Linear.backward"
    assert page.query_params["position"] == "318"
    page.switch_page("playground/playground.py").run()
    page.switch_page("source_code/source_code.py").run()
    assert chosen(page) == "Linear.backward"


@pytest.mark.parametrize("show", ["os.system", "<script>", "", "sigmoid.backward", "Sigmoid.backward\n"])
def test_a_hostile_show_is_ignored_with_a_notice(show: str) -> None:
    page = opened(show=show)
    assert chosen(page) == FIRST
    (warning,) = page.warning
    assert "show" in warning.value
    assert "ignored" in warning.value
    assert "<script>" not in warning.value


@pytest.mark.parametrize("name", PHASES)
def test_a_link_leads_back_to_each_phase(name: str) -> None:
    links = [link.proto for link in opened(show=name).get("page_link")]
    assert [link.query_string for link in links] == [f"phase={phase}" for phase in PHASES[name]]
    assert {link.page for link in links} == {"step_by_step"}


@pytest.mark.parametrize("index", range(1, 9))
def test_the_function_that_a_phase_leads_to_leads_back_to_it(index: int) -> None:
    assert index in FUNCTIONS[phases.phases(1)[index - 1].code].phases


# Phase 7 leads to what its layer gives, x and 1: the product with ∂L/∂z is no function's own.
@pytest.mark.parametrize("index", [1, 2, 3, 4, 5, 6, 8])
@pytest.mark.parametrize("experiment", [TUTORIAL, SATURATED])
def test_the_function_that_a_phase_leads_to_computes_the_number_shown(index: int, experiment: Experiment) -> None:
    step = at(0, 0, experiment).step
    computed = results(phases.phases(1)[index - 1].code, step)
    cells = [ShownStep(step, (out, 0)) for out in range(experiment.out_features)]
    shown = [phases.entry(index, cell)[1] for cell in cells]
    columns = [one[:, 0] if one.ndim == 2 else one for one in computed]
    assert any(len(one) == len(shown) and np.allclose(one, shown, rtol=1e-5, atol=0) for one in columns)


def test_of_a_saturated_sample_only_the_loss_from_z_is_the_one_shown() -> None:
    step = at(0, 0, SATURATED).step
    (from_yhat,) = results("BinaryCrossEntropyLoss.forward", step)
    assert from_yhat[0] == 100
    assert step.loss[0] > 1000
    assert FUNCTIONS["BinaryCrossEntropyLoss.forward"].phases == ()


def test_the_sample_is_a_control_here_too() -> None:
    page = opened(position="318", sample="2", show="Linear.forward")
    assert shown_numbers(page.latex[-1].value) == pytest.approx(at(sample=1).step.logits.tolist(), rel=5e-6)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("BinaryCrossEntropyLoss.forward", ["floored at −100", "NaN", "log1p", "ValueError", "taken from z"]),
        ("BinaryCrossEntropyLoss.backward", ["10⁻¹²", "divides by 0", "backwards"]),
        ("BinaryCrossEntropyLoss.backward_from_logits", ["fused"]),
        ("Linear.__init__", ["RandomState(42)", "global"]),
        ("Sigmoid.forward", ["overflows below −88.7"]),
        ("Sigmoid.backward", ["from ŷ", "overflows below −44.4"]),
        ("Network.__init__", ["MyNetwork"]),
        ("Network.backward_at", ["never learns"]),
    ],
)
def test_each_difference_from_the_tutorial_is_told_with_its_reason(name: str, words: list[str]) -> None:
    text = " ".join(markdown.value for markdown in opened(show=name).markdown)
    assert "Different from the tutorial" in text
    for word in words:
        assert word in text


def test_given_initial_weights_are_not_taken_for_drawn_ones() -> None:
    page = opened(initial="1 2 3 4_5 6 7 8_9 1 2 3_4 5 6 7", show="Linear.__init__")
    drawn = np.random.RandomState(42).standard_normal((4, 3))
    assert shown_numbers(page.latex[1].value) == pytest.approx(drawn.ravel().tolist(), rel=5e-6)
    says = "This experiment replaces them by initial weights of its own."
    assert says in [markdown.value for markdown in page.markdown]
    assert says not in [markdown.value for markdown in opened(show="Linear.__init__").markdown]


def test_the_learning_rate_is_the_one_of_the_step() -> None:
    experiment = TUTORIAL.with_rate_from(100, 0.5)
    given = FUNCTIONS["Network.update_weights"].given(at(150, 0, experiment))
    assert {called: value for _, called, value in given}["lr"] == 0.5


def test_a_large_network_shows_its_corners() -> None:
    rows = "_".join(" ".join(str((i * j) % 7 - 3) for j in range(64)) for i in range(1, 4))
    labels = "_".join(" ".join(str((i + j) % 2) for j in range(16)) for i in range(3))
    page = opened(inputs=rows, labels=labels, epochs="5", position="5", show="Linear.forward")
    weight = page.latex[1].value
    assert r"\cdots" in weight
    assert r"\text{(16, 64)}" in weight
    assert len(shown_numbers(weight)) == 4 * 3


def test_of_a_deep_network_a_layer_is_chosen_and_the_numbers_and_phases_are_its_own() -> None:
    deep = {"hidden": "4_3", "activation": "tanh"}
    experiment = TUTORIAL.replace(hidden=(4, 3), activation="tanh")
    step = at(0, 0, experiment).step
    for layer in (1, 3):
        for name, expected in zip(
            ("Tanh.forward" if layer < 3 else "Sigmoid.forward", "Linear.backward"),
            (step.layers[layer - 1].output, step.parameters_before[layer - 1][:, :-1]),
            strict=True,
        ):
            page = opened(show=name, layer=str(layer), **deep)
            np.testing.assert_allclose(shown_numbers(page.latex[-1].value), expected.ravel(), rtol=5e-6)
    page = opened(show="ReLU.forward", layer="1", **deep)
    assert any("another activation" in caption.value for caption in page.caption)
    assert not page.get("page_link")
    links = [link.proto.query_string for link in opened(show="Network.backward_at", layer="1", **deep).get("page_link")]
    assert [link.rpartition("phase=")[2] for link in links] == ["18", "19"]
