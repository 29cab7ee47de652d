"""Name the pages. Streamlit runs this file first at every visit, whatever page the address asks for."""

from pathlib import Path

import streamlit as st

from classifier import __version__
from pages.stage.component import files_lost
from pages.stage.files import STYLE_CSS

WORDMARK = """
<svg xmlns="http://www.w3.org/2000/svg" width="190" height="26" viewBox="0 0 190 26" role="img">
<title>Backprop by Hand</title>
<text x="0" y="20" font-family="'Source Sans Pro', 'DejaVu Sans', sans-serif"
 font-size="20" font-weight="700" fill="#3b78c2" textLength="180">Backprop by Hand</text>
</svg>
"""

WITHOUT_HEADER = ':root:not(:has(#presented-style)) [data-testid="stHeader"] { visibility: hidden; }'

ABOUT = f"""
**Backprop by Hand** {__version__}

Watch hand-written back-propagation train. Every derivative is written out; nothing is differentiated automatically.

Free to use, change and share under the MIT License.
"""

# It stands in the sidebar's own header. A title there would take a tenth of a projector's height from the controls.
st.logo(WORDMARK, size="large")
# The style of a page that is presented comes last. One that is opened so has no navigation and no header until then.
presented = "present" in st.query_params
page = st.navigation(
    [
        st.Page("playground/playground.py", title="Playground", default=True),
        st.Page("compare/compare.py", title="Compare"),
        st.Page("your_data/your_data.py", title="Your data"),
        st.Page("step_by_step/step_by_step.py", title="Step by step"),
        st.Page("practise/practise.py", title="Practise"),
        st.Page("gradient_check/gradient_check.py", title="Gradient check"),
        st.Page("where_formulas_break/where_formulas_break.py", title="Where it breaks"),
        st.Page("mathematics/mathematics.py", title="Mathematics"),
        st.Page("source_code/source_code.py", title="Code"),
        st.Page("teach/teach.py", title="Teach"),
    ],
    position="hidden" if presented else "top",
)
# With a title of its own, each page can be told apart in the browser's tab, in its history and by a screen reader.
st.set_page_config(
    # If this file is only imported, without a visitor, no page is chosen.
    page_title=f"{getattr(page, 'title', '')} · Backprop by Hand",
    layout="wide",
    initial_sidebar_state=340,
    menu_items={"About": ABOUT},
)
# Before the page, and for the whole visit: what is styled late moves what stands already.
# Streamlit would send it again at every rerun. It is in the head, too, but not on hosts with an HTML of their own; and
# here it stands behind the components' sheets, so that it has the last word on paper.
style = Path(__file__).with_name("every_page.css").read_text("utf-8") if files_lost() else f"@import url({STYLE_CSS});"
st.html(f"<style>{style}{WITHOUT_HEADER if presented else ''}</style>")
page.run()
