"""The playground's own parameters in the address. Pure; no widget, no session."""

from typing import Final

from pages.playground.chosen_chart import choice
from pages.shared.address.parameters import count, view

# Of many samples some are shown: those around this one.
ROWS: Final = count("rows", lambda own: own.experiment.samples, "the samples of this experiment")
OWN: Final = (view(("loss.log",)), ROWS, *choice.OWN)
