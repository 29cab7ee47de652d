"""Text that somebody typed, for our page: it appears literally, and shortened."""

import re

_SHOWN_LENGTH = 40


def shortened(text: str, room: int) -> str:
    """Cut a text to so many characters.

    Examples
    --------
    >>> shortened("sepal", 5), shortened("sepal length", 5)
    ('sepal', 'sepa…')
    """
    return text if len(text) <= room else text[: room - 1] + "…"


def quoted(text: str) -> str:
    """Put text that somebody typed between quotation marks, shortened and without invisible characters.

    Examples
    --------
    >>> quoted("abc")
    '"abc"'
    >>> len(quoted("9" * 1000))
    42
    """
    return f'"{visible(shortened(text, _SHOWN_LENGTH))}"'


def visible(text: str) -> str:
    r"""Put a sign in the place of every invisible character.

    Control characters and direction marks could make a message read differently from what it says, and half of a pair
    of surrogates cannot be written at all.

    Examples
    --------
    >>> visible("a\u202eb"), visible("a\ud800b"), visible("x₁")
    ('a�b', 'a�b', 'x₁')
    """
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def escape_markdown(text: str) -> str:
    r"""Escape text that somebody typed for Streamlit's Markdown, so that it appears literally.

    Backslashes stop Markdown, HTML and LaTeX. Streamlit looks for emoji codes, icons, colours and bare addresses later,
    when the backslashes are gone; an invisible word joiner inside stops those.

    Examples
    --------
    >>> escape_markdown("<b> *x*")
    '\\<b\\> \\*x\\*'
    """
    apart = re.sub(r"(?<=[:@])(?=\w)|(?<=[^\W\d]\.)(?=[^\W\d])|(?<=:)(?=//)", "\N{WORD JOINER}", text)
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", apart)
