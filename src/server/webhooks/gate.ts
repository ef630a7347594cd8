// A few at a time: the others wait their turn, first come, first served.

export type Gate = <Value>(work: () => Promise<Value>) => Promise<Value>;

/** @param places how many may be inside at once */
export function createGate(places: number): Gate {
  let free = places;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // The place goes from hand to hand.
      if (next) next();
      else free += 1;
    }
  };
}
