// Preloaded into a measured server: on SIGUSR2 it collects garbage and writes its memory use, as JSON,
// to the file that BENCH_MEMORY_FILE names.
import { renameSync, writeFileSync } from "node:fs";
import v8 from "node:v8";
import vm from "node:vm";

const file = process.env["BENCH_MEMORY_FILE"];

if (file) {
  v8.setFlagsFromString("--expose-gc");
  const collect = vm.runInNewContext("gc");
  process.on("SIGUSR2", () => {
    // The second pass takes what the finalizers of the first let go.
    collect();
    collect();
    writeFileSync(`${file}.new`, JSON.stringify(process.memoryUsage()));
    renameSync(`${file}.new`, file);
  });
}
