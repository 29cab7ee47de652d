"""What a host needs: its settings, headers, and the files that Streamlit does not serve."""
