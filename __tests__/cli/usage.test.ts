import { ExitCode } from "../../lib/cli/exit-code";
import { actions } from "../../lib/cli/commands";
import { veeamPorts } from "../support/tools/fake-io";

const COMMANDS = ["tables", "diff", "explain", "verify", "report", "completion"];

test("--help names the commands, the files and the exit codes", async () => {
  const { exitCode, out } = await veeamPorts(["--help"]);
  expect(exitCode).toBe(ExitCode.HOLDS);
  for (const command of COMMANDS) expect(out).toMatch(new RegExp(`^  ${command} `, "m"));
  expect(out).toContain(
    "Exit codes\n  0  verified, allowed or no difference\n  1  not verified, not allowed or a difference\n  2  wrong usage",
  );
});

test.each(["diff", "explain", "verify"])("%s --help says its exit codes", async (command) => {
  const { exitCode, out } = await veeamPorts([command, "--help"]);
  expect(exitCode).toBe(ExitCode.HOLDS);
  expect(out).toMatch(/^Exit codes\n {2}0 {2}.+\n {2}1 {2}.+\n {2}2 {2}wrong usage or an unreadable input$/m);
  // Fits a terminal of 80 columns.
  expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
});

test("help prints what --help prints, of the command named", async () => {
  expect(await veeamPorts(["help"])).toEqual(await veeamPorts(["--help"]));
  expect((await veeamPorts(["help", "verify"])).out).toBe((await veeamPorts(["verify", "--help"])).out);
});

test.each(COMMANDS)("%s --help shows examples", async (command) => {
  const { out } = await veeamPorts([command, "--help"]);
  expect(out).toMatch(new RegExp(`^Examples\\n  .*veeam-ports ${command}`, "m"));
});

test("--version is the package's", async () => {
  expect((await veeamPorts(["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each<[string[], string, string]>([
  [["tabels"], "Did you mean tables?", "veeam-ports --help"],
  [["verify", "--deploymnet", "cdktf.json", "x"], "Did you mean --deployment?", "veeam-ports verify --help"],

  [["verify", "--deployment", "cdktf.json"], "missing required argument 'file'", "veeam-ports verify --help"],
  [
    ["verify", "--deployment", "cdktf.json", "--json", "--sarif", "x"],
    "cannot be used with",
    "veeam-ports verify --help",
  ],
  [["diff", "a"], "missing required argument 'after'", "veeam-ports diff --help"],
  [["tables", "a", "b"], "too many arguments", "veeam-ports tables --help"],
])("%j is wrong usage, and where to look is said", async (args, message, help) => {
  const { exitCode, out, err } = await veeamPorts(args);
  expect([exitCode, out]).toEqual([ExitCode.UNUSABLE, ""]);
  expect(err).toContain(message);
  expect(err).toContain(`Run ${help} for usage.`);
});

test("verify without a deployment says what to give", async () => {
  const { exitCode, err } = await veeamPorts(["verify", "cdk.tf.json"]);
  expect([exitCode, err]).toEqual([
    ExitCode.UNUSABLE,
    "--deployment is missing. Write --deployment cdktf.json.\n",
  ]);
});

test("without a command, help is wrong usage", async () => {
  const { exitCode, err } = await veeamPorts([]);
  expect(exitCode).toBe(ExitCode.UNUSABLE);
  expect(err).toContain("Usage: veeam-ports");
});

test("an internal error prints no stack trace", async () => {
  const broken = jest.spyOn(actions, "tables").mockImplementation(() => {
    throw new TypeError("x is undefined");
  });
  const { exitCode, err } = await veeamPorts(["tables"]);
  broken.mockRestore();
  expect(exitCode).toBe(ExitCode.UNUSABLE);
  expect(err).toBe(
    "Internal error: x is undefined\nSet VEEAM_PORTS_DEBUG=1 for the stack trace, and report the error with the input.\n",
  );
});
