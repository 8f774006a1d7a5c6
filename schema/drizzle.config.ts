import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: "./schema/**/!(drizzle.config).ts",
  out: "./schema/migrations",
});
