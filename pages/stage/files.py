"""The files that the app serves beside Streamlit's: components' programs, Plotly.js, QR codes' and every page's style.

A file's name holds the hash of what is in it, so a browser keeps it for good.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

from pages.stage.javascript import as_function, bundled, is_entry, styles
from pages.stage.plotly_js import plotly_source

FOLDER: Final = "files"
_PLOTLY: Final = "plotly"
_QR: Final = "qr"
_STYLE: Final = "every_page"
_PAGES: Final = Path(__file__).parent.parent
# A component's entry has a style sheet beside it. Known without the pages: another process may have sent the address.
_ENTRIES: Final = {path.stem: path for path in _PAGES.rglob("*.js") if is_entry(path)}
_PROGRAM: Final = """const run = {run};
const style = {style};
const styled = new WeakSet();
export default function (given) {{
  const {{ parentElement }} = given;
  const place = parentElement.getRootNode() === document ? document.head : parentElement;
  if (!styled.has(place)) {{
    styled.add(place);
    place.append(Object.assign(document.createElement("style"), {{ textContent: style }}));
  }}
  return run(given);
}}
"""


@cache
def program(name: str) -> str:
    """Join a component's modules and their style sheets into one module, which styles the component before it runs."""
    entry = _ENTRIES[name]
    return _PROGRAM.format(run=as_function(bundled(entry)), style=json.dumps(styles(entry)))


def qr_source() -> str:
    """Read lean-qr, 7 kB: `index.mjs` in what `npm pack lean-qr@2.7.4` fetches."""
    return (_PAGES / "stage" / "qr" / "lean-qr.min.js").read_text("utf-8")


def _style() -> str:
    return (_PAGES / "every_page.css").read_text("utf-8")


_OTHERS: Final[dict[str, Callable[[], str]]] = {_PLOTLY: plotly_source, _QR: qr_source, _STYLE: _style}


def _text(name: str) -> str:
    return _OTHERS[name]() if name in _OTHERS else program(name)


@cache
def address_of(name: str) -> str:
    """Give a file's address, relative to the page, by the name of a component or of another file."""
    return (
        f"{FOLDER}/{name}.{hashlib.sha256(_text(name).encode()).hexdigest()[:16]}.{'css' if name == _STYLE else 'js'}"
    )


def file_named(file: str) -> str | None:
    """Give the text of a file; None if there is none of that name, or no longer with that hash."""
    name = file.partition(".")[0]
    known = name in _OTHERS or name in _ENTRIES
    return _text(name) if known and address_of(name) == f"{FOLDER}/{file}" else None


PLOTLY_JS: Final = address_of(_PLOTLY)
"""Where the app serves Plotly.js."""

QR_JS: Final = address_of(_QR)
"""Where it serves what draws QR codes in the browser."""

STYLE_CSS: Final = address_of(_STYLE)
"""Where it serves the style of every page."""
