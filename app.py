"""Serve Backprop by Hand: `streamlit run app.py`.

Streamlit runs pages/router.py for every visitor. The components' programs and Plotly.js come from here too, so that a
classroom without internet sees charts; the sockets of the class are served here; and every answer gets the headers that
Streamlit leaves out.
"""

import os
import sys
from pathlib import Path

# Before NumPy is imported. Two threads of one matrix product wait for each other in a busy loop: on a loaded machine
# training took eight times the processor time. Besides, no bit of a result may depend on the number of cores.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import streamlit as st
from starlette.middleware import Middleware
from streamlit.file_util import get_static_dir
from streamlit.runtime.runtime_util import get_max_widget_state_size_bytes

from classifier import LIMITS
from pages.classroom.route import class_route
from pages.hosting.connections import bound
from pages.hosting.files import files_route, page_routes
from pages.hosting.headers import OneEncoding, PageHeaders, content_security_policy
from pages.hosting.history import history_route
from pages.hosting.missing import PAGES, NotThere
from pages.hosting.presses import keep_presses
from pages.hosting.settings import SettingError, settings, unknown
from pages.hosting.turns import InTurn
from pages.hosting.uploads import FewUploads
from pages.shared.share import history_file
from pages.stage.files import FOLDER, PLOTLY_JS, STYLE_CSS, address_of, file_named

WITHOUT_CHARTS = "your_data", "source_code", "teach"

try:
    host = settings()
except SettingError as error:
    sys.exit(str(error))
for variable in unknown(os.environ):
    print(f"{variable} is no setting of this app.", file=sys.stderr)
LIMITS.lower(**host.limits)
bound(get_max_widget_state_size_bytes())
keep_presses()
# The sockets' thread waits for no run longer than this: with the usual 5 ms, each of its calls waited as long.
sys.setswitchinterval(0.001)

path = (st.get_option("server.baseUrlPath") or "").strip("/")
base = f"/{path}" if path else ""  # what every address begins with
index = Path(get_static_dir(), "index.html").read_text("utf-8")
# What a page needs is on its way before anything on it asks for that, and nothing is drawn without its style.
style = f'<link rel="stylesheet" href="./{STYLE_CSS}">'
player = (
    f'<link rel="preload" href="./{PLOTLY_JS}" as="script"><link rel="modulepreload" href="./{address_of("stage")}">'
)
heads = {page: style if page in WITHOUT_CHARTS else style + player for page in ("", *PAGES)}
app = st.App(
    "pages/router.py",
    routes=[
        *page_routes(base, index, heads),
        files_route(base, FOLDER, file_named),
        class_route(base, host.redis_url),
        history_route(base, history_file.text_of),
    ],
    middleware=[
        Middleware(PageHeaders, content_security_policy(index, host.frame_ancestors)),
        Middleware(OneEncoding),
        Middleware(NotThere, base),
        Middleware(FewUploads),
        Middleware(InTurn),
    ],
)
