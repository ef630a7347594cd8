// Web Locks for tests, where no browser brings them: one holder of a name, the others in a row.

type Callback = (lock: Lock | null) => unknown;

interface Holder {
  /** Ends its request because another has stolen the lock. */
  rob: (reason: Error) => void;
}

const aborted = () => new DOMException("aborted", "AbortError");

/** Creates the locks of one browser. */
export function createLocksFake(): Pick<LockManager, "request"> {
  const holders = new Map<string, Holder>();
  const rows = new Map<string, (() => void)[]>();

  function next(name: string): void {
    holders.delete(name);
    rows.get(name)?.shift()?.();
  }

  /** Settles with the callback, or with the theft of the lock. */
  function grant(name: string, callback: Callback): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const holder: Holder = { rob: reject };
      holders.set(name, holder);
      const end = () => {
        if (holders.get(name) === holder) next(name);
      };
      const work = Promise.resolve(callback({ name, mode: "exclusive" }));
      void work.then(resolve, reject).finally(end);
    });
  }

  return {
    request: (async (name: string, options: LockOptions, callback: Callback) => {
      await Promise.resolve();
      if (!holders.has(name)) return await grant(name, callback);
      if (options.ifAvailable) return await callback(null);
      if (options.steal) {
        holders.get(name)?.rob(aborted());
        return await grant(name, callback);
      }
      return await new Promise((resolve, reject) => {
        const row = rows.get(name) ?? [];
        const turn = () =>
          void grant(name, callback).then((value) => resolve(value as never), reject);
        rows.set(name, [...row, turn]);
        options.signal?.addEventListener("abort", () => {
          rows.set(
            name,
            (rows.get(name) ?? []).filter((one) => one !== turn),
          );
          reject(aborted());
        });
      });
    }) as LockManager["request"],
  };
}
