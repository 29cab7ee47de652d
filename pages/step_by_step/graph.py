"""The graph drawn in HTML: current values on its nodes, partials under its edges, as far as they are computed.

x → Linear → z → Sigmoid → ŷ → BCE → L, or Linear → z → f → a for each layer before the last

Two layers are drawn whole, in numbers of three digits; of more, the phase's layer and the one beside it.
Pure strings. Names that a user typed are escaped. Text and lines take their colour from the page, so that one drawing
fits both themes; the quantities passed back have the colours that they have on the playground.
"""

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any, Final

from numpy.typing import NDArray

from classifier import Experiment
from pages.shared.charts import palette
from pages.shared.text.quoting import shortened
from pages.shared.text.shown_numbers import in_cell, number
from pages.step_by_step.formulas.order import Kind, number_of, order
from pages.step_by_step.formulas.shown_step import ShownStep

_LONGEST_NAME: Final = 8
_SHORT_NAME: Final = 2  # letters, as of x₁
_NARROW: Final = 60  # em; below this width, the graph of three inputs with short names does not fit side by side
_BACK: Final = ("yhat", "z", "weight")  # b stands in the cell of W

_STYLE: Final = """
.graph { container-type: inline-size; font-size: 14px; line-height: max(20px, 1.2em);
  font-variant-numeric: tabular-nums; }
.graph-row { display: grid; column-gap: var(--gap, 18px); grid-template-columns: var(--columns); }
.graph-part { position: relative; display: flex; flex-direction: column; gap: 4px; min-width: 0; }
.graph-deep { --gap: 12px; }
.graph-deep .graph-part:last-child > .graph-cell { flex: 1 0 auto; }
.graph-part:not(:last-child)::before { content: "→"; position: absolute; top: 14px; opacity: .7;
  right: calc(1px - var(--gap, 18px)); }
.graph-passed::after { content: "←"; position: absolute; bottom: 40px; opacity: .7;
  right: calc(1px - var(--gap, 18px)); }
.graph-cell { border: 1px solid color-mix(in srgb, currentColor 22%, transparent); border-radius: 6px;
  padding: 2px 6px; flex: 1; overflow-x: auto; }
.graph-op { border-style: dashed; }
.graph-none { border-style: dotted; }
.graph-now { border: 2px solid light-dark(ACCENT); padding: 1px 5px; }
.graph-head { display: flex; justify-content: space-between; gap: 8px; white-space: nowrap; }
.graph-head b { font-size: 15px; }
.graph-back { flex: none; min-height: calc(28px + max(20px, 1.2em) * var(--outputs)); border-color: currentColor; }
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
        Of a large layer, the entries of the chosen output are drawn.
    reached : int
        The last phase whose result may be seen; later values are left out.
    now : int
        The phase that is marked.

    Returns
    -------
    str
        HTML with its style.
    """
    kind, layer = order(len(shown.step.layers))[now - 1]
    drawn = _window(kind, layer, len(shown.step.layers))
    parts = [_from_left(experiment, shown, drawn, reached)]
    widths: list[int] = []
    for k in drawn:
        some, wide = _layer(shown.at(k), reached, now)
        parts, widths = [*parts, *some], [*widths, wide]
    parts += _to_right(experiment, shown, drawn, reached, now)
    last = len(order(len(shown.step.layers)))
    caption = f"Graph of the step: {_spoken(shown, drawn)}; values up to phase {reached} of {last}"
    row = f'<div class="graph-row" role="group" aria-label="{caption}">{"".join(parts)}</div>'
    least = "min-content" if last > 8 else "0"
    outputs = max(len(shown.at(k).outputs) for k in drawn)
    columns = [f"minmax(min-content, {0.875 * wide:g}fr) repeat(3, minmax({least}, 1fr))" for wide in widths]
    template = f"minmax(min-content, 1fr) {' '.join(columns)} repeat({2 - (last > 8)}, minmax(min-content, 1fr))"
    sizes = f"--outputs:{outputs};--columns:{template}"
    style = _style().replace("NARROW", f"{_narrow(experiment, shown, widths):g}em")
    several = " graph-deep" if last > 8 else ""
    return f'<style>{style}</style><div class="graph{several}" style="{sizes}">{row}</div>'


def _window(kind: Kind, layer: int, layers: int) -> range:
    """Give the layers that are drawn: all of two, of more the phase's and the one it takes its numbers from."""
    first = layer - 1 if kind in ("z", "output") else layer
    first = max(0, min(first, layers - 2))
    return range(first, min(first + 2, layers))


def _from_left(experiment: Experiment, shown: ShownStep, drawn: range, reached: int) -> str:
    """Draw what goes into the first layer that is drawn."""
    first = shown.at(drawn[0])
    names, known = experiment.unit_names[first.layer], True
    if first.layer:
        known = reached >= number_of("output", first.layer - 1, len(shown.step.layers))
    named = [("" if first.layer else _short(name), value) for name, value in zip(names, first.numbers.x, strict=True)]
    write = _compact if len(drawn) > 1 else _number
    values = _values(named, write) if first.is_small else _shapes(first.numbers.x)
    return _part(_cell(first.symbols.plain_x, values if known else ""))


def _layer(shown: ShownStep, reached: int, now: int) -> tuple[list[str], int]:
    """Draw a layer: W, z, f and a, and below each its gradient; also give the number of columns of W."""
    numbers, names, layers = shown.numbers, shown.symbols, len(shown.step.layers)
    write = _number if layers == 1 else _compact
    of = "" if shown.is_small else f"[{shown.outputs[0] + 1}]"
    z, a = names.plain("z"), names.plain_output

    def vector(values: NDArray[Any]) -> str:
        return _values((("", value) for value in values[list(shown.outputs)]), write)

    def parameters(matrix: NDArray[Any]) -> str:
        return _matrix(matrix, write) if shown.is_small else _shapes(matrix[:, :-1], matrix[:, -1])

    def phase(kind: Kind, name: str, values: str, more: str = "", about: str = "") -> str:
        """Draw what one phase computes; empty until it is reached."""
        number = number_of(kind, names.layer, layers)
        known = reached >= number
        return _cell(name, values if known else "", about if known else "", f"{more}{' now' * (now == number)}")

    def passed(kind: Kind) -> bool:
        return reached >= number_of(kind, names.layer, layers)

    updates = number_of("update", layers - 1, layers)
    updated, weights = reached >= updates, f"{names.plain('W')} | {names.plain('b')}"
    if layers == 1:
        linear, partials, function = "Linear", "∂z/∂W = x, ∂z/∂b = 1", ("Sigmoid", "σ")
    else:
        linear, partials = f"Linear {names.layer + 1}", ""
        function = ({"sigmoid": "σ", "tanh": "tanh", "relu": "ReLU"}[shown.function], "")
    parts = [
        _part(
            _cell(
                linear,
                parameters(shown.after if updated else shown.before),
                f"new {weights}" if updated else weights,
                f"op wide{' now' * (now == updates)}",
            ),
            phase(
                "gradient",
                f"∂L/∂{names.plain('W')} | ∂L/∂{names.plain('b')}",
                parameters(numbers.gradient),
                "back weight wide",
                partials,
            ),
            passed=passed("gradient"),
        ),
        _part(
            phase("z", f"{z}{of}", vector(numbers.logits)),
            phase("loss_wrt_z", f"∂L/∂{z}", vector(numbers.loss_wrt_logits), "back z"),
            passed=passed("loss_wrt_z"),
        ),
        _part(
            _cell(function[0], "", function[1], "op"),
            phase("slope", f"∂{a}/∂{z}", vector(numbers.output_wrt_logits), "back"),
            passed=passed("slope"),
        ),
        _part(
            phase("output", f"{a}{of}", vector(numbers.output)),
            phase("loss_wrt_output", f"∂L/∂{a}", vector(numbers.loss_wrt_output), "back yhat"),
            passed=passed("loss_wrt_output"),
        ),
    ]
    # Four columns of W and b are three and a half times as wide as one number beside its frame.
    return parts, shown.before.shape[1] if shown.is_small else 4


def _to_right(experiment: Experiment, shown: ShownStep, drawn: range, reached: int, now: int) -> list[str]:
    """Draw what follows on the last layer that is drawn: the label and the loss, or the layers left out."""
    layers = len(shown.step.layers)
    last = shown.at(layers - 1)
    if drawn[-1] < layers - 1:
        left_out = range(drawn[-1] + 2, layers + 1)
        some = f"layer {left_out[0]}" if len(left_out) == 1 else f"layers {left_out[0]}–{left_out[-1]}"
        return [_part(_cell("…", f'<div class="graph-values"><span>{some}</span></div>', "", "op"))]
    outputs, write = list(last.outputs), _number if layers == 1 else _compact
    labels = [(_short(experiment.label_names[o]), last.step.y[o]) for o in outputs]
    losses = _values([*(("", value) for value in last.step.loss[outputs]), ("Σ", last.step.loss_sum)], write)
    number = number_of("loss", layers - 1, layers)
    of = "" if last.is_small else f"[{outputs[0] + 1}]"
    kind = "now" * (now == number)
    bce = _cell("BCE", _values(labels, write), "y", "op")
    loss = _cell(f"L{of}", losses if reached >= number else "", "", kind)
    return [_part(bce, loss)] if layers > 1 else [_part(bce), _part(loss)]


def _spoken(shown: ShownStep, drawn: range) -> str:
    """Name the parts, for who cannot see them."""
    if len(shown.step.layers) == 1:
        return "x, Linear, z, Sigmoid, ŷ, BCE, L"
    names = [shown.at(k).symbols for k in drawn]
    of = (f"Linear {each.layer + 1}, {each.plain('z')}, {each.plain_output}" for each in names)
    end = ["BCE", "L"] if names[-1].is_last else []
    return ", ".join([names[0].plain_x, *of, *end])


def _narrow(experiment: Experiment, shown: ShownStep, widths: Sequence[int]) -> float:
    """Give the width in em below which the parts do not fit side by side, and are drawn below each other.

    It depends on names and shape only, so that the layout stays from step to step. A column of W takes about 8 em, a
    letter 0.6; of several layers the numbers have three digits, and a column takes about 4.
    """
    outputs = shown.at(len(shown.step.layers) - 1).outputs
    small = shown.at(0).is_small
    names = [experiment.input_names if small else (), [experiment.label_names[o] for o in outputs]]
    longest = (min(max(map(len, some), default=0), _LONGEST_NAME) for some in names)
    letters = sum(max(length - _SHORT_NAME, 0) for length in longest)
    if len(widths) > 1:
        return 40 + 4 * sum(widths) + 0.6 * letters
    return _NARROW + 8 * max(len(names[0]) - 3, 0) + 0.6 * letters


def _part(*cells: str, passed: bool = False) -> str:
    return f'<div class="graph-part{" graph-passed" * passed}">{"".join(cells)}</div>'


def _cell(name: str, values: str, about: str = "", kind: str = "") -> str:
    known = kind.split() + ([] if values or "op" in kind else ["none"])
    classes = " ".join(["graph-cell", *(f"graph-{word}" for word in known)])
    # A matrix may be wider than its frame, which then scrolls: with a tab stop the keyboard can scroll it, too.
    stop = f' tabindex="0" role="group" aria-label="{name}"' if "wide" in kind else ""
    return f'<div class="{classes}"{stop}><div class="graph-head"><b>{name}</b><span>{about}</span></div>{values}</div>'


def _values(entries: Iterable[tuple[str, Any]], write: Callable[[Any], str]) -> str:
    entries = list(entries)
    named = any(name for name, _ in entries)
    columns = "auto auto" if named else "auto"
    cells = "".join((f"<i>{name}</i>" if named else "") + f"<span>{write(value)}</span>" for name, value in entries)
    return f'<div class="graph-values" style="grid-template-columns:{columns}">{cells}</div>'


def _matrix(values: NDArray[Any], write: Callable[[Any], str]) -> str:
    columns = f"repeat({values.shape[1]},auto)"
    cells = "".join(f"<span>{write(value)}</span>" for value in values.ravel())
    return f'<div class="graph-values graph-matrix" style="grid-template-columns:{columns}">{cells}</div>'


def _shapes(*arrays: NDArray[Any]) -> str:
    return f'<div class="graph-values"><span>{", ".join(str(array.shape) for array in arrays)}</span></div>'


def _number(value: Any) -> str:  # noqa: ANN401 - a number of any of NumPy's types
    return number(float(value)).replace(" · ", "·")


def _compact(value: Any) -> str:  # noqa: ANN401 - as above
    return in_cell(float(value))


def _short(name: str) -> str:
    return escape(shortened(name, _LONGEST_NAME))


def _style() -> str:
    rules = "\n".join(
        f".graph-{name} {{ color: light-dark({_pair(colour)}); }}"
        for name, (colour, _) in zip(_BACK, palette.LAYERS, strict=False)
    )
    return _STYLE.replace("LAYERS", rules).replace("ACCENT", _pair(palette.ACCENT)).replace("INK", _pair(palette.INK))


def _pair(colour: str) -> str:
    return f"{colour}, {palette.DARK[colour]}"
