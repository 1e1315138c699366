import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", "cdktf.out/", "coverage/", "reports/", "**/*.js", ".stryker-tmp/"] },
  ...tseslint.configs.recommended,
  {
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      eqeqeq: "error",
      "no-console": "off",
    },
  },
  {
    // The pure rooms stay pure, and the provider is imported class by class.
    files: ["lib/ports/**", "lib/policy/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: ["cdktf", "constructs", "@cdktf/*", "**/network/*", "**/roles/*"] },
      ],
    },
  },
  {
    files: ["lib/network/**"],
    rules: {
      "no-restricted-imports": ["error", { paths: ["@cdktf/provider-azurerm"], patterns: ["../roles/*"] }],
    },
  },
  {
    // A machine knows its component, and nothing of the whole deployment or of its file.
    files: ["lib/machines/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: ["@cdktf/provider-azurerm"],
          patterns: ["../deployment/*", "../report/*", "../entra-id-backup"],
        },
      ],
    },
  },
  {
    files: ["lib/azure/**"],
    rules: {
      "no-restricted-imports": ["error", { patterns: ["../network/*", "../roles/*", "../machines/*"] }],
    },
  },
  {
    files: ["lib/report/**", "lib/checks/**"],
    rules: { "no-restricted-imports": ["error", { patterns: ["cdktf", "@cdktf/*"] }] },
  },
);
