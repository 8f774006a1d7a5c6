import { relative } from "node:path";
import { StackError, reason } from "./errors.ts";
import { healthReport } from "./health-report.ts";
import { openOutput } from "./output.ts";
import { onStopSignal } from "../process/signals.ts";
import { startStack, type Stack } from "./stack.ts";
import { startMessage } from "./start-message.ts";

/**
 * The whole life of `npm start`: starts a stack by the settings of the environment, tells a person what there is to know of
 * it, and stops it at a signal or when it cannot go on. Ends this process, with exit code 1 after one line that says why.
 * @param whileRunning is given the stack and may write lines; the function that it returns is called before the stack stops
 */
export async function runStack(
  whileRunning: (stack: Stack, say: (line: string) => void) => () => Promise<void> = () => async () => {},
): Promise<never> {
  const stopRequested = onStopSignal();
  const output = openOutput(1);
  const errors = openOutput(2);
  let code = 0;
  try {
    const stack = await startStack(process.env, { output, errors });
    output.write(startMessage(stack, process.env, relative(process.cwd(), stack.secretsFile)));
    const finish = whileRunning(stack, (line) => output.write(`${line}\n`));
    const reported = healthReport(stack.url).then((lines) => {
      for (const line of lines) errors.write(`${line}\n`);
    });
    const broken = await Promise.race([stopRequested, stack.broken]);
    await reported;
    await finish();
    await stack.stop();
    if (broken) throw broken;
  } catch (error) {
    errors.write(`${error instanceof StackError ? error.message : `Slipway failed: ${reason(error)}`}\n`);
    code = 1;
  }
  await Promise.all([output.end(), errors.end()]);
  process.exit(code);
}
