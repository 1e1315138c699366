import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";
import { describeWith } from "../../support/tools/tools";

/** Debian's Chromium. Without windows it takes a third less processor time. */
const INSTALLED = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];
const EXECUTABLE = process.env.CHROMIUM ?? INSTALLED.find((file) => existsSync(file)) ?? INSTALLED[0];

/** `describe` for tests in Chromium. They are skipped without it, but not in the project's own CI. */
export function describeInBrowser(): ReturnType<typeof describeWith> {
  const isThere = existsSync(EXECUTABLE);
  return describeWith(
    isThere,
    EXECUTABLE,
    "apt-get install chromium-headless-shell, or name another Chromium in CHROMIUM",
  );
}

/** A browser of its own, which leaves nothing behind. */
export interface TestBrowser {
  readonly context: BrowserContext;
  /** Addresses that pages asked for, the pages' own left out. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** Starts Chromium with a fresh profile, and notes whatever is asked for. */
export async function startBrowser(): Promise<TestBrowser> {
  const profile = mkdtempSync(join(tmpdir(), "chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: EXECUTABLE,
    headless: true,
    viewport: { width: 1280, height: 900 },
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  const requests: string[] = [];
  context.on("request", (request) => {
    if (!request.isNavigationRequest()) requests.push(request.url());
  });
  return {
    context,
    requests,
    close: async () => {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
