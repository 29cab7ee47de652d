"""A page with a player as one HTML file: opened without a server, it sends no request.

The file carries the player itself: the modules and the style that the app mounts. Where the player asks for another
chart or other rows, the file answers in Python's place, from what it holds. Every value in it is escaped HTML, or JSON
that no value can end.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path
from typing import Any, Final, TypeAlias

from classifier import Experiment
from classifier.experiment.validation import counted
from pages.shared.address.fields import FIELDS, SAMPLES, effective_values, phrases
from pages.shared.charts.chart import bindings, figures
from pages.shared.charts.screen import Part, Screen
from pages.shared.charts.values.chart_values import VALUES_CSS, VALUES_HTML
from pages.shared.text.quoting import visible
from pages.shared.text.typed_numbers import format_number
from pages.stage.javascript import as_function, bundled
from pages.stage.message import Binding, encode
from pages.stage.player import CSS, HTML, JS
from pages.stage.plotly_js import plotly_source

INDEX_FILE: Final = "index.html"
EXAMPLES_FILE: Final = "examples.html"
"""The list of examples where the first page is the playground."""
PLOTLY_FILE: Final = "plotly.min.js"
_HERE: Final = Path(__file__).parent
_STYLE: Final = (_HERE / "page.css").read_text("utf-8")
_PAGE_JS: Final = bundled(_HERE / "page.js")
_NAME: Final = "Backprop by Hand"
# 'self' is for a site of such pages, which share the Plotly.js in their folder.
_POLICY: Final = "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
# Pixels below the player for the line that opens the samples.
_FOOT_PX: Final = 56


Table: TypeAlias = Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True, eq=False)
class Page:
    """What a file holds.

    Attributes
    ----------
    title : str
    screen : Screen
        Of a training to its end.
    position : int
        Where the player stands at first.
    table : sequence of columns, optional
        A table below the player: the name of each column, and its cells.
    varied : str
        The address key of what the runs of a comparison differ in; it is left out of the settings.
    live : str, optional
        The address of the same page in the app.
    """

    title: str
    screen: Screen
    position: int
    table: Table = ()
    varied: str = ""
    live: str | None = None


def page_html(page: Page, *, index: str = "") -> str:
    """Write a page as HTML.

    Parameters
    ----------
    page : Page
    index : str
        The file beside it that lists all examples; `PLOTLY_FILE` stands there, too. Without, it holds Plotly.js itself.
    """
    experiment = page.screen.experiment
    data = held(page.screen, page.position, _FOOT_PX) | {"live": page.live}
    name = f'<a class="page-live" href="{escape(page.live)}">Open in {_NAME}</a>' if page.live else f"<p>{_NAME}</p>"
    nav = f'<nav><a href="{index}">All examples</a></nav>\n' if index else ""
    plotly = f' src="{PLOTLY_FILE}"></script>' if index else f">{plotly_source()}</script>"
    program = f"const stage = {as_function(JS)};\n{as_function(_PAGE_JS)}({{ stage }});\n"
    body = f"""<header class="page-head">
{nav}<h1>{_text(page.title)}</h1>
<p class="page-settings">{_text(_settings(experiment, page.varied))}</p>
{name}
</header>
<div role="main">
{HTML}
{_table("What became of each experiment, at the end", page.table) if page.table else ""}
<details class="page-samples">
<summary>{_text(_size(experiment))}</summary>
{_samples(experiment)}
</details>
{VALUES_HTML}
</div>
<script type="application/json" id="page-data">{embedded(data)}</script>
<script{plotly}
<script type="module">
{program}</script>"""
    return document(page.title, body, CSS + VALUES_CSS)


def held(screen: Screen, position: int = 0, below: int = 0, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - see pages.stage
    """Gather all that a file holds of a screen, for the program that answers its player."""
    own = {"start": 0, "figures": None, "bindings": (), "jump": 0, "answer": 0, "below": screen.below + below}
    parts = {place: {name: _data(part) for name, part in choices.items()} for place, choices in screen.parts.items()}
    player = screen.contents(run="file", position=position, **own, **given)
    return {"player": player, "parts": parts, "chosen": screen.chosen, "order": screen.order}


def document(title: str, body: str, style: str = "", policy: str = _POLICY) -> str:
    """Write a whole HTML document. Its policy forbids it to load anything from any host.

    Parameters
    ----------
    title : str
        Plain text.
    body, style : str
        HTML and CSS.
    policy : str
        What it may do all the same, as Content-Security-Policy writes it.
    """
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
        "frames": {name: encode(array) for name, array in part.frames(slice(None)).items()},
    }


def embedded(data: object) -> str:
    """Write JSON as it may stand in an HTML document: nothing in it begins a tag or a comment."""
    return json.dumps(data, allow_nan=False, separators=(",", ":")).replace("<", "\\u003c")


def _text(text: str) -> str:
    return escape(visible(text))


def _settings(experiment: Experiment, varied: str) -> str:
    said = (field for field in FIELDS if field.name not in SAMPLES and field.key != varied)
    return phrases(said, effective_values(experiment))


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
