import { TerraformStack, Testing } from "cdktf";
import { customData } from "../../lib/machines/custom-data";
import type { LinuxMachineProps } from "../../lib/machines/linux-machine";
import { MachineIdentity } from "../../lib/machines/machine-identity";
import { machineIn, PROPS, SHAPES } from "./support/machine-shapes";
import { machineRules } from "../support/expected/provider-rules/machine-rules";
import { type Resources, resourcesOf, VAULT } from "../support/tools/resources";
import { machineDemands } from "../support/expected/scanner-demands/machine-demands";

function emitted(make: (stack: TerraformStack) => void): Resources {
  const stack = new TerraformStack(Testing.app(), "stack");
  make(stack);
  return resourcesOf(Testing.synth(stack));
}

describe("a Linux machine", () => {
  it("has one private address, and no public one", () => {
    const { azurerm_network_interface: interfaces } = emitted(SHAPES["with everything"]);
    expect(interfaces).toHaveLength(1);
    expect(interfaces[0].ip_configuration).toEqual([
      {
        name: "internal",
        primary: true,
        private_ip_address: "10.20.0.36",
        private_ip_address_allocation: "Static",
        subnet_id: PROPS.subnetId,
      },
    ]);
  });

  it("boots only once its subnet is filtered and its identity is let in", () => {
    const resources = emitted((stack) => {
      const filtered = machineIn(stack, { name: "stands-for-an-association" }, "first").networkInterface;
      const identity = new MachineIdentity(stack, "identity", {
        name: "id",
        resourceGroupName: "rg",
        location: "westeurope",
        secretId: `${VAULT}/secrets/password`,
      });
      machineIn(stack, { dependsOn: [filtered], identity }, "second");
    });
    const machine = resources.azurerm_linux_virtual_machine[1];
    expect(machine.depends_on).toEqual([
      expect.stringMatching(/^azurerm_network_interface\.first_/),
      expect.stringMatching(/^azurerm_role_assignment\.identity_/),
    ]);
    expect(resources.azurerm_network_interface[1].depends_on).toHaveLength(1);
  });

  it("is Debian 13 of the second generation, or 12, or an image", () => {
    const reference = (shape: string): unknown =>
      emitted(SHAPES[shape]).azurerm_linux_virtual_machine[0].source_image_reference;
    const image = { publisher: "Debian", version: "latest" };
    expect(reference("with nothing but what is required")).toEqual({
      ...image,
      offer: "debian-13",
      sku: "13-gen2",
    });
    expect(reference("with everything")).toEqual({ ...image, offer: "debian-12", sku: "12-gen2" });
    expect(reference("from an image")).toBeUndefined();
  });

  it("keeps a data disk apart, so that it outlives the machine, and keeps it from the network", () => {
    const { azurerm_managed_disk: disks, azurerm_virtual_machine_data_disk_attachment: attachments } =
      emitted(SHAPES["with everything"]);
    expect(disks[0]).toMatchObject({
      create_option: "Empty",
      disk_size_gb: 128,
      network_access_policy: "DenyAll",
      public_network_access_enabled: false,
      lifecycle: { prevent_destroy: true },
      zone: "2",
    });
    expect(JSON.stringify(disks[0])).not.toContain("azurerm_linux_virtual_machine");
    expect(attachments[0]).toMatchObject({ caching: "None", lun: 3 });
  });

  it("is replaced when its user data changes, unless that is turned off", () => {
    const lifecycle = (shape: string): unknown =>
      emitted(SHAPES[shape]).azurerm_linux_virtual_machine[0].lifecycle;
    expect(lifecycle("with everything")).toBeUndefined();
    expect(lifecycle("from an image")).toEqual({ ignore_changes: ["custom_data"] });
  });

  it("works twice in one stack", () => {
    const resources = emitted((stack) => {
      machineIn(stack, {}, "one");
      machineIn(stack, { name: "two" }, "two");
    });
    expect(resources.azurerm_linux_virtual_machine.map(({ name }) => name)).toEqual(["postgresql", "two"]);
  });

  it.each<[string, Partial<LinuxMachineProps>, RegExp]>([
    ["a name with an underscore", { name: "a_b" }, /name: is not a valid machine name \(got "a_b"\)/],
    ["an invalid size", { size: "D4s_v5" }, /size: is not a machine size \(got "D4s_v5"\)/],
    ["an invalid image", { imageId: "debian" }, /imageId: is not a resource id of an image/],
    ["no address", { privateIpAddress: "10.20.0" }, /privateIpAddress: is not an IPv4 address/],
    [
      "an account that Azure refuses",
      { adminUsername: "admin" },
      /adminUsername: is a name that Azure refuses/,
    ],
    [
      "another one that Azure refuses",
      { adminUsername: "video" },
      /adminUsername: is a name that Azure refuses/,
    ],
    ["an account that the machine has", { adminUsername: "postgres" }, /adminUsername: is a name/],
    ["an account with a blank", { adminUsername: "a b" }, /adminUsername: is not a valid account name/],
    ["an invalid zone", { zone: "4" }, /zone: is not a zone/],
    ["a disk that is too large", { dataDisk: { sizeGib: 40000 } }, /dataDisk.sizeGib: is out of range/],
    ["a LUN that is out of range", { dataDisk: { sizeGib: 4, lun: 64 } }, /dataDisk.lun: is out of range/],
    ["user data that Azure does not take", { userData: "a".repeat(65536) }, /userData: has 65536 bytes/],
  ])("refuses %s", (_, props, words) => {
    expect(() => emitted((stack) => machineIn(stack, props))).toThrow(words);
  });

  it("refuses a private key without repeating it", () => {
    const sshPublicKey = "-----BEGIN OPENSSH PRIVATE KEY-----\ncanary\n";
    expect(() => emitted((stack) => machineIn(stack, { sshPublicKey }))).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("canary") }),
    );
  });

  it("refuses a secret's id with a version", () => {
    const make = (stack: TerraformStack): unknown =>
      new MachineIdentity(stack, "identity", {
        name: "id",
        resourceGroupName: "rg",
        location: "westeurope",
        secretId: `${VAULT}/secrets/password/0123456789abcdef`,
      });
    expect(() => emitted(make)).toThrow(/secretId: is not a resource id of a secret without a version/);
  });
});

describe.each(Object.entries(SHAPES))("%s,", (_, shape) => {
  describe.each(machineRules().filter(([, rules]) => rules.length > 0))("%s", (type, rules) => {
    it.each(rules.map((rule) => [rule.name, rule] as const))("%s", (_name, rule) => {
      for (const resource of emitted(shape)[type] ?? []) expect(rule.broken(resource)).toBeUndefined();
    });
  });
});

describe("what scanners demand", () => {
  it.each(machineDemands().map((demand) => [`${demand.id}: ${demand.demand}`, demand] as const))(
    "%s",
    (_, demand) => {
      const resources = emitted(SHAPES["with nothing but what is required"]);
      const withDisk = emitted((stack) =>
        machineIn(stack, { dataDisk: { sizeGib: 64 }, userData: "#cloud-config\n" }),
      );
      const holds = demand.holds(resources) && demand.holds(withDisk);
      if (demand.exception === undefined) expect(holds).toBe(true);
      // An exception that is no longer needed is removed from the list.
      else expect(holds).toBe(false);
    },
  );
});

describe("custom data", () => {
  it("is the text in base64 where all of it is known", () => {
    const text = `#cloud-config\n# \${HOME} %{if} "quoted" \\n $\${x}\n`;
    expect(Buffer.from(customData(text), "base64").toString()).toBe(text);
  });
});
