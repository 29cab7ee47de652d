"""The playground on a page that has no server: trained by the browser's own Python."""
