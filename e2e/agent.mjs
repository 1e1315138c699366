// The agent that runs in the network namespace of each host. It listens and connects as requested, and returns the
// outcomes. Requests and answers are lines of JSON on standard input and output.
import { createSocket } from "node:dgram";
import { createConnection, createServer } from "node:net";
import { createInterface } from "node:readline";

const TIME_OUT = 4000;
// Errors of a connection that a rule at either end rejected.
const REFUSED = new Set(["ECONNREFUSED", "EHOSTUNREACH", "EACCES", "EPERM", "ECONNRESET", "ENETUNREACH"]);
const [, , host] = process.argv;
const kept = new Map();

const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

function listenTcp(address, port) {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => {
      socket.on("error", () => socket.destroy());
      socket.write(`${host}\n`);
      let bytes = 0;
      socket.on("data", (data) => {
        bytes += data.length;
        // A message ends with a line feed; the answer is its length.
        if (data[data.length - 1] === 10) socket.write(`${bytes}\n`);
      });
    });
    server.on("error", reject);
    server.listen({ port, host: address, backlog: 511 }, resolve);
  });
}

function listenUdp(address, port) {
  return new Promise((resolve, reject) => {
    const socket = createSocket("udp4");
    socket.on("error", reject);
    socket.on("message", (_, from) => socket.send(host, from.port, from.address, () => {}));
    socket.bind(port, address, resolve);
  });
}

function probeTcp(address, port) {
  return new Promise((resolve) => {
    const socket = createConnection({ host: address, port });
    let said = "";
    const end = (outcome) => {
      socket.destroy();
      resolve(outcome);
    };
    socket.setTimeout(TIME_OUT, () => end("silent"));
    socket.on("error", ({ code }) => end(REFUSED.has(code) ? "refused" : code));
    socket.on("data", (data) => {
      said += data;
      if (said.endsWith("\n")) end(`open ${said.trim()}`);
    });
    socket.on("end", () => end("closed"));
  });
}

function probeUdp(address, port) {
  return new Promise((resolve) => {
    const socket = createSocket("udp4");
    const timer = setTimeout(() => end("silent"), TIME_OUT);
    const end = (outcome) => {
      clearTimeout(timer);
      socket.removeAllListeners();
      socket.on("error", () => {});
      socket.close();
      resolve(outcome);
    };
    socket.on("error", ({ code }) => end(REFUSED.has(code) ? "refused" : code));
    socket.on("message", (data) => end(`open ${data}`));
    socket.connect(port, address, (error) => {
      if (error) end(REFUSED.has(error.code) ? "refused" : error.code);
      else socket.send("?", (failed) => failed && end(REFUSED.has(failed.code) ? "refused" : failed.code));
    });
  });
}

/** Sends bytes over a connection, and compares their number with the count of the other end. */
function stream(address, port, bytes) {
  return new Promise((resolve) => {
    const socket = createConnection({ host: address, port });
    let said = "";
    socket.setTimeout(30_000, () => socket.destroy(new Error("silent")));
    socket.on("error", ({ code, message }) => resolve(code ?? message));
    socket.on("data", (data) => {
      said += data;
      const lines = said.split("\n");
      if (lines.length > 2) {
        socket.destroy();
        resolve(lines[1] === String(bytes) ? "whole" : `${lines[1]} of ${bytes} bytes`);
      }
    });
    const data = Buffer.alloc(bytes, "x");
    data[bytes - 1] = 10;
    socket.write(data);
  });
}

/** Opens a connection and keeps it open. */
function keep(name, address, port) {
  return new Promise((resolve) => {
    const socket = createConnection({ host: address, port });
    socket.setTimeout(TIME_OUT, () => resolve("silent"));
    socket.on("error", ({ code }) => resolve(REFUSED.has(code) ? "refused" : code));
    socket.once("data", () => {
      kept.set(name, socket);
      resolve("open");
    });
  });
}

function sendOver(name) {
  return new Promise((resolve) => {
    const socket = kept.get(name);
    const timer = setTimeout(() => resolve("silent"), TIME_OUT);
    socket.once("error", ({ code }) => resolve(code));
    socket.once("data", () => {
      clearTimeout(timer);
      resolve("open");
    });
    socket.write("?\n");
  });
}

async function probeAll(connections, atOnce) {
  const outcomes = new Array(connections.length);
  let next = 0;
  const worker = async () => {
    while (next < connections.length) {
      const index = next++;
      const [protocol, address, port] = connections[index];
      outcomes[index] = await (protocol === "Tcp" ? probeTcp : probeUdp)(address, port);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return outcomes;
}

const ACTIONS = {
  listen: async ({ address, tcp, udp }) => {
    await Promise.all([
      ...tcp.map((port) => listenTcp(address, port)),
      ...udp.map((port) => listenUdp(address, port)),
    ]);
    return "listening";
  },
  probe: ({ connections, atOnce }) => probeAll(connections, atOnce),
  streams: ({ connections }) =>
    Promise.all(connections.map(([address, port, bytes]) => stream(address, port, bytes))),
  keep: ({ name, address, port }) => keep(name, address, port),
  sendOver: ({ name }) => sendOver(name),
};

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const { id, action, ...rest } = JSON.parse(line);
    ACTIONS[action](rest).then(
      (result) => say({ id, result }),
      (error) => say({ id, error: String(error?.message ?? error) }),
    );
  })
  // The agent ends with the run that started it.
  .on("close", () => process.exit(0));
