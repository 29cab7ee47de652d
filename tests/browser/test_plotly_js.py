"""Where Plotly.js comes from if a proxy lets no address through but Streamlit's own."""

from __future__ import annotations

from classifier import Experiment, Run
from tests.browser.conftest import Stage
from tests.core_numbers import charts_hold

ROUTE = "**/files/*"


def test_charts_appear_where_the_address_of_plotly_leads_elsewhere(stage: Stage) -> None:
    run = Run(Experiment.tutorial())
    run.advance()
    stage.page.route(ROUTE, lambda route: route.abort())
    stage.open("?position=318")
    stage.at(318)
    charts_hold(stage.trace, run, 318)
    stage.key("End")
    stage.at(2000)
    charts_hold(stage.trace, run, 2000)
    # The proxy answers with a page of its own in place of Plotly.js.
    stage.page.unroute(ROUTE)
    stage.page.route(ROUTE, lambda route: route.fulfill(status=200, content_type="text/html", body="<h1>Sign in</h1>"))
    stage.page.goto(f"{stage.app.url}compare?position=7")
    stage.ready()
    stage.at(7)
    assert stage.page.locator("[data-figure] .main-svg").count() > 0
    # What the browser says of the blocked address and of the page in its place.
    own = ("net::ERR_FAILED", "Unexpected token '<'", "MIME type")
    stage.faults[:] = [fault for fault in stage.faults if not any(words in fault for words in own)]
