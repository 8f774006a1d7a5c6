import { vi } from "vitest";

/**
 * What the console's modules ask of a browser when they are loaded. To be called before they are imported, in a test that
 * needs no page.
 */
export function pretendBrowser(language: string): void {
  const kept = new Map([["slipway-language", language]]);
  vi.stubGlobal("localStorage", {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  });
  vi.stubGlobal(
    "document",
    Object.assign(new EventTarget(), {
      documentElement: { lang: "" },
      visibilityState: "visible",
      createElement: () => ({}),
    }),
  );
}
