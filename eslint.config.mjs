import tseslint from "typescript-eslint";

// What each room of lib may import from the others; docs/architecture.md draws it.
// A file at the top of lib is the package's index, and imports what it exports.
const ROOMS = {
  base: [],
  azure: ["base"],
  ports: ["base", "azure"],
  proof: ["base", "azure"],
  plan: ["base", "azure", "ports", "proof"],
  terraform: ["base", "azure", "ports", "proof"],
  report: ["base", "azure", "ports", "proof", "plan"],
  constructs: ["base", "azure", "ports", "proof", "plan", "terraform"],
  machines: ["base", "azure", "ports", "proof", "plan", "terraform", "constructs"],
};
// Rooms that hold pure functions: none of them knows the Terraform CDK.
const PURE = ["base", "azure", "ports", "proof", "plan", "report"];
const CDK = ["cdktf", "cdktf/*", "constructs", "@cdktf/*"];

const fences = Object.entries(ROOMS).map(([room, open]) => {
  const closed = [...Object.keys(ROOMS), "verification", "app", "cli", "testing"].filter(
    (other) => other !== room && !open.includes(other),
  );
  return {
    files: [`lib/${room}/**`],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: ["@cdktf/provider-azurerm"],
          patterns: [
            {
              regex: `^(\\.\\./)+(${closed.join("|")})(/|$)`,
              message: `lib/${room} imports from ${open.join(", ") || "no other room"} only.`,
            },
            ...(PURE.includes(room) ? [{ group: CDK, message: `lib/${room} is pure.` }] : []),
          ],
        },
      ],
    },
  };
});

// What judges the product shares no code with it; types only.
const referees = {
  files: ["e2e/**", "__tests__/support/expected/expected-*.ts", "__tests__/support/oracle/addresses.ts"],
  ignores: ["e2e/proof-verdict.ts", "e2e/run.ts"],
  rules: {
    "@typescript-eslint/no-restricted-imports": [
      "error",
      {
        patterns: [
          {
            regex: "^(\\.\\./)+lib(/|$)|(^|/)proof-verdict$",
            allowTypeImports: true,
            message: "The verdicts of the kernel and of Veeam's rows share no code with lib.",
          },
        ],
      },
    ],
  },
};

export default tseslint.config(
  {
    ignores: [
      "dist/",
      "dist-cdktn/",
      "node_modules/",
      "cdktf.out/",
      "coverage/",
      "reports/",
      "**/*.js",
      ".stryker-tmp/",
    ],
  },
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
  ...fences,
  referees,
);
