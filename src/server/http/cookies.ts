// The session cookie: its name and attributes by how the server is reached.
import type { CookieSerializeOptions } from "@fastify/cookie";

export interface SessionCookie {
  name: string;
  options: CookieSerializeOptions;
}

/** Over https the `__Host-` prefix ties the cookie to this very host. */
export function sessionCookie(publicUrl: string): SessionCookie {
  const secure = publicUrl.startsWith("https:");
  return {
    name: secure ? "__Host-parlor_session" : "parlor_session",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure },
  };
}
