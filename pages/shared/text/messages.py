"""Messages about what is wrong, for the place beside its control: strings of Streamlit's Markdown."""

from collections.abc import Iterable, Sequence
from typing import Final

from pages.shared.text.quoting import escape_markdown

LAST_GOOD: Final = "The charts show the last good values."


def first_few(texts: Sequence[str], rest: str = "And {} more.", most: int = 8) -> tuple[str, ...]:
    """Keep the first of several messages, and say how many more there are in place of {}.

    Examples
    --------
    >>> first_few(["a"]), first_few("abcdefghijk")[-2:]
    (('a',), ('h', 'And 3 more.'))
    """
    return (*texts[:most], *([rest.format(len(texts) - most)] if len(texts) > most else ()))


def problem(text: str, instead: str = "") -> str:
    r"""Write one problem in red, and after it what is shown instead; neither is taken for Markdown.

    Examples
    --------
    >>> problem("Not *this*.", "Shown as before.")
    ':red[:small[Not \\*this\\*\\.]] :small[Shown as before\\.]'
    """
    return f":red[:small[{escape_markdown(text)}]]" + (f" :small[{escape_markdown(instead)}]" if instead else "")


def problems(texts: Iterable[str]) -> str:
    """Write problems as the lines of one paragraph: several paragraphs would take more height."""
    return "  \n".join(map(problem, texts))
