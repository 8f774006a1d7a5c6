/**
 * Idempotency keys: the same request once more, because its answer was lost, has the key that it had, and is done once.
 * Another request has another key.
 */
export function requestKeys(): (body: unknown) => string {
  let last = { body: "", key: "" };
  return (body) => {
    const text = JSON.stringify(body);
    if (text !== last.body) last = { body: text, key: randomHex() };
    return last.key;
  };
}

/** Not `randomUUID`, which browsers keep from pages over plain http. */
const randomHex = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
