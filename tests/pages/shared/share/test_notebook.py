"""The solved notebook meets its own losses, the open one waits, and a wrong body is named where it is wrong."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from classifier import Run
from pages.shared.share.notebook import notebook
from tests.isolated import printed_lines
from tests.pages.shared.share.test_scripts import EXPERIMENTS, TUTORIAL


def code(text: str) -> str:
    return "\n\n\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"] if cell["cell_type"] == "code")


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_the_solved_one_is_right_in_all_it_checks_and_meets_our_losses(name: str) -> None:
    experiment = EXPERIMENTS[name]
    lines = printed_lines(code(notebook(experiment, solved=True)))
    assert [line for line in lines if not line.endswith(" is right")] == []
    checked = [line for line in lines if line.startswith("MyNetwork.backward: layer ")]
    assert len(checked) == 2 * (len(experiment.hidden) + 1)
    run = Run(experiment)
    run.advance()
    losses = {int(epoch): loss for epoch, loss in re.findall(r"epoch (\d+): loss (\S+)", "\n".join(lines))}
    assert {1, experiment.epochs} <= losses.keys()
    for epoch, loss in losses.items():
        assert float(loss) == pytest.approx(run.history.running_loss[epoch], rel=1e-4)


def test_the_open_one_has_no_derivative_and_says_what_is_to_be_written() -> None:
    text = code(notebook(EXPERIMENTS["hidden"], solved=False))
    waits = ["Linear", "Sigmoid", "Tanh", "BinaryCrossEntropyLoss", "MyNetwork"]
    assert printed_lines(text) == [*(f"{name}.backward: not written yet" for name in waits), "not written yet"]
    assert text.count("    def backward(") == text.count('"""Return ') == text.count("raise NotImplementedError") == 5
    assert not re.search(r"yhat - y|1 - yhat\)\)|\.T @|np\.outer", text)
    for solved in code(notebook(EXPERIMENTS["hidden"], solved=True)).split("    def backward("):
        assert solved.partition("\n\n")[2] in text  # all that is no body stands in both


@pytest.mark.parametrize(
    ("right", "wrong", "named"),
    [
        ("z_wrt_x.T @ loss_wrt_z", "loss_wrt_z @ (2 * z_wrt_x)", ["layer 1, ∂L/∂W", "layer 1, ∂L/∂b"]),
        ("loss_wrt_z * z_wrt_bias)", "0 * z_wrt_bias)", ["layer 1, ∂L/∂b", "layer 2, ∂L/∂b"]),
        ("1 - np.tanh(z) ** 2", "1 - np.tanh(z)", ["Tanh.backward: ∂a/∂z", "layer 1, ∂L/∂W", "layer 1, ∂L/∂b"]),
        ("return yhat * (1 - yhat)", "return yhat", ["Sigmoid.backward: ∂ŷ/∂z"]),
        ("return (yhat - y)", "return (y - yhat)", ["BinaryCrossEntropyLoss.backward: ∂L/∂ŷ"]),
        (
            "return x, np.ones",
            "return x[:1], np.ones",
            ["∂z/∂W is WRONG, of shape (1,) where (3,)", "1, ∂L/∂W", "2, ∂L/∂W"],
        ),
    ],
)
def test_a_wrong_body_is_named_where_it_is_wrong(right: str, wrong: str, named: list[str]) -> None:
    experiment = EXPERIMENTS["hidden"].replace(hidden=(3,), epochs=1)
    text = code(notebook(experiment, solved=True))
    assert text.count(right) == 1
    lines = [line for line in printed_lines(text.replace(right, wrong)) if ".backward: " in line and "WRONG" in line]
    assert len(lines) == len(named)
    assert all(part in line for part, line in zip(named, lines, strict=True)), lines


def test_a_loss_that_rounding_decides_need_not_come_out() -> None:
    wild = TUTORIAL.replace(learning_rate=1, epochs=200)
    text = code(notebook(wild, solved=True))
    must: dict[int, float] = eval(re.findall(r"^MUST = (\{.*?\})", text, re.M)[0])  # noqa: S307 - our own text
    assert 1 in must
    assert max(must) < 200
    assert not any("WRONG" in line for line in printed_lines(text))


@pytest.mark.parametrize("solved", [True, False])
def test_jupyter_runs_it_from_end_to_end(solved: bool) -> None:
    nbformat = pytest.importorskip("nbformat", reason="no Jupyter: pip install -r tests/requirements.txt")
    nbclient = pytest.importorskip("nbclient")
    book: Any = nbformat.reads(notebook(EXPERIMENTS["hidden"], solved=solved), as_version=4)
    nbformat.validate(book)
    nbclient.NotebookClient(book, timeout=120, kernel_name="python3").execute()
    told = "".join(out.text for cell in book.cells if cell.cell_type == "code" for out in cell.outputs)
    assert told.endswith("is right\n" if solved else "not written yet\n")
    assert "WRONG" not in told
