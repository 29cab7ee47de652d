"""Write the playground that needs no server: one page, its program, and Python with the modules that it needs."""

import hashlib
import io
import json
import zipfile
from html import escape
from modulefinder import ModuleFinder
from pathlib import Path
from typing import Any, Final

from classifier import Experiment
from pages.playground.chosen_chart.choice import Choice
from pages.playground.in_browser import pyodide
from pages.playground.in_browser.panel import Panel
from pages.playground.in_browser.panel_html import panel_html
from pages.playground.screen import OPEN_STEP, screen
from pages.shared.address.writing import TUTORIAL, named_experiments
from pages.shared.charts.values.chart_values import VALUES_CSS, VALUES_HTML
from pages.shared.examples import FLOWERS
from pages.shared.run import runs
from pages.shared.share.page_html.page_html import PLOTLY_FILE, document, embedded, held
from pages.stage.files import program
from pages.stage.javascript import as_function, bundled
from pages.stage.player import CSS, HTML, JS
from pages.stage.plotly_js import package_data

_HERE: Final = Path(__file__).parent
_ROOT: Final = _HERE.parents[2]
_MODULE: Final = "pages.playground.in_browser.visit"
_STYLE: Final = (_HERE / "in_browser.css").read_text("utf-8")
_ABOUT: Final = "Back-propagation, edited and trained in this browser."
_OFF: Final = "From a disk this page does nothing: it needs a web address. All examples play from a disk, too."
# Addresses that are longer stand behind the #, which no server is sent: many refuse them.
_MOST_QUERY: Final = 8_000


def modules() -> bytes:
    """Pack our modules that the browser's Python runs, and the flowers where they are read; equal bytes each time."""
    finder = ModuleFinder([str(_ROOT)])
    finder.import_hook(_MODULE)
    found = (getattr(module, "__file__", None) for module in finder.modules.values())
    paths = [Path(path) for path in found if path]
    files = {path.relative_to(_ROOT).as_posix(): path for path in paths}
    files[f"plotly/package_data/{FLOWERS}"] = package_data(FLOWERS)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), files[name].read_bytes(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def site(index: str, own_pyodide: Path | None = None, live: str | None = None) -> dict[str, bytes]:
    """Give the files of the playground without a server, by name.

    Parameters
    ----------
    index : str
        The file beside it that lists all examples; a page of each stands there under its name, and `PLOTLY_FILE`.
    own_pyodide : Path, optional
        A folder with Pyodide's files, which the site then holds; without, the browser gets them from `pyodide.HOST`.
    live : str, optional
        The address of the app.

    Raises
    ------
    OSError, pyodide.WrongFileError
        As `pyodide.checked` does.
    """
    python = _named("python", "zip", modules())
    code = _named("playground", "js", _program().encode())
    files = dict([python, code])
    fetched = [file.fetched(file.published + file.name) for file in pyodide.FILES]
    if own_pyodide is not None:
        found = pyodide.checked(own_pyodide)
        files |= {f"{pyodide.FOLDER}/{file.name}": content for file, content in found}
        fetched = [file.fetched(f"{pyodide.FOLDER}/{file.name}") for file, _ in found]
    ours = pyodide.File(python[0], hashlib.sha256(python[1]).hexdigest(), len(python[1]), "")
    fetched.append(ours.fetched(python[0]))
    size = sum(file["size"] for file in fetched) / 1e6
    engine = {
        "files": fetched,
        "modules": python[0],
        "lock": json.dumps(pyodide.LOCK),
        "idle": f"The first edit fetches Python, {size:.0f} MB.",
    }
    host = "" if own_pyodide is not None else f" {pyodide.HOST}"
    return {"index.html": _page(engine, code[0], host, index, live).encode(), **files}


def _named(name: str, kind: str, content: bytes) -> tuple[str, bytes]:
    return f"{name}.{hashlib.sha256(content).hexdigest()[:16]}.{kind}", content


def _program() -> str:
    worker = (_HERE / "worker.js").read_text("utf-8")
    parts = {"stage": as_function(JS), "sheet": as_function(program("sheet")), "worker": json.dumps(worker)}
    given = ",\n".join(f"{name}: {text}" for name, text in parts.items())
    return f"{as_function(bundled(_HERE / 'in_browser.js'))}({{ {given} }});\n"


def _page(engine: dict[str, Any], code: str, host: str, index: str, live: str | None) -> str:
    run = runs.finished(runs.shared_run(Experiment.tutorial()))
    shown = screen(run, 0, Choice())
    actions = [label for label in shown.actions if label != OPEN_STEP]
    panels = {name: Panel(experiment, (name, 0)).contents() for name, experiment in named_experiments().items()}
    data = {"file": held(shown, actions=actions), "panels": panels, "tutorial": TUTORIAL} | {
        "engine": engine,
        "mostQuery": _MOST_QUERY,
        "live": live and live.rstrip("/") + "/",
    }
    app = f' · <a class="page-live" href="{escape(live)}">Open in the app</a>' if live else ""
    body = f"""<header class="page-head">
<h1>Backprop by Hand</h1>
<p>{_ABOUT}</p>
<nav><a href="{index}">All examples</a>{app}</nav>
<div class="engine" data-testid="engine" data-state="off"><span role="status">\
{_OFF}</span><b></b>\
<progress aria-label="Python" max="1" value="0"></progress><button type="button">Try again</button></div>
</header>
<div role="main" class="page-columns">
{panel_html()}
<div>
{HTML}
{VALUES_HTML}
</div>
</div>
<script type="application/json" id="page-data">{embedded(data)}</script>
<script src="{PLOTLY_FILE}"></script>
<script type="module" src="{code}"></script>"""
    # The worker is made of a blob so that this policy holds in it, too; so are the modules whose hashes were checked.
    policy = (
        f"default-src 'none'; script-src 'self' blob: 'wasm-unsafe-eval'; worker-src blob:; connect-src 'self'{host}; "
        "style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
    return document("Playground", body, CSS + VALUES_CSS + _STYLE, policy)
