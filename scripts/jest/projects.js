// A test's name says which project it is in: `x.test.ts` is a unit test,
// `x.property.test.ts` draws random cases, `x.integration.test.ts` and
// `x.browser.test.ts` start programs (the app, debootstrap, Chromium, ...), and those in
// `deploy/` run Terraform, in `packages/` npm; `x.boot.ts` boots machines. A test
// whose tool is missing is skipped and says so.
const PROPERTY = "\\.property\\.test\\.ts$";
const TOOL = "\\.(browser|integration)\\.test\\.ts$";
const DEPLOY = "/__tests__/deploy/";
const PACKAGES = "/__tests__/packages/";

/** The Jest projects for one engine; `modules` maps the names of its packages. */
const projectsFor = (engine, modules = {}) => {
  const project = (name, seconds, testRegex, testPathIgnorePatterns = []) => ({
    displayName: `${name}${engine}`,
    testEnvironment: "<rootDir>/scripts/jest/environment.js",
    testEnvironmentOptions: { seconds },
    roots: ["<rootDir>/__tests__"],
    testRegex,
    testPathIgnorePatterns,
    setupFilesAfterEnv: ["<rootDir>/scripts/jest/set-up.js"],
    transform: {
      "^.+\\.ts$": [
        "@swc/jest",
        { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
      ],
    },
    moduleNameMapper: {
      "^cdktf-veeam-entra-id$": "<rootDir>/lib/index.ts",
      "^cdktf-veeam-entra-id/testing$": "<rootDir>/lib/testing/index.ts",
      ...modules,
    },
  });
  return [
    project("unit", 5, "\\.test\\.ts$", [PROPERTY, TOOL, DEPLOY, PACKAGES]),
    // As many cases as the run asks for: one of them is quick, thousands are not.
    project("property", 300, PROPERTY),
    // The app or a browser starts, an operating system is installed, Terraform applies.
    project("tools", 600, TOOL),
    project("deploy", 600, `${DEPLOY}.*\\.test\\.ts$`),
    // npm installs whole projects.
    project("packages", 600, `${PACKAGES}.*\\.test\\.ts$`),
    // A machine boots from nothing, on an emulated processor.
    project("boot", 3600, "\\.boot\\.ts$"),
  ];
};

module.exports = { projectsFor };
