// What a rejected method of window.Parlor rejects with.

export class ParlorError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = "ParlorError";
    this.code = code;
  }
}
