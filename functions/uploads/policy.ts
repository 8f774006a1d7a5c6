const MIB = 1024 * 1024;

/** Up to here one PUT is simpler and as fast. */
export const SINGLE_PUT_BYTES = 64 * MIB;
/** Small enough to repeat after a broken connection, large enough for 312 GiB in 10,000 parts. */
export const PART_BYTES = 32 * MIB;
/** What S3 allows. */
export const MAX_PARTS = 10_000;
/** Part URLs in one answer: signing costs CPU, and a client sends a few at a time. */
export const PARTS_PER_ANSWER = 100;

/** Seconds a PUT URL is good for; fresh ones are to be had as long as the upload lives. */
export const PUT_URL_SECONDS = 3600;
/** How long an upload may stay unfinished. */
export const UPLOAD_LIFETIME_MS = 24 * 3600_000;
/** How long beyond that a verification may go on failing: a bucket or database that is away comes back before. */
export const STUCK_MS = 24 * 3600_000;
/** How long ended uploads can still be asked about. */
export const UPLOAD_MEMORY_MS = 30 * 24 * 3600_000;

/** Up to here `complete` verifies before it answers; about a third of a second of CPU. */
export const INLINE_VERIFY_BYTES = 64 * MIB;
/** Verified between two saves of the hash state: what a crash costs at most. */
export const SLICE_BYTES = 128 * MIB;
/** Longer than any slice takes; a verification that died is taken over after it. */
export const VERIFY_LEASE_MS = 90_000;
/** Verification in the shadow of a request: a request and its waitUntil have 30 s in all. */
export const BACKGROUND_VERIFY_MS = 15_000;
/** Verification in one cron tick, against its limit of 30 s of CPU. */
export const CRON_VERIFY_MS = 20_000;

/** Unreferenced objects are kept for longer than any signed GET lives. */
export const BLOB_GRACE_MS = 24 * 3600_000;

/** Parts of a form upload; two of them are what one upload holds in memory at most. */
export const FORM_PART_BYTES = 8 * MIB;
/** One form field, release notes included. */
export const MAX_FIELD_BYTES = 64 * 1024;
/** A form upload ends with its request; one that is still open then was cut off. */
export const FORM_LIFETIME_MS = 3600_000;
