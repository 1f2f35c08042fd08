/** What the test runner needs of a file system; handed in, so that tests run on plain records. Paths use `/`. */
export interface SuiteFiles {
  /** Bytes of a file; undefined if there is none. Throws a KnownError if it cannot be read. */
  read(path: string): Uint8Array | undefined;
  /** What is in a folder, sorted; undefined if there is no such folder. A symbolic link that is not followed is a `link`. */
  list(folder: string): readonly SuiteEntry[] | undefined;
}

export interface SuiteEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link';
}
