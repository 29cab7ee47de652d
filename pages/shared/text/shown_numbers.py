"""Numbers as the screen shows them, in a sentence and in a formula: six significant digits, the same everywhere."""

from decimal import ROUND_HALF_UP, Context, Decimal


def number(value: float) -> str:
    """Write a number with six significant digits, as the player's readouts do.

    Parameters
    ----------
    value : float
        Finite. From 10⁻⁴ up to 10⁶ in plain digits, beyond them as a power of ten.

    Examples
    --------
    >>> number(1.1575999), number(-0.5), number(0.0), number(1234567.0), number(0.0000123456789)
    ('1.15760', '−0.500000', '0.00000', '1.23457 · 10⁶', '1.23457 · 10⁻⁵')
    """
    digits, exponent = _parts(value)
    return digits if exponent is None else f"{digits} · {power_of_ten(exponent)}"


def in_cell(value: float) -> str:
    """Write a number for a cell of a matrix, as the player does.

    Parameters
    ----------
    value : float
        Finite. At most three digits: a power of ten from 10⁴ on and below 10⁻³.

    Examples
    --------
    >>> in_cell(-0.01234), in_cell(1234.5), in_cell(-0.00012), in_cell(3.0)
    ('−0.0123', '1235', '−1.2·10⁻⁴', '3')
    """
    size = abs(value)
    if value and not 0.001 <= size < 1e4:
        mantissa, power = f"{float(_TWO_DIGITS.create_decimal_from_float(float(value))):.1e}".split("e")
        return signed(f"{mantissa}·{power_of_ten(int(power))}")
    return signed(f"{_rounded(value, sum(size < bound for bound in (0.1, 1, 10, 100))):.12g}")


def percent(share: float) -> str:
    """Write a share in per cent, as the player's readouts do.

    Parameters
    ----------
    share : float
        In [0, 1]. Only 1 is written as 100 % and only 0 as 0 %: rounding gives neither.

    Examples
    --------
    >>> percent(1.0), percent(15999 / 16000), percent(2 / 3), percent(1e-9), percent(0.0)
    ('100 %', '99.9 %', '66.7 %', '0.1 %', '0 %')
    """
    whole = 100 * share
    if share not in (0, 1):
        tenths = Decimal(whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
        whole = min(max(float(tenths), 0.1), 99.9)
    return f"{whole:g} %"


def power_of_ten(exponent: int) -> str:
    """Write a power of ten.

    Examples
    --------
    >>> power_of_ten(-12)
    '10⁻¹²'
    """
    return "10" + str(exponent).translate(_RAISED)


def signed(text: str) -> str:
    """Write the hyphens of a number as minus signs."""
    return text.replace("-", "−")


def latex_number(value: float) -> str:
    r"""Write a number for a formula, with the digits of `number`.

    Examples
    --------
    >>> latex_number(-0.5), latex_number(0.0000123456789)
    ('-0.500000', '1.23457 \\cdot 10^{-5}')
    """
    digits, exponent = _parts(value)
    digits = digits.replace("−", "-")
    return digits if exponent is None else rf"{digits} \cdot 10^{{{exponent}}}"


_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
# Halves go away from zero, as they do in the browser.
_SIX_DIGITS = Context(prec=6, rounding=ROUND_HALF_UP)
_TWO_DIGITS = Context(prec=2, rounding=ROUND_HALF_UP)


def _rounded(value: float, decimals: int) -> float:
    """Round to so many decimals; what becomes 0 has no sign."""
    return float(Decimal(float(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)) or 0.0


def _parts(value: float) -> tuple[str, int | None]:
    """Split into digits and the power of ten, None if there is none to write."""
    rounded = float(_SIX_DIGITS.create_decimal_from_float(float(value)))
    if rounded == 0:
        return "0.00000", None
    mantissa, power = f"{rounded:.5e}".split("e")
    exponent = int(power)
    if -4 <= exponent < 6:
        return signed(f"{rounded:.{5 - exponent}f}"), None
    return signed(mantissa), exponent
