const config = require("./jest.config.js");
const { projectsFor } = require("./scripts/jest/projects");

/**
 * The same tests with CDK Terrain: the source compiles against either engine.
 *
 * @type {import("jest").Config}
 */
module.exports = {
  ...config,
  projects: projectsFor("-cdktn", {
    "^cdktf$": "cdktn",
    "^cdktf/(.*)$": "cdktn/$1",
    "^@cdktf/provider-azurerm/(.*)$": "@cdktn/provider-azurerm/$1",
  })
    .filter(({ displayName }) => /^(unit|property|deploy)-/.test(displayName))
    .map((project) => ({
      ...project,
      testPathIgnorePatterns: [
        ...project.testPathIgnorePatterns,
        // These start programs, which use cdktf.
        "/deploy/(cdktf-deploy|examples|pipelines|secrets)\\.",
        // Long series of changes: Terraform gets the same text from either engine, and pairs applies some of them.
        "/deploy/(changes-of-properties|years|years-of-examples)\\.",
        // What they test never imports an engine.
        "/__tests__/(e2e|ports|proof)/",
      ],
    })),
};
