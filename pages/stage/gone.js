// What a component returns to Streamlit, to be called when it goes. Streamlit calls what an earlier of its calls has
// returned too, though the element is on the page still, or never: what counts is whether the element is there.

export const whenGone = (root, act) => () => { if (!root.isConnected) act(); };
