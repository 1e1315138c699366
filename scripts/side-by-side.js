const { spawn } = require("node:child_process");
const { availableParallelism } = require("node:os");

// side-by-side.js SCRIPT... [--beside COMMAND...]: runs scripts of package.json, as many at a time as
// there are cores, and prints the output of each when it ends. All of them run, even if one fails.
// The command runs at the same time and prints as it goes. It is stopped if a script fails, with
// every process that it started.
const words = process.argv.slice(2);
const flag = words.indexOf("--beside");
const waiting = flag < 0 ? words : words.slice(0, flag);
const [command, ...args] = flag < 0 ? [] : words.slice(flag + 1);

const isWindows = process.platform === "win32";
// All of them share the cores, which the average load of the machine shows only after a minute.
const env = { TEST_TIMEOUT_FACTOR: "3", ...process.env };
// In a process group of its own: without Jest, its workers would run until their tests end.
const options = { shell: isWindows, detached: !isWindows, env, stdio: "inherit" };
const beside = command && spawn(command, args, options);
beside?.on("error", ({ message }) => fail(`${command}: ${message}`));
beside?.on("close", (status) => {
  if (status !== 0) process.exitCode = 1;
});

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.once(signal, () => {
    stopBeside(signal);
    process.kill(process.pid, signal);
  });
}

/** Whether the command still ran. */
function stopBeside(signal) {
  if (beside?.exitCode !== null || beside.signalCode !== null) return false;
  try {
    return isWindows ? beside.kill(signal) : process.kill(-beside.pid, signal);
  } catch {
    return false;
  }
}

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
    if (status !== 0 && stopBeside("SIGTERM"))
      process.stdout.write(`${command}: stopped, because npm run ${name} failed\n`);
    next();
  });
}

for (let core = 0; core < availableParallelism(); core++) next();
