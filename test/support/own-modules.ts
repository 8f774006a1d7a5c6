import { vi } from "vitest";

/**
 * Runs before each file of the `unit` project: its modules are its own, with what it replaces in them, though one process
 * runs many files and loads their dependencies once.
 */
vi.resetModules();
await import("../../functions/declarations.ts");
