/** A day as `<input type="date">` has it, `2026-01-31`, in the reader's own time zone. */
export function dateOf(moment: Date): string {
  const [month, day] = [moment.getMonth() + 1, moment.getDate()].map((part) => String(part).padStart(2, "0"));
  return `${moment.getFullYear()}-${month}-${day}`;
}

/** The first moment of such a day, as ISO 8601. Undefined where it is no day. */
export const startOfDay = (date: string): string | undefined => isoOf(`${date}T00:00:00.000`);

/** The last millisecond of such a day, as ISO 8601. Undefined where it is no day. */
export const endOfDay = (date: string): string | undefined => isoOf(`${date}T23:59:59.999`);

function isoOf(local: string): string | undefined {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
