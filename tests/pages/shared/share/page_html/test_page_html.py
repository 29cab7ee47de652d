"""A page in one file: whole, small, quick to write, and whatever stands in it stays text."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from classifier import Experiment, Run
from pages.playground.page_file import page as playground
from pages.shared.charts.chart import Chart, figure, trace
from pages.shared.charts.screen import Part, Screen
from pages.shared.run import runs
from pages.shared.share.page_html.index import Entry, index_html
from pages.shared.share.page_html.page_html import Page, page_html
from pages.stage.message import Readout
from tests.page_data import PageData

ROOT = Path(__file__).parents[5]
HOSTILE = (
    "</script><script>window.broken = 1</script>",
    "<!--<script>",
    "a\u2028b\u2029c",
    "a\u202eb\u0000",
    '"><img src=x onerror="window.broken = 1">',
    "NaN",
    "</title></style>&lt;\ud800",
)


def small(text: str, experiment: Experiment | None = None) -> Page:
    """Build a page of one chart, with a text wherever one can stand."""
    chart = Chart(text, lambda: figure([trace("scatter", name=text)], {"title": {"text": text}}), [])
    experiment = experiment or Experiment([[1.0]], [[1.0]], epochs=1)
    shown = Screen(
        name=text,
        experiment=experiment,
        positions=np.arange(2),
        trained=2,
        done=True,
        parts={"run": {"": Part([chart], lambda _: {"loss": np.ones(2)})}},
        chosen={"run": ""},
        order=[text],
        readouts=[Readout(text, "loss")],
        notes=[text],
    )
    return Page(
        title=text,
        screen=shown,
        position=0,
        table=[(text, [text, text])],
        live=f"https://example.org/?{text.encode('utf-8', 'replace').decode()}",
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_stands_in_a_page_stays_text(text: str) -> None:
    usual, page = PageData(page_html(small("usual"))), PageData(page_html(small(text)))
    assert page.elements == usual.elements
    assert page.elements["script"] == 3
    assert page.data["player"]["notes"] == [text]
    assert page.data["order"] == list(page.data["parts"]["run"][""]["figures"]) == [text]
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    assert page.text.count(shown) >= 5  # two titles, and the table
    page_html(small(text)).encode()


def test_the_names_of_columns_stay_text() -> None:
    names = ["</script><script>x", "<!--<script>", "NaN", '"><b onclick=x>', "</title>&lt;", "__proto__", "position"]
    experiment = Experiment([[1.0] * len(names)], [[1.0]], epochs=1, input_names=names)
    page = PageData(page_html(playground(experiment, 0)))
    assert page.elements["script"] == 3
    assert all(name in page.text for name in names)


def test_what_is_no_number_is_refused() -> None:
    page = small("usual")
    chart = Chart("bad", lambda: figure([], {"meta": {"x": float("nan")}}), [])
    for part in (Part([chart], lambda _: {}), Part([], lambda _: {"loss": np.array([np.nan])})):
        with pytest.raises(ValueError, match=r"finite numbers|Out of range"):
            page_html(replace(page, screen=replace(page.screen, parts={"run": {"": part}})))


def test_a_page_is_small() -> None:
    html = page_html(playground(Experiment.tutorial(), 318))
    assert len(html.encode()) < 2_700_000


def test_nothing_may_be_asked_of_any_host() -> None:
    html = page_html(playground(Experiment.tutorial(), 0))
    (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    assert policy.startswith("default-src 'none'; ")
    assert not re.search(r"https?:|\*|blob:", policy)
    assert html.index("Content-Security-Policy") < html.index("<link") < html.index("<style")
    assert PageData(html).links == []


def test_the_colours_are_those_of_the_app() -> None:
    style = (ROOT / "pages/shared/share/page_html/page.css").read_text("utf-8")
    theme = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["theme"]
    light, dark = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    for block, name in ((light, "light"), (dark, "dark")):
        told = dict(re.findall(r"--st-([\w-]+): (#\w{6});", block))
        keys = {re.sub(r"-(\w)", lambda match: match[1].upper(), key): value for key, value in told.items()}
        assert keys == {key: value for key, value in theme[name].items() if isinstance(value, str)}


def test_every_kept_frame_of_a_long_run_is_there() -> None:
    experiment = Experiment.tutorial().replace(epochs=5_000)
    run = Run(experiment)
    run.advance()
    page = PageData(page_html(playground(experiment, 0)))
    history = run.history
    assert len(history) == 2_048
    np.testing.assert_array_equal(page.array("run", "", "weights_1"), history.parameters[0])
    np.testing.assert_array_equal(page.array("run", "", "running_loss")[1:], history.running_loss[1:])
    assert (page.data["player"]["total"], page.data["player"]["end"]) == (5_000, 2_047)


def test_a_run_that_stopped_ends_where_it_stopped() -> None:
    experiment = Experiment.tutorial().replace(seed=777, epochs=50)
    run = runs.shared_run(experiment)
    run.advance(max_epochs=4)
    run._lanes[0][0].negated[0][0, 2, 0] = np.inf  # no accepted run comes to it by itself
    page = PageData(page_html(playground(experiment, 0)))
    assert page.data["player"]["end"] == len(page.array("run", "", "weights_1")) - 1 == 4
    assert any(note.startswith("Stopped in epoch") for note in page.data["player"]["notes"])


def test_an_index_tells_of_each_page() -> None:
    loss = np.array([3.0, 2.0, 1.0])
    entries = [Entry("one.html", "<One>", "Watch & see?", loss), Entry("two.html", "Two", "W?", loss[:1])]
    page = PageData(index_html(entries, "https://example.org"))
    assert page.links == ["https://example.org", "one.html", "two.html"]
    assert "<One>" in page.text
    assert "Watch & see?" in page.text
    assert page.elements["svg"] == 1
    assert page.elements["script"] == 0
