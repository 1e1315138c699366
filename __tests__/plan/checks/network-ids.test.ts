import { Egress, Peer } from "cdktf-veeam-entra-id";
import { refusalLines } from "../../support/expected/refusals";

const idOf = (kind: string): string =>
  `/subscriptions/s/resourceGroups/rg-hub/providers/Microsoft.Network/${kind}/it`;

describe.each<[string, string, (id: string) => unknown]>([
  ["a NAT gateway", "natGateways", (id) => Egress.existingNatGateway(id)],
  [
    "an application security group",
    "applicationSecurityGroups",
    (id) => Peer.applicationSecurityGroup(id, "monitoring"),
  ],
])("the id of %s", (what, kind, take) => {
  test.each([idOf(kind), idOf(kind).toLowerCase(), "${data.azurerm_thing.it.id}"])("is %s", (id) => {
    expect(refusalLines(() => take(id))).toEqual([]);
  });

  test.each(["it", "", idOf("virtualNetworks"), `${idOf(kind)}/more`, ` ${idOf(kind)}`])(
    "is not %p",
    (id) => {
      expect(refusalLines(() => take(id))).toEqual([
        expect.stringContaining(
          `is not the id of ${what} (got "${id}"). Allowed: /subscriptions/.../resourceGroups/.../providers/Microsoft.Network/${kind}/....`,
        ),
      ]);
    },
  );
});
