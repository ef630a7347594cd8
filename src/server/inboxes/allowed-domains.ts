// Which websites may embed an inbox's widget.

/**
 * Whether a page of this origin may use the inbox. No domains: every website may. `*.example.com`
 * allows subdomains, not `example.com` itself. An origin without a host (`null`, a file) matches
 * no domain.
 */
export function allowsOrigin(allowedDomains: readonly string[], origin: string): boolean {
  if (allowedDomains.length === 0) return true;
  const host = hostOf(origin);
  if (host === undefined) return false;
  return allowedDomains.some((domain) => {
    const wanted = domain.trim().toLowerCase();
    return wanted.startsWith("*.") ? host.endsWith(wanted.slice(1)) : host === wanted;
  });
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).hostname.toLowerCase() || undefined;
  } catch {
    return undefined;
  }
}
