import { fileURLToPath } from "node:url";
import type * as clone from "../../stack/places.ts";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The stack's programs and files in the package. Paths are relative to its folder lib. */
export const places: typeof clone.places = {
  errands: at("errands.js"),
  bucket: at("bucket.js"),
  launch: at("launch.sh"),
  guard: at("guard.sh"),
  migrations: at("../migrations"),
};

/** Messages never name npx, because the package of that name in the registry is not ours. */
export const commandLine: typeof clone.commandLine = {
  call: "slipway",
  where: "where the command line is installed",
};
