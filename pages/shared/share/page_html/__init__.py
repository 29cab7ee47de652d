"""A page with a player as one HTML file: opened without a server, it sends no request.

The file carries the player itself: the modules and the style that the app mounts. Where the player asks for another
chart or other rows, the file answers in Python's place, from what it holds. Every value in it is escaped HTML, or JSON
that no value can end.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from classifier import Experiment
from classifier.experiment.validation import counted
from pages.shared.address.fields import FIELDS, SAMPLES
from pages.shared.charts import palette
from pages.shared.charts.chart import Chart, bindings, figures
from pages.shared.charts.values.chart_values import VALUES_CSS, VALUES_HTML
from pages.shared.text.quoting import visible
from pages.shared.text.typed_numbers import format_number
from pages.stage.javascript import as_function, bundled
from pages.stage.message import Binding, Readout, contents, encode
from pages.stage.player import CSS, HTML, JS
from pages.stage.plotly_js import plotly_source

INDEX_FILE: Final = "index.html"
PLOTLY_FILE: Final = "plotly.min.js"
_HERE: Final = Path(__file__).parent
_STYLE: Final = (_HERE / "page.css").read_text("utf-8")
_PAGE_JS: Final = bundled(_HERE / "page.js")
_NAME: Final = "Backprop by Hand"
# Pixels below the player for the line that opens the samples.
_FOOT_PX: Final = 56


Table: TypeAlias = Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True, eq=False)
class Part:
    """Some charts, and the arrays of all positions that they and nothing else show."""

    charts: Sequence[Chart]
    frames: Mapping[str, NDArray[Any]]


@dataclass(frozen=True, eq=False)
class Page:
    """What a file holds.

    Attributes
    ----------
    title : str
    experiment : Experiment
        Its samples and settings are told below the player.
    positions : ndarray of int, shape (frames,)
        Number of epochs trained at each frame.
    end : int
        The last frame that there is.
    position : int
        Where the player stands at first.
    readouts : sequence of Readout
    notes : sequence of str
        Sentences above the charts.
    parts : mapping
        For each place on the screen where there is a choice, the parts to choose from, by name. The key of a place is
        the kind of the player's press that chooses there.
    chosen : mapping of str to str
        The part of each place that is shown at first.
    order : sequence of str
        The names of all charts in the order of the screen.
    table : sequence of columns, optional
        A table below the player: the name of each column, and its cells.
    below : int
        Pixels of the window that the player leaves to the table.
    varied : str
        The address key of what the runs of a comparison differ in; it is left out of the settings.
    live : str, optional
        The address of the same page in the app.
    """

    title: str
    experiment: Experiment
    positions: NDArray[np.integer[Any]]
    end: int
    position: int
    readouts: Sequence[Readout]
    notes: Sequence[str]
    parts: Mapping[str, Mapping[str, Part]]
    chosen: Mapping[str, str]
    order: Sequence[str]
    table: Table = ()
    below: int = 0
    varied: str = ""
    live: str | None = None


def page_html(page: Page, *, in_site: bool = False) -> str:
    """Write a page as HTML.

    Parameters
    ----------
    page : Page
    in_site : bool
        Whether `INDEX_FILE` and `PLOTLY_FILE` stand beside it; otherwise it holds Plotly.js itself.
    """
    player = contents(
        run="file",
        total=page.experiment.epochs,
        positions=page.positions.astype(np.int32),
        end=page.end,
        start=0,
        figures=None,
        bindings=(),
        readouts=page.readouts,
        position=page.position,
        jump=0,
        answer=0,
        dark=palette.DARK,
        notes=page.notes,
        below=page.below + _FOOT_PX,
    )
    parts = {place: {name: _data(part) for name, part in choices.items()} for place, choices in page.parts.items()}
    data = {"player": player, "parts": parts, "chosen": page.chosen, "order": page.order, "live": page.live}
    name = f'<a class="page-live" href="{escape(page.live)}">Open in {_NAME}</a>' if page.live else f"<p>{_NAME}</p>"
    index = f'<nav><a href="{INDEX_FILE}">All examples</a></nav>\n' if in_site else ""
    plotly = f' src="{PLOTLY_FILE}"></script>' if in_site else f">{plotly_source()}</script>"
    program = f"const stage = {as_function(JS)};\n{as_function(_PAGE_JS)}({{ stage }});\n"
    body = f"""<header class="page-head">
{index}<h1>{_text(page.title)}</h1>
<p class="page-settings">{_text(_settings(page.experiment, page.varied))}</p>
{name}
</header>
<div role="main" class="page-main">
{HTML}
{_table("What became of each experiment, at the end", page.table) if page.table else ""}
<details class="page-samples">
<summary>{_text(_size(page.experiment))}</summary>
{_samples(page.experiment)}
</details>
{VALUES_HTML}
</div>
<script type="application/json" id="page-data">{_json(data)}</script>
<script{plotly}
<script type="module">
{program}</script>"""
    return document(page.title, body, CSS + VALUES_CSS)


def document(title: str, body: str, style: str = "") -> str:
    """Write a whole HTML document. Its policy forbids it to load anything from any host.

    Parameters
    ----------
    title : str
        Plain text.
    body, style : str
        HTML and CSS.
    """
    # 'self' is for a site of such pages, which share the Plotly.js in their folder.
    policy = "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>{_text(title)} · {_NAME}</title>
<style>
{_STYLE}{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


def _data(part: Part) -> dict[str, Any]:
    return {
        "figures": figures(part.charts),
        "bindings": [asdict(Binding(**binding)) for binding in bindings(part.charts)],
        "frames": {name: encode(array) for name, array in part.frames.items()},
    }


def _json(data: object) -> str:
    """Write JSON as it may stand in an HTML document: nothing in it begins a tag or a comment."""
    return json.dumps(data, allow_nan=False, separators=(",", ":")).replace("<", "\\u003c")


def _text(text: str) -> str:
    return escape(visible(text))


def _settings(experiment: Experiment, varied: str) -> str:
    told = [field for field in FIELDS if field.told and field.name not in SAMPLES and field.key != varied]
    values = [(field, getattr(experiment, field.name)) for field in told]
    return ", ".join(field.told.format(field.write(value)) for field, value in values if value not in (None, ()))


def _size(experiment: Experiment) -> str:
    sizes = {"sample": experiment.samples, "input": experiment.in_features, "output": experiment.out_features}
    return ", ".join(counted(count, what) for what, count in sizes.items())


def _samples(experiment: Experiment) -> str:
    columns = zip(*experiment.inputs, strict=True), zip(*experiment.labels, strict=True)
    names = *experiment.input_names, *(f"label {name}" for name in experiment.label_names)
    values = [[format_number(value) for value in column] for part in columns for column in part]
    numbers = [str(number) for number in range(1, experiment.samples + 1)]
    return _table("Samples", [("Sample", numbers), *zip(names, values, strict=True)])


def _table(caption: str, columns: Table) -> str:
    head = "".join(f'<th scope="col">{_text(name)}</th>' for name, _ in columns)
    rows = (
        f'<tr><th scope="row">{_text(first)}</th>{"".join(f"<td>{_text(cell)}</td>" for cell in cells)}</tr>'
        for first, *cells in zip(*(cells for _, cells in columns), strict=True)
    )
    body = "\n".join(rows)
    return (
        f'<div class="page-table" role="region" aria-label="{caption}" tabindex="0"><table>'
        f"<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>"
    )
