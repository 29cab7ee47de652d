import streamlit as st
with st.sidebar:
    st.title("Backprop by Hand")
    st.button("x")
st.write("hello")
