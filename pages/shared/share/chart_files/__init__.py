"""The charts of the page as image files, drawn by Plotly itself."""
