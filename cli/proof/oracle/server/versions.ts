import { NotRun } from '../not-run.ts';

/** What a version of the server needs of the machine. */
export interface ServerVersion {
  readonly version: string;
  /** Lowest version of Java that starts it. */
  readonly java: number;
  /** Version of its HTTP plugin, where the registry does not serve the plugin of the same version. */
  readonly transport?: string;
}

export const DEFAULT_VERSION = '9.2.0';

/** Versions that the launcher is known to start; the first of a line stands for it. Another one is tried with the Java of its line. */
export const SERVER_VERSIONS: readonly ServerVersion[] = [
  { version: '9.3.0', java: 21, transport: '9.2.0' },
  { version: '9.2.0', java: 21 },
  { version: '9.2.3', java: 21, transport: '9.2.0' },
  { version: '9.1.5', java: 21, transport: '9.1.0' },
  { version: '9.1.0', java: 21 },
  { version: '9.0.0', java: 21 },
  { version: '8.19.5', java: 17 },
  { version: '8.18.8', java: 17 },
];

/** The first line whose node takes the plugins that the launcher hands it (elasticsearch:PluginsLoader). */
const FIRST_LINE = [8, 18] as const;

/** `9.2` is the version of that line in the table. Throws a NotRun for what the launcher cannot start. */
export function serverVersion(asked: string = DEFAULT_VERSION): ServerVersion {
  const parts = /^(\d{1,3})\.(\d{1,3})(?:\.(\d{1,3}))?$/.exec(asked);
  if (parts === null)
    throw new NotRun(`"${asked}" is no version of Elasticsearch; write one such as ${DEFAULT_VERSION}`);
  const [major, minor] = [Number(parts[1]), Number(parts[2])];
  const known = SERVER_VERSIONS.find(({ version }) => version === asked || version.startsWith(`${asked}.`));
  if (known !== undefined) return known;
  if (major < FIRST_LINE[0] || (major === FIRST_LINE[0] && minor < FIRST_LINE[1]))
    throw new NotRun(`Elasticsearch ${asked} starts in another way than 8.18 and later, which the launcher knows`);
  if (parts[3] === undefined) throw new NotRun(`no version of the line ${asked} is known; write it whole`);
  return { version: asked, java: major >= 9 ? 21 : 17 };
}
