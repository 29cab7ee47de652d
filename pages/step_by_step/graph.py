"""The graph drawn in HTML: current values on its nodes, partials under its edges, as far as they are computed.

x → Linear → z → Sigmoid → ŷ → BCE → L

Pure strings. Names that a user typed are escaped. Text and lines take their colour from the page, so that one drawing
fits both themes; the quantities passed back have the colours that they have on the playground.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, Final

from numpy.typing import NDArray

from classifier import Experiment
from pages.shared.charts import palette
from pages.shared.text.quoting import shortened
from pages.shared.text.shown_numbers import number
from pages.step_by_step.formulas.shown_step import ShownStep

_LONGEST_NAME: Final = 8
_SHORT_NAME: Final = 2  # letters, as of x₁
_NARROW: Final = 60  # em; below this width, the graph of three inputs with short names does not fit side by side
_BACK: Final = ("yhat", "z", "weight", "bias")

_STYLE: Final = """
.graph { container-type: inline-size; font-size: 14px; line-height: max(20px, 1.2em);
  font-variant-numeric: tabular-nums; }
.graph-row { display: grid; column-gap: 18px; grid-template-columns:
  minmax(min-content, 1fr) minmax(min-content, var(--linear))
  repeat(3, minmax(0, 1fr)) repeat(2, minmax(min-content, 1fr)); }
.graph-part { position: relative; display: flex; flex-direction: column; gap: 4px; min-width: 0; }
.graph-part:not(:last-child)::before { content: "→"; position: absolute; right: -17px; top: 14px; opacity: .7; }
.graph-passed::after { content: "←"; position: absolute; right: -17px; bottom: 40px; opacity: .7; }
.graph-cell { border: 1px solid color-mix(in srgb, currentColor 22%, transparent); border-radius: 6px;
  padding: 2px 6px; flex: 1; overflow-x: auto; }
.graph-back { flex: none; min-height: calc(28px + max(20px, 1.2em) * var(--outputs)); }
.graph-op { border-style: dashed; }
.graph-none { border-style: dotted; }
.graph-now { border: 2px solid light-dark(ACCENT); padding: 1px 5px; }
.graph-head { display: flex; justify-content: space-between; gap: 8px; white-space: nowrap; }
.graph-head b { font-size: 15px; }
.graph-back { border-color: currentColor; }
.graph-back .graph-values { color: light-dark(INK); }
.graph-values { display: grid; column-gap: 10px; text-align: right; white-space: nowrap;
  justify-content: safe end; /* what is too wide scrolls: a number without its first digits would be another one */ }
.graph-values i { font-style: normal; text-align: left; opacity: .85; }
LAYERS
@container (max-width: 900px) or (max-width: NARROW) {
  .graph-row { display: flex; flex-direction: column; gap: 4px; }
  .graph-part { flex-direction: row; flex-wrap: wrap; }
  .graph-part::before, .graph-part::after { display: none; }
  .graph-back { min-height: 0; }
  .graph-cell { display: flex; flex-wrap: wrap; column-gap: 10px; flex: 1 1 45%; }
  .graph-part > .graph-wide { flex-basis: 100%; }
  .graph-values { display: flex; flex-wrap: wrap; justify-content: flex-start; }
  .graph-values.graph-matrix { display: grid; }
}
"""


def graph(experiment: Experiment, shown: ShownStep, reached: int, now: int) -> str:
    """Draw the graph of a step.

    Parameters
    ----------
    experiment : Experiment
        Gives the names.
    shown : ShownStep
        Of a large network, the entries of the chosen output are drawn.
    reached : int
        The last phase whose result may be seen; later values are left out.
    now : int
        The phase that is marked.

    Returns
    -------
    str
        HTML with its style.
    """
    step, back = shown.step, shown.step.backward
    outputs = list(shown.outputs)
    of = "" if shown.is_small else f"[{outputs[0] + 1}]"
    inputs, labels = (
        list(zip(map(_short, names), values, strict=True))
        for names, values in (
            (experiment.input_names, step.x),
            ([experiment.label_names[o] for o in outputs], step.y[outputs]),
        )
    )

    def vector(values: NDArray[Any]) -> str:
        return _values(("", value) for value in values[outputs])

    def parameters(matrix: NDArray[Any]) -> str:
        return _matrix(matrix) if shown.is_small else _shapes(matrix[:, :-1], matrix[:, -1])

    updated = reached >= 8
    weights = parameters((step.parameters_after if updated else step.parameters_before)[0])
    losses = _values([*(("", value) for value in step.loss[outputs]), ("Σ", step.loss_sum)])

    def phase(number: int, name: str, values: str, kind: str = "", about: str = "") -> str:
        """Draw what one phase computes; empty until it is reached."""
        known = reached >= number
        return _cell(name, values if known else "", about if known else "", f"{kind}{' now' * (now == number)}")

    parts = [
        _part(_cell("x", _values(inputs) if shown.is_small else _shapes(step.x))),
        _part(
            _cell("Linear", weights, "new W | b" if updated else "W | b", f"op wide{' now' * (now == 8)}"),
            phase(
                7,
                "∂L/∂W | ∂L/∂b",
                parameters(step.layers[0].gradient),
                "back weight wide",
                "∂z/∂W = x, ∂z/∂b = 1",
            ),
            passed=reached >= 7,
        ),
        _part(
            phase(1, f"z{of}", vector(step.logits)),
            phase(6, "∂L/∂z", vector(back.loss_wrt_linear1), "back z"),
            passed=reached >= 6,
        ),
        _part(
            _cell("Sigmoid", "", "σ", "op"),
            phase(5, "∂ŷ/∂z", vector(back.sigmoid_wrt_linear1), "back"),
            passed=reached >= 5,
        ),
        _part(
            phase(2, f"ŷ{of}", vector(step.yhat)),
            phase(4, "∂L/∂ŷ", vector(back.loss_wrt_sigmoid), "back yhat"),
            passed=reached >= 4,
        ),
        _part(_cell("BCE", _values(labels), "y", "op")),
        _part(phase(3, f"L{of}", losses)),
    ]
    caption = f"Graph of the step: x, Linear, z, Sigmoid, ŷ, BCE, L; values up to phase {reached} of 8"
    row = f'<div class="graph-row" role="group" aria-label="{caption}">{"".join(parts)}</div>'
    # Four columns of W and b are three and a half times as wide as one number beside its frame.
    columns = experiment.in_features + 1 if shown.is_small else 4
    sizes = f"--outputs:{len(outputs)};--linear:{0.875 * columns:g}fr"
    style = _style().replace("NARROW", f"{_narrow(experiment, shown):g}em")
    return f'<style>{style}</style><div class="graph" style="{sizes}">{row}</div>'


def _narrow(experiment: Experiment, shown: ShownStep) -> float:
    """Give the width in em below which the parts do not fit side by side, and are drawn below each other.

    It depends on names and shape only, so that the layout stays from step to step. A column of W takes about 8 em, a
    letter 0.6.
    """
    names = [experiment.input_names if shown.is_small else (), [experiment.label_names[o] for o in shown.outputs]]
    longest = (min(max(map(len, some), default=0), _LONGEST_NAME) for some in names)
    letters = sum(max(length - _SHORT_NAME, 0) for length in longest)
    return _NARROW + 8 * max(len(names[0]) - 3, 0) + 0.6 * letters


def _part(*cells: str, passed: bool = False) -> str:
    return f'<div class="graph-part{" graph-passed" * passed}">{"".join(cells)}</div>'


def _cell(name: str, values: str, about: str = "", kind: str = "") -> str:
    known = kind.split() + ([] if values or "op" in kind else ["none"])
    classes = " ".join(["graph-cell", *(f"graph-{word}" for word in known)])
    # A matrix may be wider than its frame, which then scrolls: with a tab stop the keyboard can scroll it, too.
    stop = f' tabindex="0" role="group" aria-label="{name}"' if "wide" in kind else ""
    return f'<div class="{classes}"{stop}><div class="graph-head"><b>{name}</b><span>{about}</span></div>{values}</div>'


def _values(entries: Iterable[tuple[str, Any]]) -> str:
    entries = list(entries)
    named = any(name for name, _ in entries)
    columns = "auto auto" if named else "auto"
    cells = "".join((f"<i>{name}</i>" if named else "") + f"<span>{_number(value)}</span>" for name, value in entries)
    return f'<div class="graph-values" style="grid-template-columns:{columns}">{cells}</div>'


def _matrix(values: NDArray[Any]) -> str:
    columns = f"repeat({values.shape[1]},auto)"
    cells = "".join(f"<span>{_number(value)}</span>" for value in values.ravel())
    return f'<div class="graph-values graph-matrix" style="grid-template-columns:{columns}">{cells}</div>'


def _shapes(*arrays: NDArray[Any]) -> str:
    return f'<div class="graph-values"><span>{", ".join(str(array.shape) for array in arrays)}</span></div>'


def _number(value: Any) -> str:  # noqa: ANN401 - a number of any of NumPy's types
    return number(float(value)).replace(" · ", "·")


def _short(name: str) -> str:
    return escape(shortened(name, _LONGEST_NAME))


def _style() -> str:
    layers: Sequence[tuple[str, str]] = palette.LAYERS
    rules = "\n".join(
        f".graph-{name} {{ color: light-dark({_pair(colour)}); }}"
        for name, (colour, _) in zip(_BACK, layers, strict=True)
    )
    return _STYLE.replace("LAYERS", rules).replace("ACCENT", _pair(palette.ACCENT)).replace("INK", _pair(palette.INK))


def _pair(colour: str) -> str:
    return f"{colour}, {palette.DARK[colour]}"
