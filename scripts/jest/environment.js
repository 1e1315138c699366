const { cpus, loadavg } = require("node:os");
const { join, sep } = require("node:path");
const { setFlagsFromString } = require("node:v8");
const vm = require("node:vm");
const { ModernFakeTimers } = require("@jest/fake-timers");
const { ModuleMocker } = require("jest-mock");
const { dependencies, devDependencies, peerDependencies } = require("../../package.json");

// Jest's own environment gives each test file a vm context, in which every use of a global
// (`Map`, `Object`, ...) goes through a proxy: code runs several times slower than it does
// for a user. Here a test file runs in the process's own context. Each still gets modules of
// the project of its own; what it changes of the process is changed back when it ends.

// Each test file has functions of its own, which are seldom called often enough to be worth
// optimizing: by default, V8 spends a fifth of the processor time on that.
setFlagsFromString("--interrupt-budget=1000000");

/** Stands for the process's own context, which Jest has no name for. */
const OWN_CONTEXT = {};
const NODE_MODULES = join(__dirname, "..", "..", "node_modules") + sep;
/** Packages that remember nothing of a test: Node.js loads them once for all test files. The engine remembers all tokens. */
const SHARED = Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies })
  .filter((name) => !/jest|^expect$/.test(name))
  .map((name) => join(NODE_MODULES, name, /cdkt[fn]|^constructs$/.test(name) ? "node_modules" : "", sep));
/** Globals that these packages set when they are loaded. */
const sharedGlobals = new Set();
/** Functions that Jest calls to run a module, by its file: compiled once. */
const compiled = new Map();

const { compileFunction } = vm;
vm.compileFunction = (code, parameters, options) => {
  if (options?.parsingContext !== OWN_CONTEXT) return compileFunction(code, parameters, options);
  const { filename, parsingContext: _, ...others } = options;
  if (SHARED.some((folder) => filename.startsWith(folder))) return (module) => loadShared(module, filename);
  const known = compiled.get(filename);
  if (known?.code === code) return known.run;
  const run = compileFunction(code, parameters, { filename, ...others });
  compiled.set(filename, { code, run });
  return run;
};

function loadShared(module, filename) {
  const before = new Set(Reflect.ownKeys(globalThis));
  module.exports = require(filename);
  for (const key of Reflect.ownKeys(globalThis)) if (!before.has(key)) sharedGlobals.add(key);
}

/** What a test file can change of the process, and how to change it back. */
function savedProcess() {
  const globals = new Map(
    Reflect.ownKeys(globalThis).map((key) => [key, Object.getOwnPropertyDescriptor(globalThis, key)]),
  );
  const { exit, exitCode } = process;
  const { prepareStackTrace } = Error;
  const [folder, variables] = [process.cwd(), { ...process.env }];
  return () => {
    for (const key of Reflect.ownKeys(globalThis))
      if (!globals.has(key) && !sharedGlobals.has(key)) delete globalThis[key];
    for (const [key, descriptor] of globals) {
      const now = Object.getOwnPropertyDescriptor(globalThis, key);
      if (now?.value !== descriptor.value) Object.defineProperty(globalThis, key, descriptor);
    }
    Error.prepareStackTrace = prepareStackTrace;
    process.exit = exit;
    process.exitCode = exitCode;
    process.chdir(folder);
    for (const name of Object.keys(process.env)) if (!(name in variables)) delete process.env[name];
    Object.assign(process.env, variables);
  };
}

module.exports = class Environment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimers = null;
  restore = savedProcess();

  constructor({ projectConfig }) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
    // On a machine that does other work at the same time, everything takes longer.
    const busy = Math.max(Number(process.env.TEST_TIMEOUT_FACTOR ?? 1), loadavg()[0] / cpus().length);
    globalThis.TIME_OUT = projectConfig.testEnvironmentOptions.seconds * 1000 * busy;
  }

  async setup() {}

  async teardown() {
    this.fakeTimersModern.dispose();
    this.restore();
  }

  exportConditions() {
    return ["node", "node-addons"];
  }

  getVmContext() {
    return OWN_CONTEXT;
  }
};
