const { projectsFor } = require("./scripts/jest/projects");

/** @type {import("jest").Config} */
module.exports = {
  projects: projectsFor(""),
  reporters: ["default", "<rootDir>/scripts/jest/count-reporter.js"],
  // By itself Jest leaves a core idle, which is half of a machine with two.
  maxWorkers: "100%",
};
