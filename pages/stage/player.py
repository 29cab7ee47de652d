"""The player's own HTML, style and program, as the app mounts them and a page in a file holds them."""

from pathlib import Path
from typing import Final

from pages.stage.javascript import bundled

_HERE = Path(__file__).parent
HTML: Final = (
    '<section class="stage" data-testid="stage" data-ready="false" tabindex="0" aria-label="Player"></section>'
)
CSS: Final = (_HERE / "stage.css").read_text("utf-8")
JS: Final = bundled(_HERE / "stage.js")
