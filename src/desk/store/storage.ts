// What the desk keeps in the browser: the little that a store needs of sessionStorage or localStorage.

export interface TextStorage {
  read(key: string): string | null;
  /** `null` removes the key. A full or forbidden storage forgets silently: nothing here is needed. */
  write(key: string, text: string | null): void;
}
