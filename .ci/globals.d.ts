// What the pages' JavaScript finds in the browser and TypeScript does not know.

interface Window {
  Plotly: any;
}

interface Navigator {
  scheduling?: { isInputPending(): boolean };
}

// What one of our selectors finds is known to us: an input, a graph of Plotly's.
interface ParentNode {
  querySelector(selectors: string): any;
  querySelectorAll(selectors: string): NodeListOf<any>;
}

// Events between the components of a page.
interface WindowEventMap {
  "backprop:view": CustomEvent;
  "backprop:follow": CustomEvent;
  "backprop:samples": CustomEvent;
}
