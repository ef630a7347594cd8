// One file to the server, with progress: what `fetch` cannot tell, XMLHttpRequest does.
import type { Upload } from "../protocol/records-attachments.ts";
import { failure, success } from "../protocol/result.ts";
import type { FailureCode, Result } from "../protocol/result.ts";

export interface SendFile {
  /** @param onProgress called with 0 to 1 */
  (
    path: string,
    file: File,
    options: { onProgress: (fraction: number) => void; signal: AbortSignal },
  ): Promise<Result<Upload>>;
}

/** Creates the function that uploads; `unreachable` for whatever a network may do, and when it is cancelled. */
export function createSendFile(options: {
  /** Where the server is; empty for this page's own origin. */
  baseUrl: string;
  headers?: () => Record<string, string>;
}): SendFile {
  return (path, file, { onProgress, signal }) =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest();
      const fail = () => resolve(failure("unreachable", "The upload did not arrive"));
      request.open("POST", options.baseUrl + path);
      request.setRequestHeader("accept", "application/json");
      for (const [name, value] of Object.entries(options.headers?.() ?? {})) {
        request.setRequestHeader(name, value);
      }
      request.upload.addEventListener("progress", ({ loaded, total }) => {
        if (total > 0) onProgress(loaded / total);
      });
      request.addEventListener("error", fail);
      request.addEventListener("abort", fail);
      request.addEventListener("load", () => resolve(answerOf(request)));
      signal.addEventListener("abort", () => request.abort());
      const form = new FormData();
      form.append("attachments[]", file, file.name);
      request.send(form);
    });
}

function answerOf(request: XMLHttpRequest): Result<Upload> {
  try {
    const body = JSON.parse(request.responseText) as Upload & {
      error?: string;
      code?: FailureCode;
    };
    if (request.status < 300) return success(body);
    return failure(body.code ?? "internal", body.error ?? `HTTP ${request.status}`);
  } catch {
    // A proxy's own page: its body is none of ours.
    return failure(request.status === 413 ? "too_large" : "unreachable", `HTTP ${request.status}`);
  }
}
