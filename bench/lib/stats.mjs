// Percentiles, medians of rounds, and the CPU that something has cost.

export function percentile(sorted, share) {
  if (sorted.length === 0) return Number.NaN;
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

/** p50, p95, p99 and the largest of samples in milliseconds. */
export function spread(samples) {
  const sorted = Float64Array.from(samples).sort();
  return { p50: percentile(sorted, 0.5), p95: percentile(sorted, 0.95), p99: percentile(sorted, 0.99), max: sorted.at(-1) ?? Number.NaN };
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The median of each figure over several results of one shape. */
export const medians = (results) =>
  Object.fromEntries(Object.keys(results[0]).map((key) => [key, median(results.map((result) => result[key]))]));

/**
 * Every subject once a round, the order rotated from round to round, so that a slow moment of the machine falls on all alike.
 * The answer has for each subject the medians, and `ratio(a, b, key)`: the median of the ratios taken inside the rounds.
 */
export async function inRounds(count, subjects) {
  const names = Object.keys(subjects);
  const results = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < count; round++)
    for (let i = 0; i < names.length; i++) {
      const name = names[(i + round) % names.length];
      results[name].push(await subjects[name](round));
    }
  return {
    of: Object.fromEntries(names.map((name) => [name, medians(results[name])])),
    ratio: (a, b, key) => median(results[a].map((result, i) => result[key] / results[b][i][key])),
  };
}

/** Repeats something for some seconds, a few times to warm up first: how often a second, and the spread. */
export async function repeated(seconds, act) {
  const samples = [];
  const end = performance.now() + seconds * 1000;
  for (let n = 0; n < 20 || performance.now() < end; n++) {
    const at = performance.now();
    await act(n);
    if (n >= 10) samples.push(performance.now() - at);
  }
  const { p50, p95, p99 } = spread(samples);
  return { rate: 1000 / (samples.reduce((sum, s) => sum + s, 0) / samples.length), p50, p95, p99 };
}

export const milliseconds = (from) => Number(process.hrtime.bigint() - from) / 1e6;
export const now = () => process.hrtime.bigint();
export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
