"""Stand in for a browser: AppTest's charts and components never call back, so a test reports in their place."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest


class Browser:
    """The browser's side of one kind of element. It records the callbacks with which a page draws the elements.

    Parameters
    ----------
    monkeypatch : MonkeyPatch
    module, name : module, str
        The function that draws the element, as pages call it; its first argument or ``key`` names the element.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, module: ModuleType, name: str) -> None:
        self._monkeypatch = monkeypatch
        self._options: dict[str, dict[str, Any]] = {}
        draw = getattr(module, name)

        def drawn(*args: Any, **options: Any) -> Any:  # noqa: ANN401 - Streamlit's own types
            self._options[options["key"] if "key" in options else args[0]] = options
            return draw(*args, **options)

        monkeypatch.setattr(module, name, drawn)

    def keys(self, callback: str) -> list[str]:
        """Give the names of the elements drawn so far that have this callback."""
        return [key for key, options in self._options.items() if callback in options]

    def says(self, page: AppTest, key: str, callback: str, *values: object) -> AppTest:
        """Report values of an element, and run the page as Streamlit does then: first the callback, then the script."""
        configure = st.set_page_config

        def called_back(**page_options: Any) -> None:  # noqa: ANN401 - Streamlit's own types
            options = self._options[key]
            for value in values:
                st.session_state[key] = value
                options[callback](*options.get("args", ()))
                del st.session_state[key]
            configure(**page_options)

        with self._monkeypatch.context() as patch:
            # Every run of app.py begins with this call, so the callback runs before the rest of the script.
            patch.setattr(st, "set_page_config", called_back)
            page.run()
        assert not page.exception
        return page
