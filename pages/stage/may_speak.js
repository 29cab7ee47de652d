// While a page is being left, a message from it would bring it back.
export const maySpeak = () => document.dispatchEvent(new CustomEvent("backprop:speak", { bubbles: true, cancelable: true }));
