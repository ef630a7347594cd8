// The targets of webhooks, in a process of their own, started by webhooks.ts: prints one line of JSON with
// the ports of those that answer and of those that do not.
import { once } from "node:events";
import { createServer } from "node:http";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

const answers: RequestListener = (request, response) => {
  request.resume();
  response.writeHead(200).end();
};

const bad: RequestListener[] = [
  // Hangs.
  () => undefined,
  // Drips.
  (_request, response) => {
    response.writeHead(200);
    const drip = setInterval(() => response.write("drip"), 1_000);
    response.on("close", () => clearInterval(drip));
  },
  // Fails.
  (_request, response) => void response.writeHead(500).end(),
  // Redirects inside.
  (_request, response) => void response.writeHead(302, { location: "http://127.0.0.1/" }).end(),
  // Pours.
  (_request, response) => {
    response.writeHead(200);
    const pour = () => {
      while (!response.destroyed && response.write(Buffer.alloc(65_536, "x")));
    };
    response.on("drain", pour);
    pour();
  },
];

async function listen(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

const ports = {
  good: await Promise.all(bad.map(() => listen(answers))),
  bad: await Promise.all(bad.map(listen)),
};
console.log(JSON.stringify(ports));
