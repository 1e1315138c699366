import type { Host } from "./lab";
import type { Tried } from "./matrix";
import type { Probe } from "./probes";

/** A verdict on a connection, and the rule that decides, if known. */
export interface Judged {
  readonly verdict: string;
  readonly by?: string;
}

/** Gives a verdict on a connection. */
export type Judge = (probe: Probe) => Judged;

/** A connection on which the three verdicts differ. */
export interface Disagreement {
  readonly probe: Probe;
  readonly kernel: string;
  readonly proof: Judged;
  readonly rows: Judged;
}

/** The connections of a run, in the order of the probes. */
export interface ConnectionResults {
  readonly tried: Tried[];
  readonly disagreements: Disagreement[];
}

// Connections that a host opens at the same time, and connections per request to its agent.
const AT_ONCE = 64;
const BATCH = 512;

/**
 * Opens every connection, and compares the kernel's verdict with the verdicts
 * of the proof and of Veeam's rows.
 *
 * @param progress called with the number of connections tried
 */
export async function tryConnections(
  hosts: ReadonlyMap<string, Host>,
  probes: readonly Probe[],
  judges: { readonly proof: Judge; readonly rows: Judge },
  progress: (done: number) => void,
): Promise<ConnectionResults> {
  const results = new Map<Probe, Tried>();
  const disagreements: Disagreement[] = [];
  const judge = (probe: Probe, outcome: string): void => {
    const kernel = verdictOf(probe, outcome);
    const [proof, rows] = [judges.proof(probe), judges.rows(probe)];
    const isAgreed = kernel === proof.verdict && kernel === rows.verdict;
    results.set(probe, { ...probe, isOpen: kernel === "allow", isAgreed });
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
        progress(results.size);
      }
      for (const probe of probes.filter(({ from, protocol }) => from.name === name && protocol === "Icmp")) {
        judge(probe, await hostOf(probe).ping(probe.to.address));
      }
      progress(results.size);
    }),
  );
  const tried = probes.map((probe) => results.get(probe) as Tried);
  // Connections on which the kernel and the rows differ come first.
  const byGravity = (one: Disagreement): number => (one.kernel === one.rows.verdict ? 1 : 0);
  return { tried, disagreements: disagreements.sort((a, b) => byGravity(a) - byGravity(b)) };
}

/** The kernel's verdict; the outcome itself, if there was no answer or another host answered. */
function verdictOf({ to, protocol }: Probe, outcome: string): string {
  if (outcome === "refused") return "deny";
  if (protocol === "Icmp") return outcome === "open" ? "allow" : outcome;
  return outcome === `open ${to.name}` ? "allow" : outcome;
}

/** A disagreement in a line. */
export function describeDisagreement({ probe, kernel, proof, rows }: Disagreement): string {
  const { from, to, protocol, port } = probe;
  const connection = `${protocol} ${from.name} (${from.address}) -> ${to.name} (${to.address}${port === undefined ? "" : `:${port}`})`;
  return `${connection}: kernel ${kernel}, proof ${proof.verdict}${proof.by ? ` (${proof.by})` : ""}, Veeam's rows ${rows.verdict}`;
}
