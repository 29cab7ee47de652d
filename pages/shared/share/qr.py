"""A link as a QR code, made on the server. Pure; the only file that imports segno."""

from functools import lru_cache
from typing import Final

import segno

MAX_QR: Final = 2_953
"""Most bytes that a QR code holds: version 40 with the least error correction."""


@lru_cache(maxsize=64)
def qr_image(link: str) -> str | None:
    """Draw a link as SVG: black on white, whatever the theme is, with the margin that readers need.

    Parameters
    ----------
    link : str

    Returns
    -------
    str or None
        The image as a data address; None if the link is longer than `MAX_QR`.
    """
    if len(link.encode()) > MAX_QR:
        return None
    # The least correction gives the largest dots, which is what counts at the far end of a room. A fixed mask takes a
    # quarter of the time that the best of eight would: 60 ms at most.
    code = segno.make(link, error="l", micro=False, mask=0)
    return code.svg_data_uri(border=4, dark="#000", light="#fff", omitsize=True)
