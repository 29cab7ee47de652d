"""Serve panel_page.py, with the files that its components load."""

from pathlib import Path

import streamlit as st

from pages.hosting.files import files_route
from pages.stage.files import FOLDER, file_named

app = st.App(Path(__file__).with_name("panel_page.py"), routes=[files_route("", FOLDER, file_named)])
