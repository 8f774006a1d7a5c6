export type ListedFile = {
  /** Below the root, with slashes. */
  path: string;
  /** Bytes. */
  size: number;
};

/** What is in a folder, as far as publishing it needs to know. */
export type Listing = {
  /** The folder as it was named. */
  root: string;
  /** Its whole path: Rust's build folders have their target in it. */
  place: string;
  files: ListedFile[];
  /** Folders by their paths, those that are not looked into as well. */
  folders: string[];
  /** What small files say that build tools write for updaters, by path. */
  texts: ReadonlyMap<string, string>;
};

/** A build folder is flat: what lies deeper is what packages were made of. */
const DEEPEST = 4;
/** An appcast with its notes inside, or a list of hundreds of releases, stays below. Bytes. */
const LARGEST_TEXT = 2 * 1024 * 1024;
const TEXT = /(?:\.(?:ya?ml|json|xml|sig)|(?:^|\/)RELEASES[\w-]*)$/i;
/** Unpacked apps and what programs keep for themselves: tens of thousands of files, none of them a package. */
const CLOSED = /(?:^\.|^node_modules$|-unpacked$|\.app$|\.AppDir$)/i;

const lastOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);

/** Whether a folder is looked into. */
export const isOpen = (path: string): boolean =>
  !CLOSED.test(lastOf(path)) && path.split("/").length < DEEPEST;

/** Whether a file is one that may be published or read. */
export const isListed = (path: string): boolean => !lastOf(path).startsWith(".");

/** Whether a file's text may say something of packages. */
export const isText = ({ path, size }: ListedFile): boolean => TEXT.test(path) && size <= LARGEST_TEXT;

/** What is read of an app's folder, which is not looked into otherwise; undefined for other folders. */
export const readOfFolder = (path: string): string | undefined =>
  path.endsWith(".app") ? `${path}/Contents/Info.plist` : undefined;

/** What may lie beside a package, by the end of its name. */
export const BESIDE = [".sig", ".blockmap", ".zsync"] as const;
