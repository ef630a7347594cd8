// Whether a request comes from our own pages.

/** Own pages: those of PUBLIC_URL, and of whatever host the browser has reached us by. */
export function isOwnOrigin(origin: string, publicUrl: string, host: string | undefined): boolean {
  try {
    const { origin: asked, host: askedHost } = new URL(origin);
    return asked === new URL(publicUrl).origin || askedHost === host;
  } catch {
    return false;
  }
}
