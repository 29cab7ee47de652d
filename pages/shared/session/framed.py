"""What to do where a page stands inside another site's: a browser may not let it send files, and says nothing."""

from typing import Final

import streamlit as st

_TEXT: Final = "A browser may not let a page inside another site send files. Then open it in a tab of its own"


def framed(otherwise: str = "") -> None:
    """Say in any frame what to do if a file does not arrive; elsewhere nothing. Only the browser knows which it is.

    Parameters
    ----------
    otherwise : str
        Another way out of the frame: the rest of the sentence, with the comma or space before it.
    """
    # Hidden elsewhere by the style of every page: Python hears of a frame only if the address says embed=true.
    st.html(f'<small class="framed">{_TEXT}{otherwise}.</small>')
