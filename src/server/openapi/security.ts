// By what callers of each operation prove who they are.

const open = [
  /^\/public\//,
  /^\/(health|ready)$/,
  /^\/auth\/(sign_in|password)$/,
  /^\/api\/(docs|openapi)/,
];

/** Any one of these, all that it names; an empty list when nobody is asked. */
export function securityOf(url: string): Record<string, string[]>[] {
  if (open.some((pattern) => pattern.test(url))) return [];
  if (url.startsWith("/dialects/intercom/")) return [{ bearer: [] }, { basic: [] }];
  if (url.startsWith("/dialects/")) return [{ bearer: [] }];
  return [{ accessToken: [] }, { bearer: [] }, { session: [], csrfToken: [] }];
}

export function securitySchemes(cookieName: string): Record<string, object> {
  return {
    accessToken: {
      type: "apiKey",
      in: "header",
      name: "Api-Access-Token",
      description: "An access token; `api_access_token` is read too.",
    },
    bearer: { type: "http", scheme: "bearer", description: "An access token." },
    basic: {
      type: "http",
      scheme: "basic",
      description: "An access token as the user's name, without a password.",
    },
    session: {
      type: "apiKey",
      in: "cookie",
      name: cookieName,
      description: "What signing in answers. Everything but reading wants the CSRF token too.",
    },
    csrfToken: {
      type: "apiKey",
      in: "header",
      name: "X-CSRF-Token",
      description: "Of the session, from the answer to signing in or to getting the profile.",
    },
  };
}
