#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { cacheFolder } from "./files.ts";

// Half of what a short command takes is Node compiling it. In a folder of the user's: what is there is run.
enableCompileCache(cacheFolder(process.env));
await import("./commands.ts");
