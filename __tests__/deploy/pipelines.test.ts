import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { copyOfProject, describeWithTerraform } from "../support/tools/terraform";
import { temporaryFolder } from "../support/tools/temporary-folder";

// The shell steps of docs/pipelines.md, run one after the other on a change that
// adds a console. Beside them stand a package manager that has nothing to
// install, and services that write down what they are sent.

interface Step {
  readonly run?: string;
  readonly bash?: string;
}
interface Pipeline {
  readonly steps?: readonly Step[];
  readonly jobs?: { readonly network: { readonly steps: readonly Step[] } };
}

const TOP = join(__dirname, "..", "..");
const PAGE = readFileSync(join(TOP, "docs", "pipelines.md"), "utf8");
const [gitHub, azure] = [...PAGE.matchAll(/^(`{3,})yaml\n(.*?)\n\1$/gms)].map(
  ([, , text]) => parse(text) as Pipeline,
);

const STAND_INS = `
npm() { [ "$1" = ci ] || node scripts/start.js; }
npx() { [ "$1" = veeam-ports ] && shift && node --import tsx lib/cli/veeam-ports.ts "$@"; }
gh() { echo "$*" > "$SENT/arguments"; cp "\${@: -1}" "$SENT/body"; }
curl() { echo "$*" > "$SENT/arguments"; cp "$AGENT_TEMPDIRECTORY/thread.json" "$SENT/body"; }
export -f npm npx gh curl
`;

describeWithTerraform("the pipelines of the docs", () => {
  const folder = temporaryFolder("veeam-pipeline-");
  const project = join(folder.path, "project");
  afterAll(folder.remove);

  const git = (...args: string[]): string =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
      cwd: project,
      encoding: "utf8",
    });

  beforeAll(() => {
    mkdirSync(project);
    copyOfProject(project);
    git("init", "--quiet", "--initial-branch=main");
    // The link to the installed packages too, so that the base finds them.
    git("add", "--all");
    git("commit", "--quiet", "--message=base");
    git("update-ref", "refs/remotes/origin/main", "HEAD");
    const file = join(project, "cdktf.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"10.1.0.0/24"', '"10.1.0.0/24", "10.7.0.0/24"'));
    git("commit", "--quiet", "--all", "--message=change");
  });

  test.each([
    ["GitHub Actions", gitHub?.jobs?.network.steps ?? []],
    ["Azure Pipelines", azure?.steps ?? []],
  ] as const)("%s", (name, steps) => {
    const work = join(folder.path, name.replace(" ", "-"));
    const sent = join(work, "sent");
    mkdirSync(sent, { recursive: true });
    const scripts = steps.flatMap(({ run, bash }) => run ?? bash ?? []);
    expect(scripts.length).toBeGreaterThan(3);
    for (const script of scripts) {
      const { status, stderr } = spawnSync("bash", ["-eo", "pipefail", "-c", `${STAND_INS}${script}`], {
        cwd: project,
        encoding: "utf8",
        env: {
          ...process.env,
          CDKTF_CONTEXT_JSON: undefined,
          CDKTF_OUTDIR: undefined,
          STACK: "cdktf.out/stacks/veeam-entra",
          SENT: sent,
          RUNNER_TEMP: work,
          GITHUB_BASE_REF: "main",
          PULL_REQUEST: "7",
          AGENT_TEMPDIRECTORY: work,
          BUILD_ARTIFACTSTAGINGDIRECTORY: work,
          SYSTEM_PULLREQUEST_TARGETBRANCHNAME: "main",
          SYSTEM_PULLREQUEST_PULLREQUESTID: "7",
          SYSTEM_COLLECTIONURI: "https://dev.example.com/org/",
          SYSTEM_TEAMPROJECT: "project",
          BUILD_REPOSITORY_ID: "repository",
          SYSTEM_ACCESSTOKEN: "none",
        },
      });
      expect({ script, status, stderr: status === 0 ? "" : stderr }).toEqual({
        script,
        status: 0,
        stderr: "",
      });
    }
    git("worktree", "remove", "--force", join(work, "base"));

    const sarif = JSON.parse(readFileSync(join(work, "network.sarif"), "utf8")) as {
      version: string;
      runs: readonly { results: readonly { level: string }[] }[];
    };
    expect(sarif.version).toBe("2.1.0");
    expect(sarif.runs[0].results.filter(({ level }) => level === "error")).toEqual([]);
    expect(existsSync(join(sent, "arguments"))).toBe(true);
    expect(readFileSync(join(sent, "arguments"), "utf8")).toContain("7");
    const comment = readFileSync(join(sent, "body"), "utf8");
    expect(comment).toContain("Connections that this change adds and removes");
    expect(comment).toContain("10.7.0.0/24");
  });
});
