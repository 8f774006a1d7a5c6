const MIB = 1024 * 1024;

/** What the limits of uploads an hour count in. */
export const HOUR_MS = 3600_000;

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

/** Up to here `complete` verifies before it answers; at most a fifth of a second of CPU. */
export const INLINE_VERIFY_BYTES = 64 * MIB;
/** Hashed before a pass by the runtime's own hashes knows its pace; no more than this is hashed in vain. */
export const LEARN_BYTES = 32 * MIB;
/** Verified between two saves of the hash state, where that pass would not end in time: what a crash costs at most. */
export const SLICE_BYTES = 128 * MIB;
/** A verification that died is taken over after it. */
export const VERIFY_LEASE_MS = 30_000;
/** How often a living one renews its lease. */
export const RENEW_LEASE_MS = 10_000;
/** Uploads that one run of cron verifies beside each other. */
export const VERIFIED_AT_ONCE = 4;
/** The longest verification in one run of cron, where the platform allows more. */
export const CRON_VERIFY_MS = 240_000;

/** Unreferenced objects are kept for longer than any signed GET lives. */
export const BLOB_GRACE_MS = 24 * 3600_000;

/**
 * Parts of a form upload, of which one is filled while two are sent: 10,000 make 78 GiB. A file of one part is sent whole,
 * when all is known of it.
 */
export const FORM_PART_BYTES = 8 * MIB;
export const FORM_PARTS_UNDER_WAY = 2;
/** One form field, release notes included. */
export const MAX_FIELD_BYTES = 64 * 1024;
/** Storage set aside for a form of unknown length, until it turns out to be longer. */
export const FORM_RESERVE_BYTES = 64 * MIB;
/** What is verified and held for its release is kept so long, its bytes counted as reserved. */
export const HELD_LIFETIME_MS = 30 * 24 * 3600_000;
/** A form that brought no part for so long was cut off. */
export const FORM_LIFETIME_MS = 3600_000;
