/** Something on a line that wants to be centred somewhere and takes a length. */
export interface Wish {
  readonly center: number;
  readonly length: number;
}

/**
 * Centres as near as possible (in the sum of squares) to those wished for,
 * in the order given, so that neighbours keep the gap between them.
 */
export function spread(wishes: readonly Wish[], gap: number): number[] {
  interface Block {
    sum: number;
    count: number;
  }
  // With the offset that the ones before demand taken away, the order is all that is left to keep.
  const offsets: number[] = [];
  wishes.forEach(({ length }, index) => {
    const before = wishes[index - 1];
    offsets.push(before ? offsets[index - 1] + before.length / 2 + gap + length / 2 : 0);
  });
  const blocks: Block[] = [];
  wishes.forEach(({ center }, index) => {
    blocks.push({ sum: center - offsets[index], count: 1 });
    for (let last = blocks.length - 1; last > 0; last--) {
      const [a, b] = [blocks[last - 1], blocks[last]];
      if (a.sum / a.count <= b.sum / b.count) break;
      blocks.splice(last - 1, 2, { sum: a.sum + b.sum, count: a.count + b.count });
    }
  });
  const centers = blocks.flatMap(({ sum, count }) => Array<number>(count).fill(sum / count));
  return centers.map((center, index) => Math.round(center + offsets[index]));
}
