// The reference as a page: the document in the order of its tags, readable without any script.
import { curlOf } from "./curl.ts";
import type { Answer, ApiDocument, Operation } from "./document.ts";
import { html, prose } from "./html.ts";
import type { Html } from "./html.ts";
import { renderSchema } from "./schema-view.ts";
import { statusOf } from "./statuses.ts";

interface Entry {
  method: string;
  path: string;
  operation: Operation;
}

export function renderReference(document: ApiDocument): string {
  const entries = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): Entry => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
  const chapters = document.tags
    .map((tag) => ({
      ...tag,
      entries: entries.filter((one) => one.operation.tags[0] === tag.name),
    }))
    .filter((chapter) => chapter.entries.length > 0);
  const records = Object.keys(document.components.schemas).filter((name) => !name.endsWith("Body"));
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${document.info.title} API reference</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/api-docs/reference.css" />
        <script type="module" src="/api-docs/reference.js"></script>
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        <div class="side">
          <p class="brand"><a href="#content">${document.info.title} API</a></p>
          <button type="button" class="menu" aria-expanded="false" aria-controls="contents" hidden>
            Contents
          </button>
          <nav id="contents" aria-label="Operations">
            <div class="search" hidden>
              <label for="search">Search operations (press /)</label>
              <input id="search" type="search" autocomplete="off" spellcheck="false" />
              <p id="found" role="status"></p>
            </div>
            ${chapters.map(
              (chapter) =>
                html`<section>
                  <h2><a href="#${idOfTag(chapter.name)}">${chapter.name}</a></h2>
                  <ul>
                    ${chapter.entries.map(renderLink)}
                  </ul>
                </section>`,
            )}
            <section>
              <h2><a href="#records">Records</a></h2>
              <ul>
                ${records.map((name) => html`<li><a href="#record-${name}">${name}</a></li>`)}
              </ul>
            </section>
          </nav>
        </div>
        <main id="content" tabindex="-1">
          ${renderIntroduction(document)}
          ${chapters.map(
            (chapter) =>
              html`<section class="chapter" aria-labelledby="${idOfTag(chapter.name)}">
                <h2 id="${idOfTag(chapter.name)}">${chapter.name}</h2>
                <p>${chapter.description}</p>
                ${chapter.entries.map((entry) => renderEntry(document, entry))}
              </section>`,
          )}
          <section class="chapter" aria-labelledby="records">
            <h2 id="records">Records</h2>
            <p>What operations answer, each written once.</p>
            ${records.map(
              (name) =>
                html`<article class="record" id="record-${name}">
                  <h3>${name}</h3>
                  ${renderSchema(document.components.schemas[name] ?? {})}
                </article>`,
            )}
          </section>
        </main>
      </body>
    </html>`.markup;
}

const idOfTag = (tag: string) => `tag-${tag.toLowerCase().replaceAll(/[^a-z]+/g, "-")}`;

function renderLink({ method, path, operation }: Entry): Html {
  return html`<li data-words="${`${operation.summary} ${method} ${path}`.toLowerCase()}">
    <a href="#${operation.operationId}">
      <span>${operation.summary}</span>
      <span class="method ${method.toLowerCase()}">${method}</span>
    </a>
  </li>`;
}

function renderIntroduction({ info, servers, components }: ApiDocument): Html {
  return html`<header>
    <h1>${info.title} API reference</h1>
    <p>${info.description}</p>
    <p>
      Programs send an access token as <code>Api-Access-Token</code>, as
      <code>api_access_token</code> or as <code>Authorization: Bearer</code>. Make one at
      <code>POST /api/v1/accounts/{account_id}/access_tokens</code>, or take the one of your
      profile. Lists say their size in <code>Total-Count</code> and their other pages in
      <code>Link</code>.
    </p>
    <p>
      Server: <code>${servers[0]?.url}</code>. The same as
      <a href="/api/openapi.json">OpenAPI 3.1 document</a>.
    </p>
    <h2>Failures</h2>
    <p>Every failure has one of these statuses, and a body with a <code>code</code>.</p>
    ${Object.entries(components.responses).map(([name, answer]) =>
      renderExample(`${statusOf(name)} ${answer.description}`, answer),
    )}
  </header>`;
}

function renderEntry({ components, servers }: ApiDocument, entry: Entry): Html {
  const { method, path, operation } = entry;
  const { operationId: id, summary, description, requestBody } = operation;
  const body = requestBody?.content["application/json"]?.schema;
  const answers = Object.entries(operation.responses);
  const failures = answers.filter(([status]) => !status.startsWith("2"));
  return html`<article class="operation" id="${id}" aria-labelledby="${id}-title">
    <h3 id="${id}-title"><a href="#${id}">${summary}</a></h3>
    <p class="address">
      <span class="method ${method.toLowerCase()}">${method}</span> <code>${path}</code>
    </p>
    ${description !== undefined && html`<p>${prose(description)}</p>`}
    <div class="columns">
      <div>
        ${renderParameters(operation)}
        ${
          body &&
          html`<h4>Body</h4>
            ${renderSchema(components.schemas[body.$ref?.split("/").at(-1) ?? ""] ?? body)}`
        }
        ${answers
          .filter(([status]) => status.startsWith("2"))
          .map(([status, answer]) => renderAnswer(status, answer))}
        ${
          failures.length > 0 &&
          html`<h4>Failures</h4>
            <p class="bounds">${failures.map(([status]) => status).join(", ")}</p>`
        }
      </div>
      <div class="examples">
        <h4>Example</h4>
        <pre tabindex="0"><code>${curlOf(servers[0]?.url ?? "", entry)}</code></pre>
        ${answers
          .filter(([status]) => status.startsWith("2"))
          .map(([status, answer]) => renderExample(`Answer ${status}`, answer))}
        ${
          // What is not said above of all failures.
          failures
            .filter(([, answer]) => answer.$ref === undefined)
            .slice(0, 1)
            .map(([, answer]) => renderExample("A failure", answer))
        }
      </div>
    </div>
  </article>`;
}

function renderParameters({ parameters }: Operation): Html[] {
  return (["path", "query"] as const).map((place) => {
    const here = parameters.filter((parameter) => parameter.in === place);
    if (here.length === 0) return html``;
    const properties = Object.fromEntries(
      here.map(({ name, schema, description }) => [
        name,
        description === undefined ? schema : { ...schema, description },
      ]),
    );
    const required = here.filter((one) => one.required).map(({ name }) => name);
    return html`<h4>${place === "path" ? "In the path" : "In the query"}</h4>
      ${renderSchema({ type: "object", properties, required })}`;
  });
}

function renderAnswer(status: string, answer: Answer): Html {
  const schema = answer.content?.["application/json"]?.schema;
  return html`<h4>Answer ${status}</h4>
    ${schema ? renderSchema(schema) : html`<p class="bounds">No body.</p>`}`;
}

function renderExample(title: string, answer: Answer): Html | undefined {
  const example = answer.content?.["application/json"]?.example;
  if (example === undefined) return undefined;
  return html`<details class="example">
    <summary>${title}</summary>
    <pre tabindex="0"><code>${JSON.stringify(example, undefined, 2)}</code></pre>
  </details>`;
}
