import fc from "fast-check";
import { runs } from "../../support/arbitraries/property-settings";
import { azFiles, type Part, planFile, stackFile, stateFile } from "../../support/files/files-of-model";
import { explained } from "../../support/files/small-network";
import {
  type Connection,
  connections,
  isJudged,
  type Model,
  models,
  verdictOf,
} from "../../support/oracle/network-world";

const FORMATS = { stack: stackFile, plan: planFile, state: stateFile, lists: azFiles };

/** The verdict; "refused" if the question or a file is. */
async function verdictIn(files: Record<string, unknown>, { from, to, port }: Connection): Promise<string> {
  const [verdict] = (await explained(`${from} -> ${to}:${port}`, files)).split("; ");
  return ["allow", "deny", "depends"].includes(verdict) ? verdict : "refused";
}

const judged = fc.tuple(models, connections).filter(([model, connection]) => isJudged(model, connection));

test.each(Object.entries(FORMATS))("a %s says of a network what is true of it", async (_, filesOf) => {
  await fc.assert(
    fc.asyncProperty(judged, async ([model, connection]) => {
      expect(await verdictIn(filesOf(model), connection)).toBe(verdictOf(model, connection));
    }),
    runs(30),
  );
});

const OPPOSITE: Readonly<Record<string, string>> = { allow: "deny", deny: "allow" };
const PARTS: Readonly<Record<keyof typeof FORMATS, (model: Model) => Part[]>> = {
  stack: () => PLACES,
  plan: () => PLACES,
  state: () => PLACES,
  lists: () => ["file groups.json", "file networks.json", "file interfaces.json"],
};
const PLACES: Part[] = [
  "resource azurerm_virtual_network.v0",
  "resource azurerm_virtual_network.v1",
  "resource azurerm_subnet.s0",
  "resource azurerm_subnet.s1",
  "resource azurerm_network_security_group.g0",
  "resource azurerm_network_security_group.g1",
];

test.each(Object.keys(FORMATS) as Array<keyof typeof FORMATS>)(
  "what a %s lacks makes no verdict the opposite",
  async (format) => {
    await fc.assert(
      fc.asyncProperty(judged, fc.nat(), async ([model, connection], pick) => {
        const parts = PARTS[format](model);
        const part = parts[pick % parts.length];
        const verdict = await verdictIn(FORMATS[format](model, part), connection);
        expect(verdict).not.toBe(OPPOSITE[verdictOf(model, connection)]);
      }),
      runs(30),
    );
  },
);
