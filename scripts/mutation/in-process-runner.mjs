// A test runner for Stryker that reads the tests of the policy engine once and
// then runs them again for each mutant, in one process: thousands of mutants in
// minutes. Stryker's runner for Jest starts Jest anew for each.
//
// The tests are Jest's own: jest-circus collects them, `expect` judges them.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { declareFactoryPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";

// The quickest tests first: most mutants are killed by one of them.
const DURATIONS_FILE = "mutation-test-durations.json";

const COLLECTING = "(collecting tests)";

// Stryker's instrumented code looks for its context here.
const context = (globalThis.__stryker__ ??= {});
// It keeps hold of the object that it finds at its first use.
context.mutantCoverage ??= { static: {}, perTest: {} };

export const strykerPlugins = [
  declareFactoryPlugin(
    PluginKind.TestRunner,
    "in-process",
    Object.assign((options) => new InProcessRunner(options.inProcess.tests), { inject: ["options"] }),
  ),
];

class InProcessRunner {
  /** @param {string[]} places files of tests, and folders of them */
  constructor(places) {
    this.places = places;
  }

  capabilities() {
    // Modules stay loaded; for a mutant of what runs at loading, Stryker starts another process.
    return { reloadEnvironment: false };
  }

  async dryRun({ disableBail, files }) {
    // What runs when the engine is loaded is static; what tests ask of it while they are collected is not.
    files.forEach(createRequire(path.resolve("package.json")));
    context.currentTestId = COLLECTING;
    const tests = this.load();
    delete context.mutantCoverage.perTest[COLLECTING];
    const results = await run(tests, !disableBail);
    const durations = Object.fromEntries(results.map(({ id, timeSpentMs }) => [id, timeSpentMs]));
    writeFileSync(DURATIONS_FILE, JSON.stringify(durations));
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage: context.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, disableBail, hitLimit, mutantActivation }) {
    if (mutantActivation === "static") context.activeMutant = activeMutant.id;
    context.hitLimit = hitLimit;
    context.hitCount = hitLimit === undefined ? undefined : 0;
    let tests;
    try {
      tests = this.load();
    } catch (error) {
      return { status: "killed", killedBy: [], nrOfTests: 0, failureMessage: messageOf(error) };
    }
    this.durations ??= JSON.parse(readFileSync(DURATIONS_FILE, "utf8"));
    const asked = testFilter && new Set(testFilter);
    const chosen = tests
      .filter(({ id }) => !asked || asked.has(id))
      .sort((a, b) => this.durations[a.id] - this.durations[b.id]);
    context.activeMutant = activeMutant.id;
    try {
      const results = await run(chosen, !disableBail);
      const timeout = determineHitLimitReached(context.hitCount, context.hitLimit);
      return toMutantRunResult(timeout ?? { status: DryRunStatus.Complete, tests: results }, disableBail);
    } finally {
      context.activeMutant = undefined;
    }
  }

  load() {
    this.tests ??= collectTests(this.places.flatMap(testFilesAt));
    return this.tests;
  }
}

function testFilesAt(place) {
  if (statSync(place).isFile()) return [place];
  return readdirSync(place, { recursive: true })
    .filter((name) => name.endsWith(".test.ts"))
    .sort()
    .map((name) => path.join(place, name));
}

/** The tests of files, in their order. */
function collectTests(files) {
  const require = createRequire(path.resolve("package.json"));
  const { describe, it, test, beforeAll, getState } = require("jest-circus");
  Object.assign(globalThis, { describe, it, test, beforeAll, expect: require("expect").expect });
  // What fails is a killed mutant; nobody reads the smallest case of it.
  require("fast-check").configureGlobal({ endOnFailure: true });
  const root = getState().rootDescribeBlock;
  return files.flatMap((file) => {
    const before = root.children.length;
    require(path.resolve(file));
    return testsOf(root.children.slice(before), file, []);
  });
}

function testsOf(children, file, names) {
  return children.flatMap((child) => {
    if (child.type === "describeBlock") {
      if (child.hooks.length > 0)
        throw new Error(`${file}: hooks are not run for mutants; ${child.name} has some`);
      return testsOf(child.children, file, [...names, child.name]);
    }
    const id = `${file} ${[...names, child.name].join(" ")}`;
    return child.mode === "skip" ? [] : [{ id, file, fn: child.fn }];
  });
}

async function run(tests, stopAtFailure) {
  const results = [];
  for (const { id, file, fn } of tests) {
    context.currentTestId = id;
    const start = performance.now();
    let failure;
    try {
      await fn();
    } catch (error) {
      failure = messageOf(error);
    }
    context.currentTestId = undefined;
    const result = { id, name: id, fileName: path.resolve(file), timeSpentMs: performance.now() - start };
    results.push(
      failure === undefined
        ? { ...result, status: TestStatus.Success }
        : { ...result, status: TestStatus.Failed, failureMessage: failure },
    );
    if (failure !== undefined && stopAtFailure) break;
  }
  return results;
}

function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
