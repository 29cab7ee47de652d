"""What a hasty click loses: python -m tests.benchmarks.leaving [repeats] [pattern] [seconds].

Every kind of control × every way of leaving × every kind of press × playing or not, in a mixed order: something is
typed or chosen, and the page is left at once. Prints what was lost in each visit that lost something, and how many
visits there were. The pattern picks cases by their names, as in ``"seed-Back"``; after so many seconds no visit is
begun. It ends with 1 if anything was lost.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections import Counter

from tests.browser.conftest import watched_page
from tests.browser.leaving import CASES, Case, visit
from tests.server import CHROMIUM, CHROMIUM_FLAGS, running_app


def name(case: Case) -> str:
    """Name a case."""
    edit, way, how, plays = case
    return f"{edit}-{way}-{how}-{'playing' if plays else 'still'}"


def main(repeats: int = 1, pattern: str = "", seconds: float = float("inf")) -> int:
    """Go through the cases; give how many visits lost something."""
    from playwright.sync_api import Error, sync_playwright

    cases = [case for case in CASES if re.search(pattern, name(case))]
    random.Random(0).shuffle(cases)  # noqa: S311 - a run that is cut short has met all kinds
    lost: Counter[str] = Counter()
    visits, end = 0, time.monotonic() + seconds
    with running_app() as app, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_FLAGS)
        for _ in range(repeats):
            for case in cases:
                if time.monotonic() > end:
                    break
                page = watched_page(browser, app, [], has_touch=True)
                try:
                    what = visit(page, app, case)
                except (AssertionError, Error) as fault:
                    what = f"did not get that far: {str(fault).splitlines()[:1]}"
                visits += 1
                if what:
                    lost[f"{name(case)}: {what}"] += 1
                    print(f"visit {visits}, {name(case)}: {what}, at {page.url}", flush=True)
                page.close()
        browser.close()
    for case_and_what, times in lost.most_common():
        print(f"{times:4} × {case_and_what}")
    print(f"{len(cases)} cases, {visits} visits, {lost.total()} lost something")
    return lost.total()


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(
        main(int(given[0]) if given else 1, *given[1:2], **({"seconds": float(given[2])} if len(given) > 2 else {})) > 0
    )
