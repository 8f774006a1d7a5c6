import type { Sentence } from "../../../../../scripts/client/folders/sentence.ts";
import { t } from "./texts.ts";

/** What a recogniser said of a file, in the reader's language. */
export const saySentence = ({ code, values }: Sentence): string => t(code, values);
