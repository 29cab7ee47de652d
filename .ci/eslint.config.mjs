import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["pages/stage/plotly/**", "pages/stage/qr/**"] },
  js.configs.recommended,
  {
    languageOptions: { globals: globals.browser },
    rules: {
      complexity: ["error", 12],
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      // The modules of a component are joined line by line: a declaration names one thing.
      "one-var": ["error", "never"],
    },
  },
  { files: ["tests/**"], languageOptions: { globals: globals.node } },
];
