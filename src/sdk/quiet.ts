// A promise that nobody has to handle: a call without `await` must not fill the page's console.

export function quiet<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined);
  return promise;
}
