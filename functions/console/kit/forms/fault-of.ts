/** What is wrong with a field, of the faults of a form by name; a fault of one of several values, `scopes.1`, is the field's. */
export const faultOf = (faults: Readonly<Record<string, string>>, field: string): string | undefined =>
  Object.entries(faults).find(([name]) => name === field || name.startsWith(`${field}.`))?.[1];
