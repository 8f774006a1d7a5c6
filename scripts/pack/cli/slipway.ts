#!/usr/bin/env node
// The packed command line, which runs with whatever Node its user has (20 or newer).
import "./node20.ts";
import "../../cli/commands.ts";
