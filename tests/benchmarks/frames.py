"""How fast the charts move: `python -m tests.benchmarks.frames`, or with the name of an example.

It compares the stage with plain Plotly.js calls on the same charts, with the same numbers, in the same browser. It
prints what a chart update costs in processor time of the page's thread, which does not depend on how busy the machine
is; how many updates there are per second, also those of st.plotly_chart in a fragment that reruns itself; how long the
page takes to answer while it plays; and what one default run costs the server. Only the ratios can be compared between
machines.
"""

from __future__ import annotations

import sys
from statistics import median

from playwright.sync_api import Browser, CDPSession, sync_playwright

from classifier import Run
from pages.playground.chosen_chart.choice import Choice
from pages.playground.screen import screen
from pages.shared.address.writing import named_experiments
from pages.shared.charts.chart import bindings
from pages.stage.message import encode
from tests.server import CHROMIUM, CHROMIUM_FLAGS, App, running_app

REPEATS = 6
MEASURED_MS = 3000
STAGE = '[data-testid="stage"]'
EXAMPLE = sys.argv[1] if len(sys.argv) > 1 else "tutorial"

# The stage's charts without the stage: Plotly.js restyles every chart in every animation frame.
BARE = """
async ({arrays, bindings, ms}) => {
  const types = {f4: Float32Array, f8: Float64Array, u1: Uint8Array, i4: Int32Array, i2: Int16Array};
  const held = Object.fromEntries(Object.entries(arrays).map(([name, {dtype, bdata, shape}]) =>
    [name, {values: new types[dtype](Uint8Array.from(atob(bdata), c => c.charCodeAt(0)).buffer), shape}]));
  const cut = (flat, width) =>
    Array.from({length: flat.length / width}, (_, i) => flat.slice(i * width, (i + 1) * width));
  const linked = ({array, links: {points, cells, within: [low, high]}}, frame) => {
    const size = points.length / cells.length;
    return [0, 0, NaN].concat(cells.flatMap(([which, place], i) => {
      const {values, shape} = held[array[which]], value = values[frame * values.length / shape[0] + place];
      const heights = points.slice(i * size, (i + 1) * size);
      return [...(low < value && value <= high ? heights : heights.map(() => NaN)), NaN];
    }));
  };
  const value = (b, frame) => {
    if (b.links) return linked(b, frame);
    const {values, shape: [, ...item]} = held[Array.isArray(b.array) ? b.array[0] : b.array];
    if (b.how === "up_to") return values.subarray(1, frame + 1);
    const size = item.reduce((a, c) => a * c, 1);
    const part = values.subarray(frame * size, (frame + 1) * size);
    if (Array.isArray(b.array)) return cut(Array.from(part, v => [v, v * b.scale[1]]), item[1]);
    if (item.length === 2) return cut(part, item[1]);
    return item.length || "xy".includes(b.attribute) ? part : part[0] * (b.scale ?? 1);
  };
  const charts = [...document.querySelectorAll(".stage [data-figure]")].map(div =>
    ({div, mine: bindings.filter(b => b.figure === div.dataset.figure && b.how !== "all")})).filter(c => c.mine.length);
  const counted = window.updates, begun = performance.now();
  await new Promise(resolve => requestAnimationFrame(function tick() {
    const now = performance.now();
    if (now - begun > ms) return resolve();
    const frame = 1 + Math.floor((now - begun) / 10) % (held.position.shape[0] - 1);
    for (const {div, mine} of charts) {
      const traces = [...new Set(mine.map(b => b.trace))];
      const update = {};
      for (const b of mine)
        (update[b.attribute] ??= traces.map(() => undefined))[traces.indexOf(b.trace)] = value(b, frame);
      Plotly.restyle(div, update, traces);
    }
    requestAnimationFrame(tick);
  }));
  return [window.updates - counted, performance.now() - begun];
}
"""

# Counts the updates by Plotly, and those by the stage, most of which do not use Plotly.
COUNT = """
() => { window.updates = window.drawn = 0;
  const drawn = new MutationObserver(records => { window.drawn += records.length; });
  for (const div of document.querySelectorAll(".stage [data-figure]")) {
    div.on("plotly_afterplot", () => window.updates++);
    drawn.observe(div, {attributeFilter: ["data-drawn"]});
  } }
"""

# The delay that a person feels: from a key press to the next frame that can show its effect.
LATENCY = """
() => { window.answers = [];
  new PerformanceObserver(list => window.answers.push(...list.getEntries().map(e => e.duration)))
    .observe({type: "event", durationThreshold: 16, buffered: false}); }
"""


def main() -> None:
    """Measure and print."""
    with running_app() as app, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_FLAGS)
        compare(browser, app)
        answering_and_cost(browser, app)
        browser.close()
    with running_app("tests/benchmarks/native_charts.py") as native, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_FLAGS)
        before = native.cpu_seconds()
        rate = native_updates(browser, native)
        spent = native.cpu_seconds() - before
        print(f"st.plotly_chart in a fragment: {rate:.1f} chart updates per second, {spent:.1f} s CPU")
        browser.close()


def processor_ms(browser: CDPSession) -> float:
    """Return the processor time that the page's own thread has spent: scripts, styles, layout, painting."""
    told = {metric["name"]: metric["value"] for metric in browser.send("Performance.getMetrics")["metrics"]}
    return 1e3 * told["TaskDuration"]


def compare(browser: Browser, app: App) -> None:
    """Print what chart updates cost on one page: in turns by the stage, and by plain Plotly.js calls on its charts."""
    experiment = named_experiments()[EXAMPLE]
    run = Run(experiment)
    run.advance()
    shown = screen(run, 0, Choice())
    arrays = shown.frames(slice(None))
    arrays["position"] = run.history.position.astype("int32")
    given = {
        "arrays": {name: encode(array) for name, array in arrays.items()},
        "bindings": bindings(shown.charts),
        "ms": MEASURED_MS,
    }
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"{app.url}?example={EXAMPLE}")
    page.wait_for_selector(f'{STAGE}[data-ready="true"]')
    page.wait_for_timeout(2500)
    page.evaluate(COUNT)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    ratios = []
    for _ in range(REPEATS):
        page.get_by_role("button", name="Train").click()
        page.wait_for_timeout(300)
        before = processor_ms(devtools)
        stage, took, pictures = page.evaluate(
            """async ms => { const n = window.drawn, t = performance.now(); let pictures = 0;
            await new Promise(r => requestAnimationFrame(function count() {
              pictures++;
              if (performance.now() - t > ms) r(); else requestAnimationFrame(count);
            }));
            return [window.drawn - n, performance.now() - t, pictures]; }""",
            MEASURED_MS,
        )
        on_stage = (processor_ms(devtools) - before) / stage
        page.get_by_role("button", name="To start").click()
        page.wait_for_timeout(700)
        before = processor_ms(devtools)
        bare, took_bare = page.evaluate(BARE, given)
        of_bare = (processor_ms(devtools) - before) / bare
        ratios.append(of_bare / on_stage)
        print(
            f"a chart update: stage {on_stage:.1f} ms of a processor, bare Plotly.js {of_bare:.1f} ms, "
            f"ratio {ratios[-1]:.2f}; per second {1e3 * stage / took:.0f} and {1e3 * bare / took_bare:.0f}; "
            f"{1e3 * pictures / took:.0f} animation frames a second"
        )
    print(f"bare / stage, median of {REPEATS}: {median(ratios):.2f} (asked: at least 1.5)")
    page.close()


def answering_and_cost(browser: Browser, app: App) -> None:
    """Print how soon the page moves, how soon it answers, and what a default run costs from click to end."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    received = [0]
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: received.append(len(data))))
    page.goto(app.url)
    page.wait_for_selector(f'{STAGE}[data-ready="true"]')
    page.wait_for_timeout(2500)
    on_load = sum(received)
    page.get_by_label("Speed").select_option("200")
    before = app.cpu_seconds()
    first = page.evaluate(
        """async () => { const t = performance.now();
        document.querySelector(".stage-train").click();
        const stage = document.querySelector('[data-testid="stage"]');
        await new Promise(r => { const look = () =>
          Number(stage.dataset.position) > 0 ? r() : requestAnimationFrame(look);
          look(); });
        return performance.now() - t; }"""
    )
    page.evaluate(LATENCY)
    for _ in range(30):
        page.keyboard.press("Shift")
        page.wait_for_timeout(100)
    answers = sorted(page.evaluate("() => window.answers"))
    late = sum(answer > 100 for answer in answers)
    page.wait_for_selector(f'{STAGE}[data-playing="false"]', timeout=60_000)
    page.wait_for_timeout(1500)
    print(f"click on Train to the first moved frame: {first:.0f} ms (asked: under 1000)")
    slowest = (
        f"{answers[-1]:.0f} ms, median {median(answers):.0f} ms, {late} of {len(answers)} over 100"
        if answers
        else "under 16 ms"
    )
    print(f"answer to a key press while it plays: slowest {slowest} (asked: under 100)")
    print(f"server CPU, click to end: {app.cpu_seconds() - before:.2f} s (asked: at most 0.5)")
    later = sum(received) - on_load
    print(f"received over the socket: page and run {on_load / 1000:.0f} kB, click to end {later / 1000:.0f} kB")
    page.close()


def native_updates(browser: Browser, app: App) -> float:
    """Return how many new pictures of charts appear per second; each has the number of its frame in its title."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(app.url)
    page.wait_for_selector(".js-plotly-plot .gtitle", timeout=60_000)
    rate: float = page.evaluate(
        """async ms => { let seen = 0, last = []; const t = performance.now();
        await new Promise(r => requestAnimationFrame(function look(now) {
          const titles = [...document.querySelectorAll(".js-plotly-plot .gtitle")].map(e => e.textContent);
          titles.forEach((title, i) => { if (title !== last[i]) seen++; });
          last = titles;
          if (performance.now() - t > ms) r(); else requestAnimationFrame(look);
        }));
        return seen / (performance.now() - t) * 1000; }""",
        MEASURED_MS,
    )
    page.close()
    return rate


if __name__ == "__main__":
    main()
