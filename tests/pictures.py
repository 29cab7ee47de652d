"""Draw the README's pictures, of the pages as they are now: `python -m tests.pictures`.

One moves: XOR, learned by four hidden units. Streamlit brings Pillow, which writes WebP.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageOps

from pages.__main__ import main as command
from tests.browser.conftest import whole
from tests.server import CHROMIUM, CHROMIUM_FLAGS, running_app

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FOLDER = Path(__file__).parent.parent / ".github" / "images"
WINDOW = {"width": 1280, "height": 720}
PAGES = {
    "decision": "?example=xor&position=400",
    "compare": "compare?vary=lr&values=0.001,0.01,0.1,1&position=2000",
    "step_by_step": "step_by_step?example=xor-hidden&position=100&sample=2&phase=10",
    "gradient_check": "gradient_check?position=318&break=transpose_product",
    "where_formulas_break": "where_formulas_break?precision=float32&label=1&z=-44.5",
    "mathematics": "mathematics",
    "source_code": "source_code?position=318&show=BinaryCrossEntropyLoss.backward",
}
TALLER = {"compare": 900}
PASTED = "Größe;Gewicht;Farbe\n1,5;12,25;rot\n2,25;11;blau\n3,75;9,5;rot\n4;7,75;grün\n5,5;6;blau"
GAP, RIM, GREY = 24, 1, (150, 150, 150)

SIZE = (960, 540)
QUALITY = 50
EPOCHS_A_PICTURE = 12
PICTURES = 40
MS, END_MS = 120, 2500


def main() -> None:
    """Draw them all."""
    from playwright.sync_api import sync_playwright

    with running_app() as app, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=CHROMIUM_FLAGS)
        for name, address in PAGES.items():
            page = opened(browser, app.url + address, height=TALLER.get(name, WINDOW["height"]))
            save(name, taken(page))
        page = opened(browser, f"{app.url}your_data")
        page.get_by_label("Or paste a table").fill(PASTED)
        page.get_by_role("button", name="Read the text").click()
        page.get_by_text("5 samples, 2 inputs, 3 outputs").wait_for()
        page.mouse.move(0, 0)
        page.get_by_test_id("stTooltipContent").wait_for(state="hidden")
        whole(page)
        save("your_data", taken(page))
        save("class", class_of_two(browser, app.url))
        moving(opened(browser, f"{app.url}?example=xor-hidden"))
        with tempfile.TemporaryDirectory() as site:
            command(["--all", site, "--live", "https://your-app"])
            page = browser.new_page(viewport=WINDOW, color_scheme="light")
            page.goto(f"file://{site}/index.html")
            save("site", taken(page))
        browser.close()


def opened(browser: Browser, address: str, *, width: int = WINDOW["width"], height: int = WINDOW["height"]) -> Page:
    """Open a page of the app, and wait until all that it shows is drawn."""
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
    page.goto(address)
    whole(page)
    return page


def taken(page: Page) -> Image.Image:
    """Photograph a page once it has been drawn, without its blinking cursor."""
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def save(name: str, picture: Image.Image) -> None:
    """Write a picture with as many colours as a screen of text and charts needs."""
    picture.quantize(256).save(FOLDER / f"{name}.png", optimize=True)


def class_of_two(browser: Browser, address: str) -> Image.Image:
    """Photograph a teacher and a student side by side."""
    teacher = opened(browser, f"{address}?example=xor-hidden")
    teacher.get_by_role("button", name="Class", exact=True).click()
    teacher.get_by_role("button", name="Start a class").click()
    link = teacher.locator('.class-link[href*="class="]').get_attribute("href")
    teacher.keyboard.press("Escape")
    student = opened(browser, str(link), width=390)
    teacher.locator('[data-testid="class"][data-present="1"]').wait_for()
    teacher.get_by_role("slider", name="Epochs trained").fill("400")
    for page in (teacher, student):
        page.locator('[data-figure="network"][data-drawn="400"][data-exact="true"]').wait_for()
        page.evaluate("() => document.activeElement.blur()")
        whole(page)
    both = [ImageOps.expand(taken(page), RIM, GREY) for page in (teacher, student)]
    picture = Image.new("RGB", (sum(each.width for each in both) + GAP, both[0].height), "white")
    picture.paste(both[0], (0, 0))
    picture.paste(both[1], (both[0].width + GAP, 0))
    return picture


def moving(page: Page) -> None:
    """Go through a run, and take a picture every few epochs."""
    slider = page.get_by_role("slider", name="Epochs trained")
    total = int(page.get_by_test_id("stage").get_attribute("data-total") or 0)
    pictures = []
    for position in [min(EPOCHS_A_PICTURE * k, total) for k in range(PICTURES)] + [total]:
        slider.evaluate("(slider, at) => { slider.value = at; slider.dispatchEvent(new Event('input')); }", position)
        page.locator(f'[data-testid="stage"][data-position="{position}"]').wait_for()
        pictures.append(taken(page).resize(SIZE, Image.Resampling.LANCZOS))
    times = [MS] * (len(pictures) - 1) + [END_MS]
    pictures[0].save(
        FOLDER / "training.webp",
        save_all=True,
        append_images=pictures[1:],
        duration=times,
        loop=0,
        quality=QUALITY,
        method=6,
    )


if __name__ == "__main__":
    main()
