"""The panel of a page without a server as HTML: the app's fields by the app's names. Its program fills them in."""

from collections.abc import Iterable
from html import escape

from classifier.experiment.limits import MAX_HIDDEN, MAX_UNITS
from pages.playground.controls import texts
from pages.playground.controls.rates import STOPS
from pages.shared.address.fields import FIELD
from pages.shared.examples import EXAMPLES
from pages.shared.text.glossary import WORDS
from pages.shared.text.names import ACTIVATION_NAMES
from pages.shared.text.typed_numbers import format_number

_RATE = FIELD["learning_rate"].label


def panel_html() -> str:
    """Write the panel. ``data-field`` is a control of the draft, ``data-says`` a place for what is said."""
    examples = {name: texts.example_title(name) for name in ("", *EXAMPLES)}
    return f"""<details class="panel" open>
<summary>Samples and settings</summary>
<label>Example {_select("example", examples)}</label>
<div class="panel-row"><b>Samples</b>{_button("reset", texts.RESET, texts.ABOUT_RESET)}</div>
<div class="panel-table"></div>
{_problems("table")}<p class="panel-said" data-says="notes"></p>
<details data-has="scaled"><summary>{texts.SCALED}</summary><p>{escape(texts.ABOUT_SCALING)}</p>\
<p class="panel-said" data-says="scaled"></p></details>
<div class="panel-row"><span title="{escape(WORDS["learning rate"])}">{_RATE}</span></div>
<div class="panel-row"><input type="range" data-stops="{escape(" ".join(map(format_number, STOPS)))}" min="0" \
max="{len(STOPS) - 1}" aria-label="{_RATE}">{_text("learning_rate")}</div>
{_problems("learning_rate")}<p class="panel-said" data-says="course"></p>
<details><summary>From here on</summary>
<form class="panel-row"><label>{_RATE} from here on<input type="text" name="rate" autocomplete="off"></label>\
<button>Change</button></form>
<p class="panel-wrong" data-says="rateSaid" role="alert"></p><p class="panel-said">{escape(texts.ABOUT_FROM_HERE)}</p>
<div data-buttons="changes"></div><p class="panel-said" data-says="late"></p></details>
<div class="panel-row panel-numbers"><label>{FIELD["epochs"].label}{_text("epochs")}</label>\
<label>{FIELD["seed"].label}{_text("seed")}</label>{_button("seed", "New seed", "")}</div>
{_problems("epochs")}{_problems("seed")}
<div class="panel-row"><b title="{escape(texts.ABOUT_HIDDEN)}">{FIELD["hidden"].label}</b>\
{_button("fewer", "−", "Remove the last hidden layer")}{_button("more", "+", "Add a hidden layer")}</div>
<div class="panel-row panel-layers" data-most="{MAX_HIDDEN} {MAX_UNITS} {texts.FIRST_UNITS}"></div>
<div class="panel-row" data-has="hidden"><label title="{escape(texts.ABOUT_ACTIVATION)}">{FIELD["activation"].label} \
{_select("activation", ACTIVATION_NAMES)}</label></div>
<details><summary>Advanced</summary>
{_radios("route", ((name, name, about) for name, about in texts.ROUTES.items()))}
{_radios("dtype", ((name, name, about) for name, about in texts.DTYPES.items()))}
{_radios("start", ((name, label, about) for name, (label, about) in texts.STARTS.items()), FIELD["initial"].label)}
<div data-has="typed"><textarea data-field="initial" rows="4" spellcheck="false" aria-label="{texts.MATRIX}" \
title="{escape(texts.ABOUT_MATRIX)}"></textarea><p class="panel-said" data-says="leftOut"></p></div>
<p class="panel-said" data-says="check"></p></details>
{_problems("initial")}<p class="panel-said">{texts.NEEDS_APP}</p></details>"""


def _problems(name: str) -> str:
    return f'<p class="panel-wrong" data-problems="{name}" id="wrong-{name}" role="alert"></p>'


def _text(name: str) -> str:
    label = f' aria-label="{texts.LABELS[name]}"' if name == "learning_rate" else ""
    return (
        f'<input type="text" data-field="{name}"{label} aria-describedby="wrong-{name}" '
        'autocomplete="off" spellcheck="false">'
    )


def _button(does: str, label: str, about: str) -> str:
    name = f' aria-label="{about}"' if len(label) == 1 else ""
    return f'<button type="button" data-does="{does}" title="{escape(about)}"{name}>{label}</button>'


def _select(name: str, options: dict[str, str]) -> str:
    written = "".join(f'<option value="{value}">{escape(label)}</option>' for value, label in options.items())
    return f'<select data-field="{name}">{written}</select>'


def _radios(name: str, options: Iterable[tuple[str, str, str]], legend: str = "") -> str:
    written = "".join(
        f'<label><input type="radio" name="{name}" data-field="{name}" value="{value}"> {escape(label)}'
        f"<small>{escape(about)}</small></label>"
        for value, label, about in options
    )
    return f"<fieldset><legend>{legend or FIELD[name].label}</legend>{written}</fieldset>"
