import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { FONT_SIZE } from "../../lib/report/picture/boxes";
import { htmlReport } from "../../lib/report/html-report";
import { type ReportModel, reportModel } from "../../lib/report/report-model";
import { describeInBrowser, startBrowser, type TestBrowser } from "./support/browser";
import { type Contrast, CONTRASTS_OF_PICTURE } from "./support/contrasts";
import { HOSTILE_TEXTS, withTexts } from "./support/hostile";
import {
  brownfieldBackup,
  largeBackup,
  minimalBackup,
  everyRoleBackup,
  tamperedInput,
} from "./support/report-inputs";

/** Rules of axe that look at colours, which are all that the dark page changes. */
const RULES_ABOUT_COLOURS = ["color-contrast", "link-in-text-block"];
const OPEN_EVERYTHING = "document.querySelectorAll('details').forEach((one) => { one.open = true; })";
const WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]";

/**
 * For a page: what a reader sees only a part of. A table of cards that is wider
 * than its place, and a prefix on more than one line.
 */
const TEXTS_NOT_WHOLE = `(() => {
  const wide = [...document.querySelectorAll(".cards")].filter((table) => {
    const place = table.closest(".scroll");
    return table.scrollWidth > place.clientWidth || place.scrollWidth > place.clientWidth;
  });
  const broken = [...document.querySelectorAll("code")].filter((code) => {
    const range = document.createRange();
    range.selectNodeContents(code);
    const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
    return /^[\\d.]+\\/\\d+$/.test(code.textContent) && lines.size > 1;
  });
  return [...wide, ...broken].map((one) => one.textContent.trim());
})()`;

describeInBrowser()("the page in a browser", () => {
  let browser: TestBrowser;
  let folder: string;
  const addresses = new Map<string, string>();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "report-"));
    const tampered = reportModel(tamperedInput());
    let next = 0;
    const models: { [name: string]: ReportModel } = {
      shipped: reportModel(everyRoleBackup()._reportInput()),
      tampered,
      large: reportModel(largeBackup()._reportInput()),
      minimal: reportModel(minimalBackup()._reportInput()),
      brownfield: reportModel(brownfieldBackup()._reportInput()),
      hostile: withTexts(tampered, () => HOSTILE_TEXTS[next++ % HOSTILE_TEXTS.length]),
    };
    for (const [name, model] of Object.entries(models)) {
      const file = join(folder, `${name}.html`);
      writeFileSync(file, htmlReport(model));
      addresses.set(name, pathToFileURL(file).href);
    }
    browser = await startBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function withPage<T>(name: string, use: (page: Page, problems: string[]) => Promise<T>): Promise<T> {
    const page = await browser.context.newPage();
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => problems.push(message.text()));
    page.on("dialog", (dialog) => problems.push(`dialog: ${dialog.message()}`));
    try {
      await page.goto(addresses.get(name) as string);
      return await use(page, problems);
    } finally {
      await page.close();
    }
  }

  const arrow = (page: Page, label: string): ReturnType<Page["locator"]> =>
    page.locator(`a.arrow[aria-label*="${label}"]`);

  test("a click on an arrow shows the rules at both ends, and says so", () =>
    withPage("shipped", async (page, problems) => {
      const panel = page.locator("#selection");
      expect(await panel.isVisible()).toBe(false);
      await arrow(page, "to postgresql").locator("rect.label").click();
      expect(await panel.isVisible()).toBe(true);
      const text = await panel.innerText();
      expect(text).toContain("allow-out-backup-server-to-postgresql");
      expect(text).toContain("allow-in-backup-server-to-postgresql");
      expect(await page.getByRole("status").innerText()).toBe(
        "backup-server → postgresql: TCP 5432. 1 rule where it leaves, 1 rule where it arrives.",
      );
      expect(await page.locator("a.arrow[aria-current=true]").count()).toBe(1);
      await page.getByRole("button", { name: "Close" }).click();
      expect(await panel.isVisible()).toBe(false);
      expect(problems).toEqual([]);
    }));

  test("Tab reaches each arrow in reading order, with a visible focus; Enter shows its rules, Escape takes them away", () =>
    withPage("shipped", async (page) => {
      const focused = (): Promise<string | null> =>
        page.evaluate<string | null>("document.activeElement.getAttribute('aria-label')");
      await page.keyboard.press("Tab");
      expect(await page.evaluate<string>("document.activeElement.textContent")).toBe("Skip to the report");
      const order: string[] = [];
      for (let i = 0; i < 40 && order.length < 9; i++) {
        await page.keyboard.press("Tab");
        const label = await focused();
        if (label?.includes(", TCP ")) order.push(label.slice(0, label.indexOf(",")));
      }
      expect(order).toHaveLength(9);
      expect(order[0]).toBe("console to backup-server");
      expect(order.indexOf("http-proxy to AzureActiveDirectory")).toBeGreaterThan(
        order.indexOf("backup-server to http-proxy"),
      );
      const shown = await page.evaluate<string>(
        "getComputedStyle(document.activeElement.querySelector('.line')).strokeWidth",
      );
      expect(shown).toBe("2.75px");
      await page.keyboard.press("Enter");
      expect(await page.locator("#selection").isVisible()).toBe(true);
      await page.keyboard.press("Escape");
      expect(await page.locator("#selection").isVisible()).toBe(false);
    }));

  test("an arrow of several flows shows each rule once, at every end", () =>
    withPage("large", async (page) => {
      await arrow(page, "all 9 backup repositories").focus();
      await page.keyboard.press("Enter");
      expect(await page.getByRole("status").innerText()).toMatch(
        /27 flows\. 3 rules where it leaves, 9 rules where it arrives\.$/,
      );
    }));

  test("a link from the matrix opens its flow, and shows it in the picture", () =>
    withPage("large", async (page) => {
      const link = page.locator(".matrix td a[href*='repository-7']").first();
      const id = ((await link.getAttribute("href")) as string).slice(1);
      await link.click();
      expect(await page.locator(`#${id}`).isVisible()).toBe(true);
      expect(await page.getByRole("status").textContent()).toContain("one of 27 flows");
      expect(await page.locator("a.arrow[aria-current=true]").getAttribute("data-flows")).toContain(id);
    }));

  test("a link from elsewhere to a flow does the same", () =>
    withPage("shipped", async (page) => {
      const id = await page.locator(".flows .target").nth(2).getAttribute("id");
      await page.goto("about:blank");
      await page.goto(`${addresses.get("shipped")}#${id}`);
      expect(await page.locator(`#${id}`).isVisible()).toBe(true);
      expect(await page.locator("a.arrow[aria-current=true]").count()).toBe(1);
    }));

  test("without JavaScript every rule is within reach", async () => {
    const bare = await (browser.context.browser() ?? fail()).newContext({ javaScriptEnabled: false });
    const page = await bare.newPage();
    await page.goto(addresses.get("shipped") as string);
    expect(await page.locator("#selection").isVisible()).toBe(false);
    const details = page.locator(".flows details");
    for (const one of await details.all()) {
      await one.locator("summary").click();
      expect(await one.locator(".rules").first().isVisible()).toBe(true);
    }
    await page.goto(`${addresses.get("shipped")}`);
    const first = arrow(page, "to postgresql");
    const id = ((await first.getAttribute("href")) as string).slice(1);
    await first.locator("rect.label").click();
    expect(await page.locator(`#${id}`).isVisible()).toBe(true);
    await bare.close();
  });

  test.each(["shipped", "large", "brownfield", "tampered", "hostile"])(
    "%s: nothing scrolls sideways but what says so, down to 360 pixels",
    (name) =>
      withPage(name, async (page) => {
        for (const width of [360, 768, 1280, 1920]) {
          await page.setViewportSize({ width, height: 740 });
          const [content, visible] = await page.evaluate<number[]>(WIDTHS);
          expect(content).toBeLessThanOrEqual(visible);
          await page.evaluate(OPEN_EVERYTHING);
          expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(visible);
        }
      }),
  );

  test.each(["large", "brownfield", "tampered", "hostile"])(
    "%s: on a phone tables are cards, whose texts are whole: no prefix is broken, no name is cut off",
    (name) =>
      withPage(name, async (page) => {
        await page.setViewportSize({ width: 390, height: 844 });
        await page.evaluate(OPEN_EVERYTHING);
        expect(await page.evaluate<string[]>(TEXTS_NOT_WHOLE)).toEqual([]);
      }),
  );

  test.each(["large", "brownfield"])("%s: on a phone every pair is in a list, with its ports", (name) =>
    withPage(name, async (page) => {
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await page.locator(".matrix").isVisible()).toBe(false);
      const listed = page.locator(".by-end a");
      expect(await listed.count()).toBe(await page.locator(".matrix td a").count());
      for (const text of await listed.allInnerTexts()) expect(text).toMatch(/^(TCP|UDP) \d/);
      const id = ((await listed.nth(5).getAttribute("href")) as string).slice(1);
      await listed.nth(5).click();
      expect(await page.locator(`#${id}`).isVisible()).toBe(true);
      await page.setViewportSize({ width: 1280, height: 900 });
      expect(await page.locator(".matrix").isVisible()).toBe(true);
      expect(await page.locator(".by-end").isVisible()).toBe(false);
    }),
  );

  test("a table of cards is a table for a screen reader", () =>
    withPage("brownfield", async (page) => {
      await page.setViewportSize({ width: 390, height: 844 });
      const components = page.getByRole("table", { name: "Components and their places" });
      const row = components
        .getByRole("row")
        .filter({ has: page.getByRole("rowheader", { name: "HTTP proxy" }) });
      expect(await row.getByRole("cell").first().ariaSnapshot()).toContain("10.9.0.4/32");
      expect(await components.getByRole("columnheader").first().innerText()).toBe("Component");
    }));

  test("the picture of a large deployment fits a screen of 1280 pixels whole", () =>
    withPage("large", async (page) => {
      const [inner, outer] = await page
        .locator("figure .scroll")
        .evaluate((box: { scrollWidth: number; clientWidth: number }) => [box.scrollWidth, box.clientWidth]);
      expect(inner).toBeLessThanOrEqual(outer);
    }));

  test.each(["shipped", "brownfield", "tampered"])(
    "%s: axe finds nothing, in light and dark, with everything open",
    (name) =>
      withPage(name, async (page) => {
        await page.evaluate(OPEN_EVERYTHING);
        await page.locator("a.arrow").nth(2).focus();
        await page.keyboard.press("Enter");
        await findsNothingInLightAndDark(page);
      }),
  );

  test.each(["large", "hostile"])("%s: axe finds nothing", (name) =>
    withPage(name, async (page) => expect(await violations(page)).toEqual([])),
  );

  test.each(["brownfield", "tampered"])("%s: axe finds nothing on a phone, in light and dark", (name) =>
    withPage(name, async (page) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.evaluate(OPEN_EVERYTHING);
      await findsNothingInLightAndDark(page);
    }),
  );

  test("letters and lines of the picture stand out from what is behind them, in light, dark and print", () =>
    withPage("tampered", async (page) => {
      for (const media of [
        { colorScheme: "light" },
        { colorScheme: "dark" },
        { colorScheme: "dark", media: "print" },
      ] as const) {
        await page.emulateMedia({ media: "screen", ...media });
        for (const { what, contrast, atLeast } of await page.evaluate<Contrast[]>(CONTRASTS_OF_PICTURE)) {
          expect({ ...media, what, enough: contrast >= atLeast }).toEqual({ ...media, what, enough: true });
        }
      }
    }));

  test("in print the colours are light, every rule is there, and what is only for screens is not", () =>
    withPage("shipped", async (page) => {
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe(
        "rgb(255, 255, 255)",
      );
      expect(await page.locator("nav").isVisible()).toBe(false);
      await page.evaluate("window.dispatchEvent(new Event(\'beforeprint\'))");
      const rules = page.locator(".flows .rule");
      expect(await rules.count()).toBeGreaterThan(0);
      for (const rule of await rules.all()) expect(await rule.isVisible()).toBe(true);
      await page.evaluate("window.dispatchEvent(new Event(\'afterprint\'))");
      await page.emulateMedia({ media: "screen" });
      expect(await rules.first().isVisible()).toBe(false);
      expect((await page.pdf({ format: "A4" })).length).toBeGreaterThan(20_000);
    }));

  test.each(["large", "brownfield", "shipped"])(
    "%s: on paper a wide picture turns the sheets, and its letters have 5 points at least",
    (name) =>
      withPage(name, async (page) => {
        await page.emulateMedia({ media: "print" });
        const pdf = await page.pdf({ format: "A4" });
        // Patterns would be images of several megabytes.
        expect(pdf.length).toBeLessThan(2_000_000);
        const sheets = [...pdf.toString("latin1").matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
        expect(sheets.length).toBeGreaterThan(1);
        expect(sheets.every(([, width, height]) => Number(width) > Number(height))).toBe(true);
        // A sheet of A4 without its margins is 1062 pixels wide when it lies.
        await page.setViewportSize({ width: 1062, height: 733 });
        const scale = await page
          .locator("svg.picture")
          .evaluate(
            (svg: {
              getBoundingClientRect(): { width: number; height: number };
              getAttribute(name: string): string;
            }) => {
              const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
              const box = svg.getBoundingClientRect();
              return Math.min(box.width / width, box.height / height);
            },
          );
        expect(scale * FONT_SIZE * 0.75).toBeGreaterThan(5);
      }),
  );

  test("a picture that is small stays on the sheet of what is before and after it", () =>
    withPage("minimal", async (page) => {
      const pdf = (await page.pdf({ format: "A4" })).toString("latin1");
      const sheets = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
      expect(sheets.filter(([, width, height]) => Number(width) > Number(height))).toEqual([]);
    }));

  test("a screen reader gets landmarks, one first heading, headings in order, and tables with heads", () =>
    withPage("tampered", async (page) => {
      for (const role of ["banner", "main", "navigation", "contentinfo"] as const) {
        expect(await page.getByRole(role).count()).toBe(1);
      }
      const levels = await page
        .locator("h1, h2, h3, h4")
        .evaluateAll((all) => all.map((one) => Number(one.tagName[1])));
      expect(levels.filter((level) => level === 1)).toHaveLength(1);
      levels.slice(1).forEach((level, index) => expect(level - levels[index]).toBeLessThanOrEqual(1));
      for (const table of await page.locator("table").all()) {
        expect(await table.locator("caption").count()).toBe(1);
        expect(await table.locator("thead th[scope=col]").count()).toBeGreaterThan(0);
        expect(await table.locator("tbody th[scope=row]").count()).toBeGreaterThan(0);
      }
      const words = await page.locator("#picture-text li").allTextContents();
      expect(words).toContain(
        "backup-server to postgresql, ✕ blocked: TCP 5432: database of the Entra ID backup repository. Blocked, although needed.",
      );
    }));

  test("hostile names are shown, and do nothing", () =>
    withPage("hostile", async (page, problems) => {
      expect(await page.locator("h1").innerText()).toBe(HOSTILE_TEXTS[0]);
      expect(await page.locator("script, img, iframe").count()).toBe(1);
      await page.locator("a.arrow").first().focus();
      await page.keyboard.press("Enter");
      for (const text of HOSTILE_TEXTS.slice(0, 5))
        expect(await page.getByText(text).count()).toBeGreaterThan(0);
      expect(problems).toEqual([]);
    }));

  test("no page asked for anything", () => {
    expect(browser.requests).toEqual([]);
  });

  async function findsNothingInLightAndDark(page: Page): Promise<void> {
    await page.emulateMedia({ colorScheme: "light" });
    expect(await violations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await violations(page, RULES_ABOUT_COLOURS)).toEqual([]);
  }

  /** What axe finds, by rule and place. */
  async function violations(page: Page, runOnly?: readonly string[]): Promise<string[]> {
    // The page's policy lets no script in, so axe runs beside it, as an extension would.
    const session = await browser.context.newCDPSession(page);
    const { frameTree } = await session.send("Page.getFrameTree");
    const { executionContextId: contextId } = await session.send("Page.createIsolatedWorld", {
      frameId: frameTree.frame.id,
    });
    const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
    await session.send("Runtime.evaluate", { expression: axe, contextId });
    const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
      expression: `axe.run(document, ${JSON.stringify({ resultTypes: ["violations"], runOnly })}).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ' ' + html)))`,
      contextId,
      awaitPromise: true,
      returnByValue: true,
    });
    await session.detach();
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as string[];
  }
});

function fail(): never {
  throw new Error("there is no browser");
}
