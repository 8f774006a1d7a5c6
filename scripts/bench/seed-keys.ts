import type { Target } from "./bench-stack.ts";
import { signInAdministrator } from "./administrator.ts";

/** Creates software with one version and returns the pair of its keys. */
export async function seedKeys(stack: Target): Promise<{ akey: string; vkey: string }> {
  const send = await signInAdministrator(stack);
  const { akey } = await send<{ akey: string }>("POST", "/api/software", { name: "measured" });
  const version = { version: "1.0.0" };
  const { vkey } = await send<{ vkey: string }>("POST", `/api/software/${akey}/versions`, version);
  return { akey, vkey };
}
