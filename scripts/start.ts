import { relative } from "node:path";
import { StackError, reason } from "./stack/errors.ts";
import { healthReport } from "./stack/health-report.ts";
import { onStopSignal } from "./stack/signals.ts";
import { startStack } from "./stack/stack.ts";
import { startMessage } from "./stack/start-message.ts";

const stopRequested = onStopSignal();
try {
  const stack = await startStack(process.env);
  process.stdout.write(startMessage(stack, process.env, relative(process.cwd(), stack.secretsFile)));
  const reported = healthReport(stack.url).then((lines) => {
    for (const line of lines) process.stderr.write(`${line}\n`);
  });
  await stopRequested;
  await reported;
  await stack.stop();
  process.exit(0);
} catch (error) {
  process.stderr.write(
    `${error instanceof StackError ? error.message : `Slipway failed: ${reason(error)}`}\n`,
  );
  process.exit(1);
}
