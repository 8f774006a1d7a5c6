import type * as policy from "../../../functions/uploads/policy.ts";

type Policy = { [Name in keyof typeof policy]: number };

const KIB = 1024;

/** The limits of uploads in KiB instead of MiB, so that parts and slices are met by content that is quickly made. */
export function smallSizes(policy: Policy): Policy {
  return {
    ...policy,
    SINGLE_PUT_BYTES: 32 * KIB,
    PART_BYTES: 16 * KIB,
    INLINE_VERIFY_BYTES: 32 * KIB,
    LEARN_BYTES: 8 * KIB,
    SLICE_BYTES: 16 * KIB,
    FORM_PART_BYTES: 16 * KIB,
    FORM_RESERVE_BYTES: 32 * KIB,
  };
}
