import { t } from "./texts.ts";

type Field = HTMLInputElement | HTMLTextAreaElement;
const isField = (target: unknown): target is Field =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;

/**
 * Where a form is not sent because of a field, browsers say why in their own language and leave out what is wanted. From here on
 * they say it in the console's sentences; a field with a `pattern` has its own in `data-format`.
 */
export function sayFaultsOfFields(): void {
  addEventListener("invalid", ({ target }) => isField(target) && say(target), true);
  for (const event of ["input", "change"] as const) {
    addEventListener(event, ({ target }) => isField(target) && target.setCustomValidity(""), true);
  }
  // What was filled in by a script has told of no change.
  addEventListener("click", ({ target }) => target instanceof Element && forget(target), true);
}

function say(field: Field): void {
  field.setCustomValidity("");
  field.setCustomValidity(faultOf(field));
}

function forget(clicked: Element): void {
  const form = clicked.closest<HTMLButtonElement>('button[type="submit"]')?.form;
  for (const field of form?.elements ?? []) if (isField(field)) field.setCustomValidity("");
}

/** What is wrong with what was typed; empty where nothing is. */
function faultOf(field: Field): string {
  const { validity } = field;
  if (validity.badInput) return t("number");
  if (validity.valueMissing) return t("missing");
  if (validity.typeMismatch) return field.type === "email" ? t("email") : t("url");
  if (validity.patternMismatch) return field.dataset.format ?? t("format");
  if (validity.tooShort) return t("tooShort", { least: field.minLength });
  if (validity.tooLong) return t("tooLong", { most: field.maxLength });
  const of = (name: string) => field.getAttribute(name) ?? "";
  if (validity.rangeUnderflow) return t("least", { least: of("min") });
  if (validity.rangeOverflow) return t("most", { most: of("max") });
  return validity.stepMismatch ? t("step", { step: of("step") || "1" }) : "";
}
