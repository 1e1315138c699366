import { Protocol } from "../../../lib/azure/security-rule";
import { userFlow, type UserFlow } from "../../../lib/plan/flows/user-flow";
import { end } from "../../support/oracle/nsg-builders";

const asked = (more: Partial<UserFlow> = {}): UserFlow => ({
  from: { ...end("a", "10.0.0.0/27"), label: "cache-repository-it" },
  to: { ...end("b", "10.5.0.0/24"), label: "10.5.0.0/24" },
  protocol: Protocol.TCP,
  ports: ["9182"],
  reason: "metrics",
  ...more,
});
const named = (from: string, to: string, more: Partial<UserFlow> = {}): string =>
  userFlow(asked({ from: { ...end("a"), label: from }, to: { ...end("b"), label: to }, ...more })).name;

test("a flow of one's own is called by its ends, protocol and ports", () => {
  expect(userFlow(asked())).toEqual({
    name: "cache-repository-it-to-10.5.0.0-24-tcp-9182",
    priority: expect.any(Number),
    movable: true,
    from: asked().from,
    to: asked().to,
    protocol: Protocol.TCP,
    ports: ["9182"],
    reason: "metrics",
    origin: "Declared flow",
  });
});

test.each<[string, string, string, Partial<UserFlow>, string]>([
  ["several ports", "a", "b", { ports: ["80", "8000-8080"] }, "a-to-b-tcp-80-8000-8080"],
  ["every port", "a", "b", { ports: ["*"] }, "a-to-b-tcp-any"],
  ["every protocol", "a", "b", { protocol: Protocol.ANY, ports: ["*"] }, "a-to-b-any-any"],
  ["capitals and blanks", "Cache one", "B", {}, "cache-one-to-b-tcp-9182"],
  ["expressions of Terraform", "${a}", "b", { ports: ["${port}"] }, "a-to-b-tcp-port"],
  ["underscores, which Azure takes", "a_b", "c", {}, "a_b-to-c-tcp-9182"],
])("%s make a name that Azure takes", (_, from, to, more, name) => {
  expect(named(from, to, more)).toBe(name);
});

test("a name of 70 characters stays; a longer one keeps its beginning, and a hash of all of it", () => {
  const fits = "a".repeat(70 - "-to-b-tcp-9182".length);
  expect(named(fits, "b")).toBe(`${fits}-to-b-tcp-9182`);
  const [one, other] = [named(`${fits}x`, "b"), named(`${fits}y`, "b")];
  expect(one).toMatch(/^a{56}x-to-[0-9a-f]{8}$/);
  expect(one).not.toBe(other);
  expect(one.length).toBeLessThanOrEqual(70);
  expect(named(`${fits}x`, "b")).toBe(one);
});

test("the hash has eight digits, and no sign stands before it but one hyphen", () => {
  expect(named(`${"a".repeat(60)}64`, "b", { ports: ["443"] })).toBe(`${"a".repeat(60)}6-0de460c6`);
  expect(named(`${"a".repeat(59)}.-.-${"b".repeat(20)}`, "c")).toMatch(/^a{59}-[0-9a-f]{8}$/);
});

test("a priority is fixed where it is given, and otherwise made from the name alone, in the user's band", () => {
  expect(userFlow(asked({ priority: 1500 }))).toMatchObject({ priority: 1500, movable: false });
  const { priority } = userFlow(asked());
  expect(priority).toBeGreaterThanOrEqual(2000);
  expect(priority).toBeLessThanOrEqual(3999);
  expect(userFlow(asked({ reason: "another" })).priority).toBe(priority);
  expect(userFlow(asked({ ports: ["9183"] })).priority).not.toBe(priority);
});
