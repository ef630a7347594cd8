// Random ids. Not crypto.randomUUID: pages served over plain HTTP have none.

/** 32 hexadecimal digits, 128 random bits. */
export function newId(): string {
  let id = "";
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) {
    id += byte.toString(16).padStart(2, "0");
  }
  return id;
}
