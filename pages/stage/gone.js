// What a component returns to Streamlit, to be called when it is removed. Streamlit also calls it while the element is
// still on the page, or not at all. So what counts is whether the element is there.

export const whenGone = (root, act) => () => { if (!root.isConnected) act(); };
