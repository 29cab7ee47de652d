"""Tests of what is in .deploy: the container, and the proxy before several processes."""
