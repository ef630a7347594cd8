// Where the API's description is read: as a document for programs, as a page for people.
import type { Config } from "../config.ts";
import { sessionCookie } from "../http/cookies.ts";
import type { RestDoor } from "../http/door.ts";
import { createAsset } from "../http/web-assets.ts";
import type { Asset } from "../http/web-assets.ts";
import { sendAsset } from "../http/web-files.ts";
import { createDocument } from "./document.ts";
import type { ApiDocument } from "./document.ts";
import { renderReference } from "./page.ts";
import { collectRoutes } from "./routes-of.ts";

/** Its style and script lie beside it, among the built files. */
const PAGE = "api-docs/index.html";

/**
 * Describes every route that `app` declares from now on. Answers how to get the document, which is
 * made when first asked for, and then kept.
 */
export function describeApi(
  app: RestDoor,
  { publicUrl }: Pick<Config, "publicUrl">,
): () => ApiDocument {
  const routes = collectRoutes(app);
  const cookieName = sessionCookie(publicUrl).name;
  const documentOf = once(() => createDocument(routes, { publicUrl, cookieName }));
  const json = once(async () => await assetOf("openapi.json", JSON.stringify(documentOf())));
  const hidden = { schema: { hide: true } };
  app.get("/api/openapi.json", hidden, async (request, reply) => {
    // Tools on other sites may read what everybody may know.
    reply.header("access-control-allow-origin", "*");
    return sendAsset(request, reply, "openapi.json", await json());
  });
  const page = once(async () => await assetOf(PAGE, renderReference(documentOf())));
  app.get("/api/docs", hidden, async (request, reply) =>
    sendAsset(request, reply, PAGE, await page()),
  );
  return documentOf;
}

function assetOf(name: string, text: string): Promise<Asset> {
  return createAsset(name, Buffer.from(text));
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
