/** One measured quantity. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  readonly unit: "ms" | "times";
  /** Most that it may be. @default - it is only reported */
  readonly bar?: number;
}

/**
 * Processor time of one run, in milliseconds, the least of some samples: what
 * else the machine does neither counts nor, most often, disturbs. A sample
 * takes as many runs as fill some milliseconds, which is what the clock tells apart.
 */
export function cost(run: () => void, samples: number): number {
  let best = Infinity;
  for (let sample = 0; sample < samples; sample++) {
    const start = process.cpuUsage();
    let runs = 0;
    let spent = 0;
    while (spent < 20) {
      run();
      runs++;
      const { user, system } = process.cpuUsage(start);
      spent = (user + system) / 1000;
    }
    best = Math.min(best, spent / runs);
  }
  return best;
}
