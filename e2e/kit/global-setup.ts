// Once for all browser tests: the data that their servers start with.
import { mkdtemp, realpath, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { PREPARED_DATA, prepareData } from "./server.ts";

// oxlint-disable-next-line import/no-default-export -- Playwright looks for it.
export default async function setUp(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(await realpath(os.tmpdir()), "parlor-e2e-prepared-"));
  process.env[PREPARED_DATA] = path.join(folder, "data");
  await prepareData(process.env[PREPARED_DATA]);
  return () => rm(folder, { recursive: true, force: true });
}
