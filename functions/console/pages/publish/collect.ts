import {
  isListed,
  isOpen,
  isText,
  readOfFolder,
  type Listing,
} from "../../../../scripts/client/folders/listing.ts";

/** Files by their paths below what was dropped or chosen. */
export type Collected = { files: Map<string, File>; folders: string[] };

/** What was dropped: files, and folders with all that a build folder's packages may be in. */
export async function collectDropped(items: DataTransferItemList): Promise<Collected> {
  const found: Collected = { files: new Map(), folders: [] };
  // The list is empty once this function waits for something.
  const entries = Array.from(items, (item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const [only] = entries;
  const root = entries.length === 1 && only?.isDirectory ? only : undefined;
  if (root) await walk(root as FileSystemDirectoryEntry, "", found);
  else for (const entry of entries) await add(entry, entry.name, found);
  return found;
}

/** What was chosen by an input; of a folder, the paths begin with its name. */
export function collectChosen(chosen: FileList): Collected {
  const found: Collected = { files: new Map(), folders: [] };
  for (const file of chosen) {
    const path = file.webkitRelativePath.split("/").slice(1).join("/") || file.name;
    const folders = path
      .split("/")
      .slice(0, -1)
      .map((_part, index, parts) => parts.slice(0, index + 1).join("/"));
    for (const folder of folders) if (!found.folders.includes(folder)) found.folders.push(folder);
    const isInside = readOfFolder(folders.find((folder) => readOfFolder(folder)) ?? "") === path;
    if ((folders.every(isOpen) && isListed(path)) || isInside) found.files.set(path, file);
  }
  return found;
}

async function walk(folder: FileSystemDirectoryEntry, path: string, found: Collected): Promise<void> {
  const reader = folder.createReader();
  const read = () => new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
  // A reader answers some entries at a time, and none at the end.
  for (let some = await read(); some.length > 0; some = await read()) {
    for (const entry of some) await add(entry, path === "" ? entry.name : `${path}/${entry.name}`, found);
  }
}

async function add(entry: FileSystemEntry, path: string, found: Collected): Promise<void> {
  if (entry.isDirectory) {
    found.folders.push(path);
    const inside = readOfFolder(path);
    if (isOpen(path)) await walk(entry as FileSystemDirectoryEntry, path, found);
    else if (inside !== undefined) await addInside(entry as FileSystemDirectoryEntry, path, inside, found);
  } else if (isListed(path)) {
    found.files.set(path, await fileOf(entry as FileSystemFileEntry));
  }
}

async function addInside(
  folder: FileSystemDirectoryEntry,
  path: string,
  wanted: string,
  found: Collected,
): Promise<void> {
  const file = await new Promise<File | null>((resolve) =>
    folder.getFile(
      wanted.slice(path.length + 1),
      {},
      (entry) => (entry as FileSystemFileEntry).file(resolve, () => resolve(null)),
      () => resolve(null),
    ),
  );
  if (file) found.files.set(wanted, file);
}

const fileOf = (entry: FileSystemFileEntry) =>
  new Promise<File>((resolve, reject) => entry.file(resolve, reject));

/** The listing that build folders are read by, as the command line makes one. */
export async function listingOf({ files, folders }: Collected): Promise<Listing> {
  const paths = [...files.keys()].toSorted();
  const texts = new Map<string, string>();
  for (const path of paths) {
    const file = files.get(path);
    const isInside = path.endsWith("/Contents/Info.plist");
    if (file && (isInside || isText({ path, size: file.size }))) texts.set(path, await file.text());
  }
  return {
    root: "",
    place: "",
    files: paths
      .filter((path) => !path.endsWith("/Contents/Info.plist"))
      .map((path) => ({ path, size: files.get(path)?.size ?? 0 })),
    folders: folders.toSorted(),
    texts,
  };
}
