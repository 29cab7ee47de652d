"""What can be chosen beside the derivations: each declared once, for the address and for the slider."""

from dataclasses import dataclass, replace
from typing import Any, Final

import streamlit as st

from pages.shared.address.parameters import SAMPLE, Own, PageParameter, between, count
from pages.shared.session import widgets
from pages.shared.text.quoting import quoted
from pages.shared.text.typed_numbers import format_number


@dataclass(frozen=True)
class Slider:
    """A number that is chosen: which parameter of the page, from where to where, in which steps."""

    label: str
    parameter: PageParameter[Any]
    bounds: tuple[float, float]
    step: float


def _slider(key: str, label: str, bounds: tuple[float, float], step: float, default: float) -> Slider:
    def read(text: str, _: Own) -> float:
        value = between(text, *bounds)
        steps = (value - bounds[0]) / step
        if abs(steps - round(steps)) > 1e-6:
            raise ValueError(f"{quoted(text)} lies between two steps of {format_number(step)}.")
        return round(bounds[0] + round(steps) * step, 6) + 0.0  # no −0

    return Slider(label, PageParameter(key, default, read, format_number), bounds, step)


def _logit(key: str, default: float) -> Slider:
    return _slider(key, "Logit z", (-8.0, 8.0), 0.1, default)


def _label(key: str, default: float) -> Slider:
    return _slider(key, "Label y", (0.0, 1.0), 0.05, default)


def _move(key: str) -> Slider:
    return _slider(key, "Move this weight by", (-2.0, 2.0), 0.01, 0.0)


_ENTRIES = replace(count("mean_entries", lambda _: 20, "the numbers of entries to choose from"), default=4)
_LAYERS = replace(count("vanish_layers", lambda _: 8, "the numbers of layers to choose from"), default=4)
_ALL: Final = (
    _slider("bce_yhat", "Prediction ŷ", (0.02, 0.98), 0.01, 0.3),
    _label("bce_y", 1.0),
    _logit("sigmoid_z", 1.0),
    _move("linear_move"),
    _move("chain_move"),
    _move("outer_move"),
    _logit("collapse_z", 2.0),
    _label("collapse_y", 0.0),
    _slider("down_move", "Move this entry by", (-2.0, 2.0), 0.01, 0.0),
    _logit("vanish_z", 0.0),
    Slider("Sigmoids", _LAYERS, (1, 8), 1),
    _logit("mean_z", 2.0),
    _label("mean_y", 0.0),
    Slider("Entries N", _ENTRIES, (1, 20), 1),
)
SLIDERS: Final = {slider.parameter.key: slider for slider in _ALL}
"""By the name in an address: the derivation, and what is chosen beside it."""
ROW: Final = count("outer_row", lambda own: own.experiment.out_features, "the outputs of this experiment")
COLUMN: Final = count("outer_column", lambda own: own.experiment.sizes[-2], "the inputs of the last layer")
UNIT: Final = count("down_entry", lambda own: own.experiment.sizes[-2], "the inputs of the last layer")
OWN: Final[tuple[PageParameter[Any], ...]] = (SAMPLE, *(slider.parameter for slider in _ALL), ROW, COLUMN, UNIT)
"""The page's own parameters."""


def draw(own: Own, key: str, width: int) -> float:
    """Draw a slider, and give what it says."""
    slider = SLIDERS[key]
    value: float = own[slider.parameter]
    st.slider(slider.label, *slider.bounds, value, slider.step, **widgets.choosing(own, slider.parameter), width=width)
    return value
