// Buckets of tokens that fill steadily, one for each person that sends commands to this process.
export interface Buckets {
  /** Takes a token. Answers 0, or the seconds until there is one. */
  take(key: number): number;
}

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

const SWEEP_FROM = 1_000;

/** @param size how many may be taken at once */
export function createBuckets({ perSecond, size }: { perSecond: number; size: number }): Buckets {
  const buckets = new Map<number, Bucket>();
  let sweepFrom = SWEEP_FROM;

  /** A bucket that is full again is as good as none. */
  function sweep(nowMs: number): void {
    if (buckets.size < sweepFrom) return;
    for (const [key, { tokens, filledAtMs }] of buckets) {
      if (tokens + ((nowMs - filledAtMs) / 1000) * perSecond >= size) buckets.delete(key);
    }
    sweepFrom = Math.max(SWEEP_FROM, 2 * buckets.size);
  }

  return {
    take(key) {
      const nowMs = performance.now();
      sweep(nowMs);
      const bucket = buckets.get(key) ?? { tokens: size, filledAtMs: nowMs };
      buckets.set(key, bucket);
      const filled = bucket.tokens + ((nowMs - bucket.filledAtMs) / 1000) * perSecond;
      bucket.tokens = Math.min(size, filled);
      bucket.filledAtMs = nowMs;
      if (bucket.tokens < 1) return (1 - bucket.tokens) / perSecond;
      bucket.tokens -= 1;
      return 0;
    },
  };
}
