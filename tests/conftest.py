"""What is done once for all tests."""

from functools import cache

from streamlit.components.v2 import manifest_scanner

# AppTest reads the metadata of all installed packages for each page that it opens, in search of components: that took
# more time than the pages.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
