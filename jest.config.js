const { availableParallelism } = require("node:os");
const { projectsFor } = require("./scripts/jest/projects");

/** @type {import("jest").Config} */
module.exports = {
  projects: projectsFor(""),
  reporters: ["default", "<rootDir>/scripts/jest/count-reporter.js"],
  // One more than there are cores: tests often wait for Terraform, a browser or a server.
  maxWorkers: availableParallelism() + 1,
};
