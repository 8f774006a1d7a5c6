/** One line of `slipway doctor`. */
export type Finding = { name: string; status: "ok" | "warn" | "fail"; detail: string; advice?: string };

export function ok(name: string, detail: string): Finding {
  return { name, status: "ok", detail };
}

export function warn(name: string, detail: string, advice?: string): Finding {
  return { name, status: "warn", detail, advice };
}

export function fail(name: string, detail: string, advice: string): Finding {
  return { name, status: "fail", detail, advice };
}
