const { spawn } = require("node:child_process");
const { availableParallelism } = require("node:os");

// side-by-side.js SCRIPT... [--beside COMMAND...]: runs scripts of package.json, as many at a time as
// there are cores, and prints the output of each when it ends. All of them run, even if one fails.
// The command runs at the same time and prints as it goes. It is stopped if a script fails.
const words = process.argv.slice(2);
const flag = words.indexOf("--beside");
const waiting = flag < 0 ? words : words.slice(0, flag);
const [command, ...args] = flag < 0 ? [] : words.slice(flag + 1);

const shell = process.platform === "win32";
// All of them share the cores, which the average load of the machine shows only after a minute.
const env = { TEST_TIMEOUT_FACTOR: "3", ...process.env };
const beside = command && spawn(command, args, { shell, env, stdio: "inherit" });
beside?.on("error", ({ message }) => fail(`${command}: ${message}`));
beside?.on("close", (status) => {
  if (status !== 0) process.exitCode = 1;
});

function fail(text) {
  process.stdout.write(`${text}\n`);
  process.exitCode = 1;
}

function next() {
  const name = waiting.shift();
  if (name === undefined) return;
  const child = spawn(`npm run --silent ${name}`, { shell: true, stdio: ["ignore", "pipe", "pipe"] });
  const output = [];
  child.stdout.on("data", (data) => output.push(data));
  child.stderr.on("data", (data) => output.push(data));
  child.on("close", (status) => {
    if (status === 0) process.stdout.write(`npm run ${name}: passed\n`);
    else fail(`npm run ${name}: FAILED`);
    process.stdout.write(Buffer.concat(output));
    if (status !== 0 && beside?.exitCode === null && beside.kill())
      process.stdout.write(`${command}: stopped, because npm run ${name} failed\n`);
    next();
  });
}

for (let core = 0; core < availableParallelism(); core++) next();
