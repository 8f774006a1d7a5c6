#!/usr/bin/env node
// The packed agent, which runs with whatever Node its machine has (20 or newer).
import "../cli/node20.ts";
import "../../gpu-agent/agent.ts";
