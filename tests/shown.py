"""Read back what a screen shows."""

_PLAIN = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")


def read_number(text: str) -> float:
    """Read a number as the screen writes it: "−1.23457 · 10⁻⁵"."""
    return float(text.translate(_PLAIN).replace(" · 10", "e"))
