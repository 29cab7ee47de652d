"""What to do where a page stands inside another site's: a browser may not let it send files, and says nothing."""

from pathlib import Path
from typing import Final

from pages.stage.component import component

_HERE = Path(__file__).parent
_TEXT: Final = "A browser may not let a page inside another site send files. Then open it in a tab of its own"

# Not isolated: it is a caption like the page's own.
_component = component(_HERE / "framed.js", '<small class="framed" hidden></small>', isolate_styles=False)


def framed(key: str, otherwise: str = "") -> None:
    """Say in any frame what to do if a file does not arrive; elsewhere nothing. Only the browser knows which it is.

    Parameters
    ----------
    key : str
        Constant, another one for each place.
    otherwise : str
        Another way out of the frame: the rest of the sentence, with the comma or space before it.
    """
    _component(key=key, data={"text": f"{_TEXT}{otherwise}."})
