/** The median, which the scripts that measure time go by: one slow run does not move it. */

/** Gives the middle of some numbers, or the mean of the two in the middle; NaN where there is none. */
export function findMedian(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const below = sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
  const above = sorted[Math.ceil((sorted.length - 1) / 2)] ?? NaN;
  return (below + above) / 2;
}
