"""Write pages with a player as HTML files that need no server: `python -m pages --help`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from urllib.parse import urlencode

from pages.compare import members
from pages.compare.page_file import page as compare
from pages.compare.table import default_goal
from pages.playground.in_browser.site import site
from pages.playground.page_file import page as playground
from pages.shared.address.writing import Params, named_experiments, to_params
from pages.shared.examples import EXAMPLES
from pages.shared.run import runs
from pages.shared.share.experiment_file import FileError, OpenedFile, read_experiment
from pages.shared.share.page_html.index import Entry, index_html
from pages.shared.share.page_html.page_html import EXAMPLES_FILE, INDEX_FILE, PLOTLY_FILE, Page, page_html
from pages.stage.plotly_js import plotly_source


def _path(text: str) -> Path:
    """Read a path. An empty one, as of a variable that is not set, would be this folder."""
    if not text:
        msg = "the name is empty"
        raise argparse.ArgumentTypeError(msg)
    return Path(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m pages",
        description="Write an experiment as a page in one HTML file, which plays without a server: "
        "python -m pages experiment.json > page.html",
    )
    one = parser.add_mutually_exclusive_group(required=True)
    one.add_argument("experiment", nargs="?", metavar="EXPERIMENT.json", type=_path, help="a file that Share has given")
    one.add_argument("--example", metavar="NAME", choices=EXAMPLES, help=f"an example instead: {', '.join(EXAMPLES)}")
    one.add_argument("--all", metavar="DIR", type=_path, help="a site of all examples instead, into this folder")
    parser.add_argument("--editable", action="store_true", help="with --all: and a playground that needs no server")
    own = "with --editable: Pyodide's files, to be held by the site itself"
    parser.add_argument("--pyodide", metavar="FOLDER", type=_path, help=own)
    kinds = members.VARIATIONS
    parser.add_argument(
        "--vary", metavar="WHAT", choices=kinds, help=f"a comparison instead of the playground: {', '.join(kinds)}"
    )
    parser.add_argument("--values", metavar="LIST", help="what is compared; the usual values without it")
    parser.add_argument("--live", metavar="URL", help="the address of the app, for a link to the live experiment")
    return parser


def main(arguments: list[str] | None = None) -> None:
    """Do what a command line says, or exit with a message and code 2."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.values is not None and given.vary is None:
        parser.error("--values needs --vary.")
    if given.editable and given.all is None:
        parser.error("--editable goes with --all.")
    if given.pyodide is not None and not given.editable:
        parser.error("--pyodide needs --editable.")
    if given.live is not None and not given.live.startswith(("http://", "https://")):
        parser.error("--live: an address begins with http:// or https://.")
    try:
        if given.all is None:
            if given.example is None:
                opened = read_experiment(given.experiment.read_bytes())
            else:
                opened = OpenedFile(named_experiments()[given.example], 0)
            page = _page(opened, given.vary, given.values, given.live)
            sys.stdout.buffer.write(page_html(page).encode())
        elif given.vary is None:
            _write_site(given.all, given.live, editable=given.editable, own_pyodide=given.pyodide)
        else:
            parser.error("--vary goes with one experiment, not with --all.")
    except OSError as error:
        parser.error(f"{error.filename}: {error.strerror}")
    except FileError as error:
        parser.error("\n".join(error.problems))
    except ValueError as error:
        parser.error(str(error))


def _page(opened: OpenedFile, kind: str | None, values: str | None, live: str | None) -> Page:
    experiment, params = opened.experiment, to_params(opened.experiment)
    if kind is None:
        return playground(experiment, opened.position, _link(live, "", params))
    text = members.VARIATIONS[kind].default(experiment) if values is None else values
    shown = members.read_members(kind, text, experiment)
    params |= {"vary": kind, "values": members.to_address(kind, text, shown)}
    link = _link(live, "compare", params)
    return compare(kind, experiment, shown, default_goal(experiment), opened.position, link)


def _link(live: str | None, page: str, params: Params) -> str | None:
    if live is None:
        return None
    query = urlencode(params, doseq=True)
    return f"{live.rstrip('/')}/{page}{'?' if query else ''}{query}"


def _write_site(folder: Path, live: str | None, *, editable: bool, own_pyodide: Path | None) -> None:
    """Write a page for each example, their list, Plotly.js once for all of them, and perhaps the playground itself."""
    folder.mkdir(parents=True, exist_ok=True)
    index = EXAMPLES_FILE if editable else INDEX_FILE
    entries = []
    for name, experiment in named_experiments().items():
        address, example = f"{name}.html", EXAMPLES[name]
        page = _page(OpenedFile(experiment, 0), None, None, live)
        (folder / address).write_text(page_html(page, index=index), "utf-8")
        loss = runs.finished(runs.shared_run(experiment)).history.running_loss[1:]
        entries.append(Entry(address, example.title, example.question, loss))
    (folder / PLOTLY_FILE).write_text(plotly_source(), "utf-8")
    (folder / index).write_text(index_html(entries, live, editable=INDEX_FILE if editable else None), "utf-8")
    if editable:
        for file, content in site(index, own_pyodide, live).items():
            (folder / file).parent.mkdir(exist_ok=True)
            (folder / file).write_bytes(content)


if __name__ == "__main__":
    main()
