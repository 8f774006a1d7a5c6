import { ref, watch } from "vue";

export const shells = ["posix", "powershell"] as const;
export type Shell = (typeof shells)[number];
/** A command as each shell takes it. */
export type Command = Readonly<Record<Shell, string>>;

const STORED = "slipway-shell";

/** The shell that commands are shown for, on all pages. */
export const shell = ref<Shell>(chosen());
watch(shell, (wanted) => localStorage.setItem(STORED, wanted));

/** The shell chosen before, else that of the reader's own system. */
function chosen(): Shell {
  const stored = localStorage.getItem(STORED);
  return (
    shells.find((one) => one === stored) ?? (/Windows/.test(navigator.userAgent) ? "powershell" : "posix")
  );
}

/** One command after another. */
export const lines = (first: Command, second: Command): Command => ({
  posix: `${first.posix}\n${second.posix}`,
  powershell: `${first.powershell}\n${second.powershell}`,
});

/** A command after lines that set the variables of the environment that it reads. Values are without quotes and blanks. */
export function withVariables(variables: Readonly<Record<string, string>>, command: string): Command {
  const set = (line: (name: string, value: string) => string) =>
    [...Object.entries(variables).map(([name, value]) => line(name, value)), command].join("\n");
  return {
    posix: set((name, value) => `export ${name}=${value}`),
    powershell: set((name, value) => `$env:${name} = "${value}"`),
  };
}

/** Asks an address with curl, which Windows PowerShell has as another command's name. */
export const curl = (url: string): Command => ({
  posix: `curl "${url}"`,
  powershell: `curl.exe "${url}"`,
});

/**
 * Sends JSON to an address; `$device` in it is the variable of that name. Windows PowerShell takes the quotes from what it passes
 * on to curl.
 */
export function postJson(url: string, body: unknown): Command {
  const json = JSON.stringify(body);
  const [posix, powershell] = ["'$device'", "' + $device + '"].map((value) =>
    json.replaceAll("$device", () => value),
  );
  return {
    posix: `curl ${url} -H "Content-Type: application/json" \\\n  -d '${posix}'`,
    powershell: `Invoke-RestMethod ${url} -Method Post -ContentType application/json \`\n  -Body ('${powershell}')`,
  };
}
