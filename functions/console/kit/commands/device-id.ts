import { lines, type Command } from "../shell.ts";

/** What is left of a name in the name of a file and in a line of shell. */
const UNSAFE = /[^\w.-]/g;

/** A command after lines that make an id of this device where there is none, keep it in a file, and have it in `$device`. */
export function asDevice(software: string, command: Command): Command {
  const file = `$HOME/.${software.replaceAll(UNSAFE, "")}-device-id`;
  const keepsId: Command = {
    posix: [
      `file="${file}"`,
      `[ -s "$file" ] || od -An -N16 -tx1 /dev/urandom | tr -d ' \\n' >"$file"`,
      `device=$(cat "$file")`,
    ].join("\n"),
    powershell: [
      `$file = "${file}"`,
      `if (-not (Test-Path $file)) { [guid]::NewGuid().ToString() | Set-Content $file }`,
      `$device = Get-Content $file`,
    ].join("\n"),
  };
  return lines(keepsId, command);
}
