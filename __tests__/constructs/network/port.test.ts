import { DefaultTokenResolver, StringConcat, TerraformVariable, Tokenization } from "cdktf";
import { Port, Protocol } from "cdktf-veeam-entra-id";
import { refusalLines } from "../../support/expected/refusals";
import { newStack } from "../../support/tools/synthesized";

test.each<[string, () => Port, Protocol, string[]]>([
  ["one TCP port", () => Port.tcp(443), Protocol.TCP, ["443"]],
  [
    "several TCP ports, in order and each once",
    () => Port.tcp(9100, 443, 9100),
    Protocol.TCP,
    ["443", "9100"],
  ],
  ["a range of TCP ports", () => Port.tcpRange(2500, 3300), Protocol.TCP, ["2500-3300"]],
  ["a range of one port", () => Port.tcpRange(22, 22), Protocol.TCP, ["22"]],
  ["one UDP port", () => Port.udp(53), Protocol.UDP, ["53"]],
  ["several UDP ports, in order and each once", () => Port.udp(162, 161, 162), Protocol.UDP, ["161", "162"]],
  ["a range of UDP ports", () => Port.udpRange(1, 65535), Protocol.UDP, ["1-65535"]],
  ["a protocol without ports", () => Port.icmp(), Protocol.ICMP, ["*"]],
])("%s", (_, port, protocol, ranges) => {
  expect(port()).toEqual({ protocol, ranges });
});

test.each([
  ["TCP", () => Port.tcp()],
  ["UDP", () => Port.udp()],
])("no %s port is refused, where it is asked for", (_, port) => {
  expect(refusalLines(port)).toEqual([
    "ports: is empty, so the rule would allow nothing (got []). Allowed: one or more whole numbers from 1 to 65535. Add the destination ports.",
  ]);
});

test.each<[string, () => Port, string[]]>([
  ["0 and 65536", () => Port.udp(0, 65536), ["port", "port"]],
  ["a range backwards", () => Port.udpRange(20, 10), ["last"]],
  ["a range of invalid ports", () => Port.tcpRange(0, 1.5), ["first", "last"]],
])("%s is refused", (_, port, paths) => {
  expect(refusalLines(port).map((line) => line.split(": ")[0])).toEqual(paths);
});

test("ports known only at apply pass, in a range too", () => {
  const stack = newStack();
  const resolver = new DefaultTokenResolver(new StringConcat());
  const port = (name: string): number => new TerraformVariable(stack, name, { type: "number" }).numberValue;
  const resolved = (given: Port): unknown => Tokenization.resolve(given.ranges, { scope: stack, resolver });
  expect(resolved(Port.tcp(port("a")))).toEqual(["${var.a}"]);
  expect(resolved(Port.tcpRange(1024, port("b")))).toEqual(["1024-${var.b}"]);
  expect(resolved(Port.tcpRange(port("c"), port("d")))).toEqual(["${var.c}-${var.d}"]);
});
