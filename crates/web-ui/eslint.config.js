import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["assets/docs/**", "assets/app/vendor/**", "node_modules/**"] },
  js.configs.recommended,
  {
    files: ["assets/app/**/*.js"],
    languageOptions: { globals: globals.browser },
    rules: {
      eqeqeq: "error",
      "max-lines": ["error", 200],
      "no-var": "error",
      "prefer-const": ["error", { destructuring: "all" }],
      // Texts of users become text: nothing here may write markup.
      "no-restricted-properties": [
        "error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML", "dangerouslySetInnerHTML"].map((property) => ({ property, message: "Write text, never markup." })),
      ],
      "no-restricted-syntax": ["error", { selector: "Identifier[name='dangerouslySetInnerHTML']", message: "Write text, never markup." }],
    },
  },
  { files: ["tools/**", "eslint.config.js"], languageOptions: { globals: globals.node } },
];
