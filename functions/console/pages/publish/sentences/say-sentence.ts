import { FILE_NAMES } from "../../../../../scripts/client/folders/by-name.ts";
import type { Sentence } from "../../../../../scripts/client/folders/sentence.ts";
import { t } from "./texts.ts";

/** What a recogniser said of a file, in the reader's language. */
export const saySentence = ({ code, values }: Sentence): string => t(code, values);

/** A build tool by its name, or that file names told what was found. */
export const toolName = (tool: string): string => (tool === FILE_NAMES ? t("fileNames") : tool);
