"""The values of one quantity by each form, as HTML that also serves as the legend. Pure; what it writes is escaped."""

from collections.abc import Sequence
from html import escape

from pages.shared.charts import palette
from pages.where_formulas_break.charts import STYLES
from pages.where_formulas_break.exact_values import ShownValue


def style() -> str:
    """Write the styles of every list, in the colours of both themes."""

    def shown(colour: str) -> str:
        return f"light-dark({colour}, {palette.DARK[colour]})"

    lines = "".join(
        f".forms .{form}::before{{border-top:{min(look['width'], 6)}px "
        f"{'dashed' if look['dash'] == 'dash' else 'solid'} {shown(look['color'])}}}"
        for form, look in STYLES.items()
    )
    return f"""<style>
/* Where five charts have no room, three stand beside each other. */
@media (min-width: 641px) and (max-width: 850px) {{
  .st-key-break_panels [data-testid="stHorizontalBlock"] {{flex-wrap:wrap}}
  .st-key-break_panels [data-testid="stColumn"] {{flex:1 1 0; min-width:14rem}}
}}
dl.forms {{margin:0 0 12px; padding:0; font-size:15px; line-height:1.3; font-variant-numeric:tabular-nums}}
.forms div {{display:flex; flex-wrap:wrap; column-gap:8px; padding:4px 0; border-top:1px solid {shown(palette.GRID)}}}
.forms dt {{margin:0; display:flex; align-items:center; gap:8px; font-size:14px; font-weight:400}}
.forms dt {{color:{shown(palette.QUIET)}}}
.forms dt::before {{content:""; width:24px}}
{lines}
.forms dd {{margin:0; overflow-wrap:anywhere; display:contents}}
.forms dd b {{margin-left:auto}}
.forms dd span {{flex-basis:100%; font-size:14px}}
.forms .bad {{color:{shown(palette.WRONG)}}}
.forms .none b {{color:{shown(palette.QUIET)}; font-weight:400}}
</style>"""


def listed(symbol: str, column: Sequence[ShownValue]) -> str:
    """Write the values of one quantity, one form below the other.

    Parameters
    ----------
    symbol : str
        Of the quantity, for those who do not see the chart above.
    column : sequence of ShownValue
        As `shown_values` gives it.
    """
    rows = []
    for value in column:
        why = f"<span>because {escape(value.why)}</span>" if value.why else ""
        state = "bad" if value.bad else "none" if value.text == "not formed" else "good"
        entry = f'<dd class="{state}"><b>{escape(value.text)}</b>{why}</dd>'
        rows.append(f'<div><dt class="{value.form}">{value.form}</dt>{entry}</div>')
    return f'<dl class="forms" aria-label="{escape(symbol)} by each form">{"".join(rows)}</dl>'
