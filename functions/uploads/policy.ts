const MIB = 1024 * 1024;

/** The unit of the limits of uploads per hour. */
export const HOUR_MS = 3600_000;

/** Files up to this size are sent as one PUT, which is simpler and as fast. */
export const SINGLE_PUT_BYTES = 64 * MIB;
/** Small enough to repeat after a broken connection, large enough for 312 GiB in 10,000 parts. */
export const PART_BYTES = 32 * MIB;
/** The smallest parts that somebody may wish; S3 takes no smaller ones. The largest are as large as a single PUT. */
export const LEAST_PART_BYTES = 5 * MIB;
/** What S3 allows. */
export const MAX_PARTS = 10_000;
/** Part URLs in one answer: signing costs CPU, and a client sends a few at a time. */
export const PARTS_PER_ANSWER = 100;

/** How many seconds a PUT URL is valid; fresh ones can be had as long as the upload lives. */
export const PUT_URL_SECONDS = 3600;
/** How long an upload may stay unfinished. */
export const UPLOAD_LIFETIME_MS = 24 * 3600_000;
/** How much longer a verification may go on failing: by then, a bucket or database that was away is back. */
export const STUCK_MS = 24 * 3600_000;
/** How long an ended upload can still be asked for. */
export const UPLOAD_MEMORY_MS = 30 * 24 * 3600_000;

/** Uploads up to this size are verified before `complete` answers; that takes at most a fifth of a second of CPU. */
export const INLINE_VERIFY_BYTES = 64 * MIB;
/**
 * How much is hashed before a pass by the runtime's own hashes knows its pace. If the pass then turns out to be too slow, no
 * more than this was hashed in vain.
 */
export const LEARN_BYTES = 32 * MIB;
/**
 * How much is verified between two saves of the hash state, where that pass would not end in time. A crash loses at most
 * this much work.
 */
export const SLICE_BYTES = 128 * MIB;
/** After this long, another run takes over a verification whose process died. */
export const VERIFY_LEASE_MS = 30_000;
/** How often a running verification renews its lease. */
export const RENEW_LEASE_MS = 10_000;
/** How many uploads one run of cron verifies at the same time. */
export const VERIFIED_AT_ONCE = 4;
/** The longest time that one run of cron verifies, where the platform would allow more. */
export const CRON_VERIFY_MS = 240_000;

/** How long unreferenced objects are kept: longer than any signed GET lives. */
export const BLOB_GRACE_MS = 24 * 3600_000;

/**
 * The size of a form upload's parts, of which one is filled while two are sent: 10,000 make 78 GiB. A file of one part is
 * sent whole, once all of it is known.
 */
export const FORM_PART_BYTES = 8 * MIB;
export const FORM_PARTS_UNDER_WAY = 2;
/** The longest form field, release notes included. */
export const MAX_FIELD_BYTES = 64 * 1024;
/** How much storage is reserved for a form of unknown length, until it turns out to be longer. */
export const FORM_RESERVE_BYTES = 64 * MIB;
/** What is verified and held for its release is kept so long, its bytes counted as reserved. */
export const HELD_LIFETIME_MS = 30 * 24 * 3600_000;
/** A form that brought no part for so long was cut off. */
export const FORM_LIFETIME_MS = 3600_000;
