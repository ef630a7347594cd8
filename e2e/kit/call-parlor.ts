// Calling window.Parlor by a method's name, from outside the page.
import type { Frame, Page } from "@playwright/test";

type Methods = Record<string, (...args: unknown[]) => Promise<unknown>>;

/** Calls one method; answers what it answers, or the code of its ParlorError. */
export const callParlor = (
  page: Page | Frame,
  name: string,
  ...args: unknown[]
): Promise<unknown> =>
  page.evaluate(
    async ([method, given]) => {
      const methods = window.Parlor as unknown as Methods;
      try {
        return await methods[method]?.(...given);
      } catch (error) {
        return (error as { code: string }).code;
      }
    },
    [name, args] as const,
  );
