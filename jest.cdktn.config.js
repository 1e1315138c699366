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
      // These start programs, which use cdktf.
      testPathIgnorePatterns: [...project.testPathIgnorePatterns, "/deploy/(cdktf-deploy|pipelines)\\."],
    })),
};
