import { afterEach, expect, test, vi } from "vitest";
import { pretendBrowser } from "../support/console-page.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

async function loadIn(userAgent: string, chosen?: string) {
  pretendBrowser("en");
  if (chosen) localStorage.setItem("slipway-shell", chosen);
  vi.stubGlobal("navigator", { userAgent });
  return await import("../../functions/console/kit/shell.ts");
}

const WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";

test("the shell is that of the reader's own system until one is chosen", async () => {
  expect((await loadIn(WINDOWS)).shell.value).toBe("powershell");
  vi.resetModules();
  expect((await loadIn(MAC)).shell.value).toBe("posix");
  vi.resetModules();
  expect((await loadIn(WINDOWS, "posix")).shell.value).toBe("posix");
  vi.resetModules();
  expect((await loadIn(MAC, "something else")).shell.value).toBe("posix");
});

test("each shell sets variables and asks with curl in its own way", async () => {
  const { curl, postJson, withVariables } = await loadIn(MAC);
  expect(withVariables({ A: "1", B: "2" }, "npx slipway check")).toEqual({
    posix: "export A=1\nexport B=2\nnpx slipway check",
    powershell: '$env:A = "1"\n$env:B = "2"\nnpx slipway check',
  });
  expect(curl("http://here/?a=1&b=2")).toEqual({
    posix: 'curl "http://here/?a=1&b=2"',
    powershell: 'curl.exe "http://here/?a=1&b=2"',
  });
  expect(postJson("http://here", { a: "$device" })).toEqual({
    posix: `curl http://here -H "Content-Type: application/json" \\\n  -d '{"a":"'$device'"}'`,
    powershell: `Invoke-RestMethod http://here -Method Post -ContentType application/json \`\n  -Body ('{"a":"' + $device + '"}')`,
  });
});
