// What the parts of the process need of a log; pino's Logger is one.
import type { Logger } from "pino";

export type Log = Pick<Logger, "debug" | "info" | "warn" | "error">;
