import { fileURLToPath } from "node:url";
import type * as clone from "../../stack/places.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Where the package has the stack's programs and files, seen from its folder lib. */
export const places: typeof clone.places = {
  errands: at("errands.js"),
  bucket: at("bucket.js"),
  launch: at("launch.sh"),
  guard: at("guard.sh"),
  migrations: at("../migrations"),
};

/** Never by npx: what the registry has under that name is not ours. */
export const commandLine: typeof clone.commandLine = {
  call: "slipway",
  where: "where the command line is installed",
};
