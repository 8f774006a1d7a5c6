#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { cacheFolder } from "./files.ts";

// Half the time of a short command is spent on compiling it, so the compiled code is cached in a folder of the user's.
enableCompileCache(cacheFolder(process.env));
await import("./commands.ts");
