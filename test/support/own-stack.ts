import { afterAll, beforeAll } from "vitest";
import { withStack, type TestStack } from "./stack.ts";

/** A stack with these settings for the tests of one file or `describe`; call the result inside tests. */
export function ownStack(settings: Record<string, string>): () => TestStack {
  let stack: TestStack | undefined;
  let finish = () => {};
  let running: Promise<void> | undefined;

  beforeAll(async () => {
    await new Promise<void>((ready, failed) => {
      running = withStack(settings, (started) => {
        stack = started;
        ready();
        return new Promise<void>((resolve) => {
          finish = resolve;
        });
      });
      running.catch(failed);
    });
  });
  afterAll(async () => {
    finish();
    await running;
  });
  return () => {
    if (!stack) throw new Error("the stack runs while tests do");
    return stack;
  };
}
