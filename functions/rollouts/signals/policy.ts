/** Signals in one call, so that a device can send all that it kept while it was offline. */
export const MOST_SIGNALS = 100;
/** Characters of a device's id: enough for every kind of id that clients use. */
export const MAX_DEVICE_ID = 200;
/** Characters of a message that are taken; what is longer is a log, which belongs elsewhere. */
export const MAX_MESSAGE = 2_000;
/** Characters of a message that are kept. */
export const KEPT_MESSAGE = 500;
/** Bytes of a call: every signal with the longest of all texts, in characters of four bytes. */
export const MAX_SIGNALS_BYTES = MOST_SIGNALS * 4 * (MAX_MESSAGE + MAX_DEVICE_ID + 600);
