"""A page that shows who Streamlit believes is there, plays a sound, and can break."""

import streamlit as st

st.text(f"here: {st.user.get('username')} {st.user.get('language')}")
st.audio(b"a,b\n", format="audio/wav")
if st.query_params.get("break"):
    raise ValueError("伊藤 れん")
