/** Everything that can be wrong with an archive. A fault of one entry comes with the entry's name as `entry`. */
export type ZipFault =
  | "notZip"
  | "truncated"
  | "trailing"
  | "prepended"
  | "ambiguous"
  | "multiDisk"
  | "numberTooLarge"
  | "tooManyEntries"
  | "directoryTooLarge"
  | "badDirectory"
  | "encrypted"
  | "method"
  | "special"
  | "overlap"
  | "sizes"
  | "ratio"
  | "nameNotUtf8"
  | "nameTooLong"
  | "twoNames"
  | "controlCharacter"
  | "backslash"
  | "drive"
  | "absolute"
  | "emptySegment"
  | "dotSegment"
  | "duplicate"
  | "localHeader"
  | "entryTooLarge"
  | "damaged";

/** The refusal of an archive. The details may repeat text of the archive, of any length and content. */
export class ZipError extends Error {
  readonly fault: ZipFault;
  readonly details: Readonly<Record<string, string | number>>;

  constructor(fault: ZipFault, details: Record<string, string | number> = {}) {
    super(fault);
    this.name = "ZipError";
    this.fault = fault;
    this.details = details;
  }
}
