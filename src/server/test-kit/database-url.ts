// Addresses of databases on one server.

/** The connection string of another database on the server of `url`. */
export function databaseUrl(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
