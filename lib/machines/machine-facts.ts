import { isOpaque } from "../base/opaque";
import type { ComponentMachineProps } from "./machine-props";
import { DEBIAN, DebianRelease } from "./debian-release";

/** Facts of a machine for the report. */
export function machineFacts(
  props: Pick<ComponentMachineProps, "privateIpAddress" | "size" | "imageId" | "release">,
): { [name: string]: string } {
  const { privateIpAddress, size, imageId, release = DebianRelease.TRIXIE } = props;
  const facts = { address: privateIpAddress, image: imageId ?? DEBIAN[release].title, size };
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, isOpaque(value) ? "known at apply" : value]),
  );
}
