"""Widgets that show a value kept elsewhere, and the values that widgets report."""

from collections.abc import Callable
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
        retire(name, mounted, shown)
        mounted += 1
    state.standing[name] = (mounted, value)
    return key_of(name, mounted)


def retire(name: str, mounted: int, shown: object) -> None:
    """Remember what a widget showed that is mounted anew. Call it before.

    A browser in which the old widget is not yet replaced may send this value once more. To Streamlit that is a change.
    """
    current().retired[name] = (mounted, shown)


def choice(key: str, act: Callable[..., None], *args: object) -> Callable[[], None]:
    """Give the ``on_change`` of a widget of `standing`, or of the slider: it acts on what was chosen, once.

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
    if state.begins and name in state.standing:
        state.unheard.append((key, state.standing[name][1], changed))
    return changed


def hear() -> bool:
    """Act on what was chosen before a run had drawn all, and say whether there was such a choice.

    To a session that draws the widget for the first time it is no change: Streamlit calls no ``on_change``. Call it
    when all is drawn, and run the page again if it says so.
    """
    unheard = current().unheard
    chosen = [changed for key, value, changed in unheard if look(key, value) != value]
    unheard.clear()
    for changed in chosen:
        changed()
    return bool(chosen)


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
    key = standing(f"own_{parameter.key}{among}", own[parameter])
    return {"key": key, "on_change": choice(key, lambda: own.choose(parameter, widget(key)))}


def key_of(name: str, mounted: int | str) -> str:
    """Give the key of a widget that was mounted so often."""
    return f"{_PREFIX}{name}_{mounted}"
