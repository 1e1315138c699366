import { flowOfRow } from "../../../lib/plan/flows/documented-flows";
import { Protocol } from "../../../lib/azure/security-rule";
import { end } from "../../support/oracle/nsg-builders";

const row = { name: "a-to-b", priority: 300, protocol: Protocol.TCP, reason: "why" };
const [from, to] = [end("a", "10.0.0.0/27"), end("b", "10.0.0.32/28")];

test("a flow names every row of a page that asks for it, the first before all", () => {
  const cells = { section: "S", from: "A", to: "B, C", protocol: "TCP", ports: ["443"] };
  const askedBy = ["2026-02-12", "2026-02-13"].map((pageDate) => ({
    page: {
      name: "Used ports" as const,
      build: "13.0",
      source: "https://example.com/ports.html",
      pageDate,
      rows: [],
    },
    row: { ...cells, optional: false, dnsNames: [], note: "" },
  }));
  const source = { page: "Used ports", source: "https://example.com/ports.html", ...cells };
  expect(flowOfRow({ row, askedBy, origin: "Used ports" }, from, to, ["443"])).toEqual({
    ...row,
    from,
    to,
    ports: ["443"],
    origin: "Used ports",
    source: "https://example.com/ports.html",
    pageDate: "2026-02-12",
    sources: [
      { ...source, pageDate: "2026-02-12" },
      { ...source, pageDate: "2026-02-13" },
    ],
  });
});

test("a flow of ours is from no page", () => {
  const flow = flowOfRow({ row, origin: "administrators" }, from, to, ["22"]);
  expect(flow).toMatchObject({ ...row, ports: ["22"], origin: "administrators" });
  expect(Object.keys(flow)).not.toEqual(expect.arrayContaining(["source", "sources"]));
});
