"""A page that shows who Streamlit believes is there, offers a file, and can break."""

import streamlit as st

st.text(f"here: {st.user.get('username')} {st.user.get('language')}")
st.download_button("download", "a,b\n", "file.csv")
if st.query_params.get("break"):
    raise ValueError("伊藤 れん")
