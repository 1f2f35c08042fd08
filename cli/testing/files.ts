/** What the test runner needs of a file system; handed in, so that tests run on plain records. Paths use `/`. */
export interface SuiteFiles {
  /** Bytes of a file; undefined if there is none. Throws a KnownError if it cannot be read. */
  read(path: string): Uint8Array | undefined;
  /** Names in a folder, sorted; undefined if there is no such folder. Links that lead out or in circles are left out. */
  list(folder: string): readonly SuiteEntry[] | undefined;
}

export interface SuiteEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
}
