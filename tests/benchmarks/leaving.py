"""What a page loses when left at once: python -m tests.benchmarks.leaving [repeats] [pattern] [seconds] [visitors].

In each visit something is typed or chosen, and the page is left at once. The visits are all combinations of a control,
a way of leaving, and playing or not, each repeated so many times, by all kinds of presses in turn, in random order. The
pattern picks cases by their names, as in ``"seed-Back"``. After so many seconds no visit is begun. So many visitors,
each with a browser, share the visits and the server. The program prints how many visits there were, what was lost, and
for each loss what the tab did last: keys, clicks, entries of its history, and what it told the server, by milliseconds.
It ends with 1 if anything was lost.

Loading the page takes most of a visit's time, so a visitor makes several visits in a tab before opening the next.
"""

from __future__ import annotations

import queue
import random
import re
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.browser.conftest import watched_page
from tests.browser.leaving import CASES, Case, name, visit
from tests.server import CHROMIUM, CHROMIUM_FLAGS, App, running_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

IN_A_TAB = 8  # visits
# This edit changes the controls that the next visit would use, so its tab is not used again.
ALONE = "initial weights"
# Notes what a tab does. It only reads, so it does not change what happens in a visit.
WATCH = """
window.noted = [];
const note = (...what) => {
  noted.push([Math.round(performance.now()), ...what].join(" ").slice(0, 1500));
  if (noted.length > 150) noted.shift();
};
const before = (whose, name, tell) => {
  const own = whose[name];
  whose[name] = function (...given) { tell(...given); return own.apply(this, given); };
};
const words = bytes => new TextDecoder().decode(bytes).replace(/\\$\\$ID-\\w{32}-|[^ -~]+/g, " ");
before(WebSocket.prototype, "send", what => note("says", typeof what === "string" ? what : words(what)));
before(history, "pushState", (_, __, to) => note("new entry", to));
before(history, "replaceState", (_, __, to) => note("entry becomes", to));
addEventListener("popstate", () => note("has gone to", location.href));
for (const kind of ["keydown", "pointerdown", "click", "focusout"])
  addEventListener(kind, ({ key, target }) => note(kind, key ?? "", target.outerHTML?.slice(0, 120)), true);
"""
LAST = 60  # notes


@dataclass
class Tally:
    """The visits that are left to do, and the results so far."""

    cases: queue.SimpleQueue[Case]
    end: float
    visits: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    met: set[Case] = field(default_factory=set)

    def next(self) -> Case | None:
        try:
            return self.cases.get_nowait() if time.monotonic() < self.end else None
        except queue.Empty:
            return None

    def count(self, case: Case, what: str, page: Page, made: int) -> None:
        self.visits += 1
        self.met.add(case)
        if self.visits % 100 == 0:
            print(f"{self.visits} visits", flush=True)
        if what:
            self.lost[f"{name(case)}: {what}"] += 1
            last = page.evaluate("last => noted.slice(-last)", LAST)
            print(
                f"visit {self.visits}, {name(case)}: {what}, {made}. of its tab, at {page.url}",
                *last,
                sep="\n  ",
                flush=True,
            )


def visit_on(browser: Browser, app: App, tally: Tally) -> None:
    """Visit until nothing is left to do."""
    from playwright.sync_api import Error

    page, made = None, 0
    while case := tally.next():
        if page is not None and (made == IN_A_TAB or case[0] == ALONE):
            page.close()
            page = None
        fresh = page is None
        if page is None:
            page = watched_page(browser, app, [], has_touch=True)
            page.add_init_script(WATCH)
        made = 1 if fresh else made + 1
        try:
            what = visit(page, app, case, fresh)
        except (AssertionError, Error) as fault:
            what = f"did not get that far: {str(fault).splitlines()[:1]}"
        tally.count(case, what, page, made)
        if what or case[0] == ALONE:
            page.close()
            page = None


def visitor(app: App, tally: Tally) -> None:
    """Open a browser and visit."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_FLAGS)
        visit_on(browser, app, tally)
        browser.close()


def main(repeats: int = 1, pattern: str = "", seconds: float = float("inf"), visitors: int = 1) -> int:
    """Go through the cases; give how many visits lost something."""
    cases = [case for case in CASES if re.search(pattern, name(case))]
    tally = Tally(queue.SimpleQueue(), time.monotonic() + seconds)
    presses: dict[tuple[str, str, bool], list[Case]] = {}
    for case in cases:
        presses.setdefault((case[0], case[1], case[3]), []).append(case)
    mixed = random.Random()  # noqa: S311 - so that a run that is cut short has tried all kinds
    for turn in range(repeats):
        round_ = [kinds[turn % len(kinds)] for kinds in presses.values()]
        mixed.shuffle(round_)
        for case in round_:
            tally.cases.put(case)
    with running_app() as app, ThreadPoolExecutor(visitors) as pool:
        for done in [pool.submit(visitor, app, tally) for _ in range(visitors)]:
            done.result()
    for case_and_what, times in tally.lost.most_common():
        print(f"{times:4} × {case_and_what}")
    met = {(edit, way, plays) for edit, way, _, plays in tally.met}
    print(f"{len(met)} of {len(presses)} kinds, {tally.visits} visits, {tally.lost.total()} lost something")
    return tally.lost.total()


if __name__ == "__main__":
    given = sys.argv[1:]
    kinds = (int, str, float, int)
    sys.exit(main(*(kind(text) for kind, text in zip(kinds, given, strict=False))) > 0)  # type: ignore[arg-type]
