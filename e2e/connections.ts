import type { Host } from "./lab";
import type { Tried } from "./matrix";
import type { Probe } from "./probes";
import type { Judge, Judged } from "./verdicts";

/** A connection about which the three do not agree. */
export interface Disagreement {
  readonly probe: Probe;
  readonly kernel: string;
  readonly proof: Judged;
  readonly rows: Judged;
}

/** What came of the connections of a run. */
export interface ConnectionResults {
  readonly tried: Tried[];
  readonly disagreements: Disagreement[];
}

// Connections that a host has open at the same time, and how many are handed to it at once.
const AT_ONCE = 64;
const BATCH = 512;

/**
 * Opens every connection for real, and holds what the kernel said against the
 * verdict of the proof and that of the vendor's rows.
 *
 * @param progress told how many connections were tried
 */
export async function tryConnections(
  hosts: ReadonlyMap<string, Host>,
  probes: readonly Probe[],
  judges: { readonly proof: Judge; readonly rows: Judge },
  progress: (done: number) => void,
): Promise<ConnectionResults> {
  const tried: Tried[] = [];
  const disagreements: Disagreement[] = [];
  const judge = (probe: Probe, outcome: string): void => {
    const kernel = verdictOf(probe, outcome);
    const [proof, rows] = [judges.proof(probe), judges.rows(probe)];
    const isAgreed = kernel === proof.verdict && kernel === rows.verdict;
    tried.push({ ...probe, isOpen: kernel === "allow", isAgreed });
    if (!isAgreed) disagreements.push({ probe, kernel, proof, rows });
  };
  const hostOf = ({ from }: Probe): Host => hosts.get(from.name) as Host;
  await Promise.all(
    [...hosts.keys()].map(async (name) => {
      const own = probes.filter(({ from, protocol }) => from.name === name && protocol !== "Icmp");
      for (let start = 0; start < own.length; start += BATCH) {
        const batch = own.slice(start, start + BATCH);
        const attempts = batch.map(
          ({ protocol, to, port }) => [protocol as "Tcp" | "Udp", to.address, port as number] as const,
        );
        const outcomes = await hostOf(batch[0]).probe(attempts, AT_ONCE);
        batch.forEach((probe, index) => judge(probe, outcomes[index]));
        progress(tried.length);
      }
      for (const probe of probes.filter(({ from, protocol }) => from.name === name && protocol === "Icmp")) {
        judge(probe, await hostOf(probe).ping(probe.to.address));
      }
      progress(tried.length);
    }),
  );
  // First what the kernel does against the vendor's rows; doubts of the proof come after.
  const byGravity = (one: Disagreement): number => (one.kernel === one.rows.verdict ? 1 : 0);
  return { tried, disagreements: disagreements.sort((a, b) => byGravity(a) - byGravity(b)) };
}

/** The kernel's verdict; where somebody else answered, or nobody, it has none. */
function verdictOf({ to, protocol }: Probe, outcome: string): string {
  if (outcome === "refused") return "deny";
  if (protocol === "Icmp") return outcome === "open" ? "allow" : outcome;
  return outcome === `open ${to.name}` ? "allow" : outcome;
}

/** A disagreement in a line. */
export function describeDisagreement({ probe, kernel, proof, rows }: Disagreement): string {
  const { from, to, protocol, port } = probe;
  const connection = `${protocol} ${from.name} (${from.address}) -> ${to.name} (${to.address}${port === undefined ? "" : `:${port}`})`;
  return `${connection}: kernel ${kernel}, proof ${proof.verdict}${proof.by ? ` (${proof.by})` : ""}, vendor's rows ${rows.verdict}`;
}
