// A failure at start that the operator can repair: printed as a sentence, without a stack.

export class StartupError extends Error {
  override readonly name = "StartupError";
}
