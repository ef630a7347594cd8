// What a rejected method of window.Parlor rejects with.

export class ParlorError extends Error {
  // A field: an assignment would throw where a page has frozen Error.prototype.
  override readonly name = "ParlorError";
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
