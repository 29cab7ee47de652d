"""What Streamlit's test client does anew for each page or run, and is done once here: most of its time went there."""

import gc
from functools import cache
from multiprocessing import forkserver

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import app_test, local_script_runner

# For each page that it opens it searches the metadata of all installed packages for components,
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
# and at each run it compiles the scripts, which a server keeps.
app_test.ScriptCache = local_script_runner.ScriptCache = cache(ScriptCache)

_until_it_ends = local_script_runner.require_widgets_deltas


def _wait(runner: local_script_runner.LocalScriptRunner, timeout: float = 3) -> None:
    """Wait for a run, without looking a thousand times a second: each look takes the processor from it."""
    runner._script_thread.join(timeout)
    if not runner.script_stopped():
        _until_it_ends(runner, 0)


local_script_runner.require_widgets_deltas = _wait


def pytest_collection_finish(session: pytest.Session) -> None:
    """Prepare what takes long while the first tests run."""
    # What was imported and collected stays to the end: no search for garbage need look at it.
    gc.freeze()
    if any("app" in getattr(item, "fixturenames", ()) for item in session.items):
        forkserver.ensure_running()  # it imports what a served app is forked from, see tests/server.py
