const { spawn } = require("node:child_process");
const { availableParallelism } = require("node:os");

// side-by-side.js SCRIPT...: runs scripts of package.json, as many at a time as there
// are cores, and prints the output of each when it ends. All of them run, even if one fails.
const waiting = process.argv.slice(2);

function next() {
  const name = waiting.shift();
  if (name === undefined) return;
  const child = spawn(`npm run --silent ${name}`, { shell: true, stdio: ["ignore", "pipe", "pipe"] });
  const output = [];
  child.stdout.on("data", (data) => output.push(data));
  child.stderr.on("data", (data) => output.push(data));
  child.on("close", (status) => {
    process.stdout.write(`npm run ${name}: ${status === 0 ? "passed" : "FAILED"}\n`);
    process.stdout.write(Buffer.concat(output));
    if (status !== 0) process.exitCode = 1;
    next();
  });
}

for (let core = 0; core < availableParallelism(); core++) next();
