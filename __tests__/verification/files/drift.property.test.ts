import fc from "fast-check";
import { runs } from "../../support/arbitraries/property-settings";
import { smallestDeployment } from "../../support/deployments/sample-deployments";
import { type Bendable, Drift } from "../../support/oracle/drift";
import { veeamPorts } from "../../support/tools/fake-io";

const DEPLOYMENT = {
  ...smallestDeployment(),
  postgresql: { subnet: "10.20.0.32/28" },
  cacheRepositories: { cache: { subnet: "10.20.0.48/28" } },
};
const BASE = new Drift(DEPLOYMENT).json;
type Stack = Drift["json"];

const groupsOf = ({ resource }: Stack): Bendable[] => Object.values(resource.azurerm_network_security_group);
const rulesOf = (group: Bendable): Bendable[] => group.security_rule as Bendable[];

/** The side of a rule at which the group's own subnet is not. */
const farSide = ({ direction }: Bendable): string => (direction === "Inbound" ? "source" : "destination");

const BENDS: Readonly<Record<string, (rule: Bendable) => Bendable>> = {
  access: ({ access }) => ({ access: access === "Allow" ? "Deny" : "Allow" }),
  direction: ({ direction }) => ({ direction: direction === "Inbound" ? "Outbound" : "Inbound" }),
  protocol: ({ protocol }) => ({ protocol: protocol === "Udp" ? "Tcp" : "Udp" }),
  ports: () => ({ destination_port_ranges: null, destination_port_range: "7-9" }),
  "every port": () => ({ destination_port_ranges: null, destination_port_range: "*" }),
  everything: (rule) => ({
    [`${farSide(rule)}_address_prefixes`]: null,
    [`${farSide(rule)}_address_prefix`]: "*",
  }),
  "somebody else": (rule) => ({
    [`${farSide(rule)}_address_prefixes`]: null,
    [`${farSide(rule)}_address_prefix`]: "192.0.2.0/24",
  }),
};

/** A stack after a change by hand; undefined if that changes nothing. */
type Change = (stack: Stack) => boolean;

const bent = fc
  .tuple(fc.nat(), fc.nat(), fc.constantFrom(...Object.keys(BENDS)))
  .map(([inGroup, at, kind]): Change => (stack) => {
    const groups = groupsOf(stack);
    const rules = rulesOf(groups[inGroup % groups.length]);
    const rule = rules[at % rules.length];
    const before = JSON.stringify(rule);
    Object.assign(rule, BENDS[kind](rule));
    return JSON.stringify(rule) !== before;
  });

const removed = fc.tuple(fc.nat(), fc.nat()).map(([inGroup, at]): Change => (stack) => {
  const groups = groupsOf(stack);
  const rules = rulesOf(groups[inGroup % groups.length]);
  rules.splice(at % rules.length, 1);
  return true;
});

const gone = fc
  .tuple(
    fc.constantFrom(
      "azurerm_network_security_group",
      "azurerm_subnet_network_security_group_association",
      "azurerm_subnet",
    ),
    fc.nat(),
  )
  .map(([type, at]): Change => ({ resource }) => {
    const names = Object.keys(resource[type]);
    delete resource[type][names[at % names.length]];
    return true;
  });

const repeated = fc
  .tuple(fc.nat(), fc.constantFrom<unknown>(0, "${var.count}"))
  .map(([at, count]): Change => ({ resource }) => {
    const associations = Object.values(resource.azurerm_subnet_network_security_group_association);
    associations[at % associations.length].count = count;
    return true;
  });

test("verify is never silent about a stack that was changed by hand", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(bent, removed, gone, repeated), async (change) => {
      const stack = structuredClone(BASE);
      fc.pre(change(stack));
      const files = { "cdktf.json": { context: { entraIdBackup: DEPLOYMENT } }, "cdk.tf.json": stack };
      const args = ["verify", "--quiet", "--deployment", "cdktf.json", "cdk.tf.json"];
      const { exitCode, out, err } = await veeamPorts(args, files);
      expect(exitCode).not.toBe(0);
      // More than the headline: what differs, what is not known, or what is refused.
      expect((out + err).trim().split("\n").length).toBeGreaterThan(1);
    }),
    runs(60),
  );
});
