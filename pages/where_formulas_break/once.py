"""What is drawn and trained once in a process, for all visitors. A page's own file runs anew at every rerun."""

from functools import lru_cache
from typing import Final

import numpy as np

from classifier import Experiment
from classifier.insight.unguarded_run import UnguardedRun, train_unguarded
from pages.shared.charts.chart import PlotlyJSON
from pages.where_formulas_break import exact_values, explanations
from pages.where_formulas_break.charts import Curve, against_logit

EPOCHS: Final = 200


@lru_cache(maxsize=16)
def panels(dtype: str, y: int, shown: tuple[float, float]) -> dict[str, PlotlyJSON]:
    """Draw each quantity by each form, without the line at z."""
    x, values = exact_values.curves(dtype, y, shown)
    marks = [mark.z for mark in exact_values.marks(dtype, y) if shown[0] <= mark.z <= shown[1]]
    return {
        name: against_logit(
            symbol,
            [
                Curve(form, x, np.asarray(of, np.float64))
                for form in reversed(exact_values.FORMS)
                if (of := getattr(values[form], name)) is not None
            ],
            marks,
            log=name in exact_values.LOGARITHMIC,
            span=exact_values.span(name, y, values["fused"]),
        )
        for name, symbol in explanations.SYMBOLS.items()
    }


@lru_cache(maxsize=64)
def unguarded_training(rate: float, dtype: str) -> UnguardedRun:
    """Train the tutorial's samples by the tutorial's formulas."""
    return train_unguarded(tutorial(rate, dtype))


def tutorial(rate: float, dtype: str) -> Experiment:
    """Give the tutorial's experiment at another learning rate."""
    return Experiment.tutorial().replace(learning_rate=rate, dtype=dtype, epochs=EPOCHS)
