import type { Command } from "commander";
import type { Context } from "./context.ts";
import { usage } from "./errors.ts";
import { command } from "./run.ts";

/** A command, by the words that name it, with what may come next. */
type Place = { words: string[]; description: string; next: Word[] };
type Word = { text: string; description: string };

const SCRIPTS: Record<string, (places: Place[]) => string> = { bash, zsh, fish };

/** Adds `slipway completion`, which tells a shell of all other commands. */
export function addCompletion(program: Command): void {
  command(program, "completion <shell>", "print what makes bash, zsh or fish complete this command")
    .addHelpText(
      "after",
      `
  bash   source <(slipway completion bash)      in ~/.bashrc
  zsh    source <(slipway completion zsh)       in ~/.zshrc, after compinit
  fish   slipway completion fish >~/.config/fish/completions/slipway.fish`,
    )
    .action((ctx: Context, [shell = ""]: string[]) => {
      const script = Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined;
      if (script === undefined)
        throw usage(`There is no completion for "${shell}".`, "Name bash, zsh or fish.");
      const text = script(placesOf(program, []));
      ctx.out.result({ shell, script: text }, text.split("\n"));
      return Promise.resolve(undefined);
    });
}

function placesOf(parent: Command, words: string[]): Place[] {
  const options = parent.options.map((option) => ({
    text: option.long ?? option.flags,
    description: option.description,
  }));
  const children = parent.commands.map((child) => ({ text: child.name(), description: child.description() }));
  const next = children.length > 0 ? children : [...options, { text: "--help", description: "display help" }];
  return [
    { words, description: parent.description(), next },
    ...parent.commands.flatMap((child) => placesOf(child, [...words, child.name()])),
  ];
}

const texts = (place: Place) => place.next.map(({ text }) => text).join(" ");

/** Lines `pattern) words ;;` of a `case` over the first two words; the longer names come first. */
function cases(places: Place[], say: (words: string) => string): string[] {
  return places
    .filter(({ words }) => words.length > 0)
    .toSorted((a, b) => b.words.length - a.words.length)
    .map(
      (place) =>
        `    "${place.words.join(" ")}"${place.words.length === 1 ? '" "*' : ""}) ${say(texts(place))} ;;`,
    );
}

function top(places: Place[]): string {
  const [first] = places;
  return first === undefined ? "" : texts(first);
}

function bash(places: Place[]): string {
  return [
    "_slipway() {",
    '  local current="${COMP_WORDS[COMP_CWORD]}" known',
    '  case "${COMP_WORDS[1]} ${COMP_WORDS[2]}" in',
    ...cases(places, (words) => `known="${words}"`),
    "  esac",
    `  ((COMP_CWORD == 1)) && known="${top(places)}"`,
    '  COMPREPLY=($(compgen -W "$known" -- "$current"))',
    "}",
    "complete -o default -F _slipway slipway",
  ].join("\n");
}

function zsh(places: Place[]): string {
  return [
    "#compdef slipway",
    "_slipway() {",
    "  local -a known",
    '  case "$words[2] $words[3]" in',
    ...cases(places, (words) => `known=(${words})`),
    "  esac",
    `  ((CURRENT == 2)) && known=(${top(places)})`,
    "  compadd -- $known",
    "  _files",
    "}",
    "compdef _slipway slipway",
  ].join("\n");
}

function fish(places: Place[]): string {
  const quoted = (text: string) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
  return places
    .flatMap(({ words, next }) => {
      const seen = words.map((word) => `__fish_seen_subcommand_from ${word}`).join("; and ");
      return next.map(({ text, description }) => {
        const word = text.startsWith("--") ? `-l ${text.slice(2)}` : `-f -a ${text}`;
        const when = words.length === 0 ? "__fish_use_subcommand" : seen;
        return `complete -c slipway -n ${quoted(when)} ${word} -d ${quoted(description)}`;
      });
    })
    .join("\n");
}
