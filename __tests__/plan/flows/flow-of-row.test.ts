import { flowOfRow } from "../../../lib/plan/flows/flow-of-row";
import { Protocol } from "../../../lib/azure/security-rule";
import { end } from "../../support/oracle/nsg-builders";

const row = { name: "a-to-b", priority: 300, protocol: Protocol.TCP, reason: "why" };
const [from, to] = [end("a", "10.0.0.0/27"), end("b", "10.0.0.32/28")];

test("a flow names the page that its row is from", () => {
  const page = { source: "https://example.com/ports.html", pageDate: "2026-02-12" };
  expect(flowOfRow({ row, page, origin: "13.0" } as never, from, to, ["443"])).toEqual({
    ...row,
    from,
    to,
    ports: ["443"],
    origin: "13.0",
    source: "https://example.com/ports.html",
    pageDate: "2026-02-12",
  });
});

test("a flow of ours is from no page", () => {
  const flow = flowOfRow({ row, origin: "administrators" }, from, to, ["22"]);
  expect(flow).toMatchObject({ ...row, ports: ["22"], origin: "administrators" });
  expect(Object.keys(flow)).not.toEqual(expect.arrayContaining(["source"]));
});
