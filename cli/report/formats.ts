import { concise } from './concise.ts';
import { github } from './github.ts';
import { json, ndjson } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { pretty } from './pretty.ts';
import type { Report } from './report.ts';
import { sarif } from './sarif.ts';

export type Format = 'pretty' | 'concise' | 'json' | 'ndjson' | 'sarif' | 'junit' | 'github' | 'markdown';

/** One function a format, from a report to text; each in the file of its name. */
export const FORMATS: Readonly<Record<Format, (report: Report) => string>> = {
  pretty,
  concise,
  json,
  ndjson,
  sarif,
  junit,
  github,
  markdown,
};

export const isFormat = (name: string): name is Format => Object.hasOwn(FORMATS, name);
