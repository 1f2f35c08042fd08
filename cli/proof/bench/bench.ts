/** Something that is measured in a process of its own. */
export interface Bench {
  /** Begins the lines that it prints, and picks it out. */
  readonly name: string;
  readonly run: (print: (line: string) => void) => void;
}
