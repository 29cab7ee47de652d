"""Widgets that show a value kept elsewhere, and the values that widgets report."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from pages.shared.address.parameters import Own, PageParameter
from pages.shared.session.held import mounted as mounts
from pages.shared.session.looking import look
from pages.shared.session.state import current

_PREFIX: Final = "control_"


def standing(name: str, value: object) -> str:
    """Give the key of a widget that shows a value kept elsewhere; its ``on_change`` keeps what is chosen in it.

    It is mounted anew only if it shows something else, for that would end the dragging of a slider. Start it with the
    value, always: a browser that goes to another page and back at once mounts the same widget again.

    Parameters
    ----------
    name : str
        Constant; another one for other bounds or options.
    value : any
        What the widget must show.
    """
    state = current()
    mounted, start = state.standing.get(name, (mounts(state.held, key_of(name, "")) or 0, value))
    shown = look(key_of(name, mounted), start)
    if shown != value:
        # A browser in which it is not yet replaced may send this once more. To Streamlit that is a change.
        state.retired[name] = (mounted, shown)
        mounted += 1
    state.standing[name] = (mounted, value)
    return key_of(name, mounted)


def choice(key: str, act: Callable[..., None], *args: object) -> Callable[[], None]:
    """Give the ``on_change`` of a widget of `standing`: it acts on what was chosen, once.

    Parameters
    ----------
    key : str
    act : callable
        Keeps what the widget says.
    *args : any
        What it takes.
    """
    name, _, number = key.removeprefix(_PREFIX).rpartition("_")

    def changed() -> None:
        mounted, shown = current().retired.get(name, (-1, None))
        if int(number) > mounted or (int(number) == mounted and widget(key) != shown):
            act(*args)

    state = current()
    if state.begins:
        start = state.standing[name][1]

        def chosen() -> bool:
            if differs := look(key, start) != start:
                changed()
            return differs

        state.unheard.append(chosen)
    return changed


def hear() -> bool:
    """Act on what was typed and chosen before a run had drawn all, and say whether anything was.

    When a session draws a widget for the first time, Streamlit calls no ``on_change``, and gives no value before. So a
    session begins by drawing what the address says. What the browser holds and differs from that is new. Call it when
    all is drawn, and run the page again if it says so.
    """
    state = current()
    unheard, state.unheard = state.unheard, []
    answers = [each() for each in unheard]  # each acts
    return any(answers)


def widget(key: str) -> object:
    """Give the value of a widget, None if it has none."""
    value = look(key)
    return current().held.get(key) if value is None else value


def typed(key: str, otherwise: str = "") -> str:
    """Give the text in a widget, another one if it has none: a browser may put anything there."""
    text = widget(key)
    return text if isinstance(text, str) else otherwise


def choosing(own: Own, parameter: PageParameter[Any], among: object = "") -> dict[str, Any]:
    """Give key and callback of a widget for one of a page's own parameters. Start it with the parameter's value.

    ``among`` names the options, if those depend on an experiment: with other options it is another widget.
    """
    return keeping(f"own_{parameter.key}{among}", own[parameter], partial(own.choose, parameter))


def keeping(name: str, value: object, keep: Callable[[Any], None]) -> dict[str, Any]:
    """Give key and callback of a widget of `standing`: what is chosen in it is kept. Start it with the value."""
    key = standing(name, value)
    return {"key": key, "on_change": choice(key, lambda: keep(widget(key)))}


def key_of(name: str, mounted: int | str) -> str:
    """Give the key of a widget that was mounted so often."""
    return f"{_PREFIX}{name}_{mounted}"
