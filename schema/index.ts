export * from "./accounts.ts";
export * from "./admin.ts";
export * from "./catalogue.ts";
export * from "./updates.ts";
export * from "./uploads.ts";
