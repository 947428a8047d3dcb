"""What stands in front of Streamlit: sign-in, cookies, the entrance of projectors, headers, streams, and pages of plain HTML."""
