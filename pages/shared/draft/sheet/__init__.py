"""The samples' table on the screen: a Streamlit component of plain HTML."""
