"""Share: the link to this screen, its QR code, and everything as files, for one popover at the top of every page."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final
from urllib.parse import urlencode, urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from classifier import Experiment
from pages.shared.address.writing import Params
from pages.shared.run import runs
from pages.shared.run.duration import duration
from pages.shared.session import address, links, state, widgets
from pages.shared.session.framed import framed
from pages.shared.share import history_file
from pages.shared.share.chart_files.chart_files import chart_files
from pages.shared.share.experiment_file import MAX_FILE_MB, FileError, read_experiment, write_experiment
from pages.shared.share.notebook import notebook
from pages.shared.share.page_html.page_html import Page, page_html
from pages.shared.share.qr import qr_image
from pages.shared.share.scripts import numpy_script, refused, torch_script
from pages.shared.text import messages
from pages.shared.text.quoting import escape_markdown, shortened, visible
from pages.stage.component import files_lost

KEY = "share"
# They fit side by side into the widest popover that Streamlit has; on a phone they stand below each other.
_TEXT_WIDTH, _QR_WIDTH = 256, 380
_OWN_MACHINE = ("localhost", "127.0.0.1", "::1")

_HISTORY: Final = "History"
_SCRIPTS: Final = ("NumPy script", "PyTorch script", "Notebook", "Notebook, solved")
_FILES: Final[tuple[tuple[str, str, str, Callable[[Experiment, int, int], str]], ...]] = (
    (
        "Experiment",
        "experiment.json",
        "Samples, settings and position, to be opened here again.",
        lambda experiment, position, _: write_experiment(experiment, position),
    ),
    (
        _HISTORY,
        history_file.NAME,
        "Losses, weights and gradients up to {end}.",
        lambda experiment, _, trained: "".join(history_file.text(experiment, trained)),
    ),
    (
        _SCRIPTS[0],
        "experiment_numpy.py",
        "Prints these losses with NumPy alone.",
        lambda experiment, *_: numpy_script(experiment),
    ),
    (
        _SCRIPTS[1],
        "experiment_pytorch.py",
        "Prints these losses with PyTorch’s own derivatives.",
        lambda experiment, *_: torch_script(experiment),
    ),
    (
        _SCRIPTS[2],
        "experiment.ipynb",
        "To write the backward methods oneself: each is checked, and the losses are those that must come out.",
        lambda experiment, *_: notebook(experiment, solved=False),
    ),
    (
        _SCRIPTS[3],
        "experiment_solved.ipynb",
        "The same, with every derivative written out.",
        lambda experiment, *_: notebook(experiment, solved=True),
    ),
)
"""What the popover gives: button, file name, what it is, and the text at a position of a run that is trained so far.

None of them holds the run itself: it may be dropped from memory while the popover is open, and is trained again then.
"""
_PAGE: Final = (
    "Page (HTML)",
    "experiment.html",
    "Player, charts and samples as one file that plays without a server. A site that trains without one as well: "
    "python -m pages --all site --editable.",
)
"""The file that there is only on a page with a player."""


@dataclass
class _Said:
    """What became of the file that was opened last; out of date once something else is opened."""

    openings: int = -1
    opened: str = ""
    problems: tuple[str, ...] = ()


def files(url: str | None, page: Callable[[int, str | None], Page] | None = None) -> None:
    """Draw the link and the downloads; none of these is made before it is pressed.

    Parameters
    ----------
    url : str or None
        The link to what is shown; None if it is too long for one.
    page : callable, optional
        Gives the page as a file holds it, for a position and the link to it in the app.
    """
    experiment, position = state.experiment(), state.position()
    with st.container(width=_TEXT_WIDTH, gap="small"):
        _link(url, position)
        _downloads(experiment, position, page and partial(page, position, _for_others(url)))
        _upload()


def pictures(url: str | None) -> DeltaGenerator:
    """Draw the QR code of the link and the choice of charts as images; give the column for what stands below them."""
    column = st.container(width=_QR_WIDTH, gap="small")
    with column:
        _qr(url)
        chart_files()
    return column


def link(url: str, params: Params) -> str:
    """Write the link to a screen.

    Parameters
    ----------
    url : str
        Where the page is, without a query.
    params : mapping
        Its address.
    """
    query = urlencode(params, doseq=True)
    # The first page has no name of its own, and its folder ends with a slash.
    is_first = urlsplit(url).path.strip("/") == (st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{url.rstrip('/')}{'/' if is_first else ''}{'?' if query else ''}{query}"


def _qr(address: str | None) -> None:
    image = None if address is None else qr_image(address)
    if image is None:
        st.markdown("No QR code holds this much. Share the file instead.")
    else:
        # An image, because Streamlit takes inline SVG out of HTML.
        st.html(f'<img src="{image}" alt="QR code of the link" style="display:block;width:100%">')


def _link(address: str | None, position: int) -> None:
    st.markdown(f"**Link to this screen**, at position {position}")
    if address is None:
        st.markdown("This table is too large for a link. Share the experiment as a file.")
        return
    st.code(address, language=None)
    if len(address) > links.SAFE_LINK:
        most = f"Some networks refuse more than {links.SAFE_LINK}; the file always works."
        st.caption(f"It has {len(address)} characters. {most}")
    if urlsplit(address).hostname in _OWN_MACHINE:
        st.caption("Other devices need this computer’s name or IP address in the link.")


def _for_others(address: str | None) -> str | None:
    """Give a link that leads here from other devices, too; None if there is none."""
    return None if address is None or urlsplit(address).hostname in _OWN_MACHINE else address


def _downloads(experiment: Experiment, position: int, page: Callable[[], Page] | None) -> None:
    st.markdown("**Files**")
    run = runs.shared_run(experiment)
    end = "the end" if run.done else f"position {run.position}, so far"
    files: list[tuple[str, str, str, Callable[[], str]]] = [
        (label, name, what.format(end=end), partial(write, experiment, position, run.position))
        for label, name, what, write in _FILES
    ]
    if page:
        label, name, what = _PAGE
        takes = duration(run)
        trained = "" if run.done else f" The run is trained to its end for it{f', {takes}' if takes else ''}."
        files.insert(0, (label, name, what + trained, lambda: page_html(page())))
    with st.container(horizontal=True, gap="xsmall"):
        for label, name, what, made in files:
            told = f"{name}: {what}"
            if label == _HISTORY and history_file.is_large(run) and not files_lost():
                st.link_button(label, history_file.offered(run), help=told)
            else:
                # The text is made when the button is pressed, and the script does not run again for it.
                why = refused(experiment) if label in _SCRIPTS else ""
                st.download_button(
                    label, made, name, on_click="ignore", help=why or told, key=f"share_{name}", disabled=bool(why)
                )


def _upload() -> None:
    # With another key after every opening it is empty again, so that the same file can be opened twice.
    key = f"share_upload_{state.current().openings}"
    st.file_uploader(
        "Open an experiment",
        type="json",
        max_upload_size=MAX_FILE_MB,
        key=key,
        on_change=_open,
        args=(key,),
        help="A file that was downloaded here.",
    )
    framed()
    said = state.kept(KEY, _Said)
    if said.openings == state.current().openings:
        for problem in said.problems:
            st.markdown(messages.problem(problem))
        if said.opened:
            st.caption(f"Opened {escape_markdown(said.opened)}.")


def _open(key: str) -> None:
    file, said = widgets.widget(key), state.kept(KEY, _Said)
    said.opened, said.problems = "", ()
    if isinstance(file, UploadedFile):
        try:
            opened = read_experiment(file.getvalue())
        except FileError as error:
            said.problems = error.problems
        else:
            address.open_experiment(opened.experiment, opened.position)
            said.opened = visible(shortened(file.name, 40))
    said.openings = state.current().openings
