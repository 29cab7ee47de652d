"""Draw the README's moving picture, XOR learned by four hidden units on the first screen: `python -m tests.picture`.

Streamlit brings Pillow, which writes WebP.
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from tests.server import CHROMIUM, CHROMIUM_FLAGS, running_app

PATH = Path(__file__).parent.parent / ".github" / "images" / "training.webp"
WINDOW = {"width": 1280, "height": 720}
SIZE = (960, 540)
QUALITY = 50
EPOCHS_A_PICTURE = 12
PICTURES = 40
MS, END_MS = 120, 2500


def main() -> None:
    """Go through the run in the app, and take a picture every few epochs."""
    from playwright.sync_api import sync_playwright

    with running_app() as app, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_FLAGS)
        page = browser.new_page(viewport=WINDOW, color_scheme="light")
        page.goto(f"{app.url}?example=xor-hidden")
        page.locator(".st-key-share_corner button:visible").first.wait_for()
        stage = page.get_by_test_id("stage")
        page.wait_for_selector('[data-testid="stage"][data-ready="true"]')
        slider = page.get_by_role("slider", name="Epochs trained")
        total = int(stage.get_attribute("data-total") or 0)
        positions = [min(EPOCHS_A_PICTURE * k, total) for k in range(PICTURES)] + [total]
        taken = []
        for position in positions:
            slider.evaluate(
                "(slider, at) => { slider.value = at; slider.dispatchEvent(new Event('input')); }", position
            )
            page.locator(f'[data-testid="stage"][data-position="{position}"]').wait_for()
            page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
            taken.append(
                Image.open(io.BytesIO(page.screenshot())).convert("RGB").resize(SIZE, Image.Resampling.LANCZOS)
            )
        browser.close()
    times = [MS] * (len(taken) - 1) + [END_MS]
    taken[0].save(PATH, save_all=True, append_images=taken[1:], duration=times, loop=0, quality=QUALITY, method=6)


if __name__ == "__main__":
    main()
