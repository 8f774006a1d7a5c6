import { fileURLToPath } from "node:url";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Where the programs and files of the stack are. In the package to install they are elsewhere: scripts/pack/server/places.ts. */
export const places = {
  errands: at("errand-process.ts"),
  bucket: at("../bucket/bucket-process.ts"),
  launch: at("launch.sh"),
  guard: at("guard.sh"),
  migrations: at("../../schema/migrations"),
};

/** How a person who has started the stack calls the command line. */
export const commandLine = { call: "npx slipway", where: "in another terminal" };
