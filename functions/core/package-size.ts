/** The largest package where MAX_PACKAGE_BYTES says nothing else: 50 GiB. */
export const MAX_PACKAGE_BYTES = 50 * 1024 ** 3;
