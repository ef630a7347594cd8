// `npm run dev`: server, desk and widget together, each reloading by itself when its source changes.
// One address (Vite's) serves everything; API and socket are handed on to the server behind it.
import { spawn } from "node:child_process";
import { cpSync, watch } from "node:fs";
import path from "node:path";
import { createServer } from "vite";
import type { Plugin } from "vite";

const root = path.join(import.meta.dirname, "..");
const devPort = Number(process.env["PORT"] ?? 3000);
const serverPort = devPort + 1;
const serverUrl = `http://127.0.0.1:${serverPort}`;
const devUrl = `http://127.0.0.1:${devPort}`;

/** The script tag names a classic script: in development it only fetches the module that Vite serves. */
const widgetScript: Plugin = {
  name: "parlor:dev-widget",
  configureServer(vite) {
    const entry = `/desk/@fs${path.join(root, "src/widget/main.ts")}`;
    vite.middlewares.use((request, response, next) => {
      if (request.url?.split("?")[0] !== "/widget.js") return next();
      response.setHeader("content-type", "text/javascript");
      response.setHeader("access-control-allow-origin", "*");
      response.end(
        `import(${JSON.stringify(`${devUrl}/desk/@vite/client`)});` +
          `import(${JSON.stringify(devUrl + entry)});`,
      );
    });
  },
};

/** The server serves the demo from dist/web: keep the copy fresh. */
function mirrorDemo(): () => void {
  const copy = () => {
    cpSync(path.join(root, "demo"), path.join(root, "dist/web/demo"), { recursive: true });
    cpSync(path.join(root, "public"), path.join(root, "dist/web"), { recursive: true });
  };
  copy();
  const watchers = ["demo", "public"].map((folder) =>
    watch(path.join(root, folder), { recursive: true }, copy),
  );
  return () => watchers.forEach((watcher) => watcher.close());
}

const stopMirror = mirrorDemo();

const server = spawn(
  process.execPath,
  ["--import", "tsx", "--watch", "--watch-preserve-output", "src/server/main.ts"],
  {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PORT: String(serverPort), PUBLIC_URL: devUrl },
  },
);

const handedOn = ["/api", "/auth", "/public", "/demo", "/health", "/ready"];
const vite = await createServer({
  configFile: path.join(root, "vite.config.ts"),
  mode: "desk",
  plugins: [widgetScript],
  server: {
    host: "127.0.0.1",
    port: devPort,
    strictPort: true,
    fs: { allow: [root] },
    cors: true,
    proxy: {
      ...Object.fromEntries(handedOn.map((prefix) => [prefix, serverUrl])),
      "/realtime": { target: serverUrl, ws: true },
    },
  },
});
await vite.listen();
console.log(`\n  Parlor in development: ${devUrl}/demo/ and ${devUrl}/desk/\n`);

async function stop(): Promise<void> {
  stopMirror();
  server.kill("SIGTERM");
  await vite.close();
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());
server.once("exit", (code) => {
  process.exitCode = code ?? 0;
  void vite.close();
});
