import type { RuleCheck } from '../../check.ts';
import { appendToList } from '../../edits.ts';
import { misspelt } from '../../knowledge/tags.ts';

const SYSTEMS: Readonly<Record<string, string>> = { linux: 'OS: Linux', macos: 'OS: macOS', windows: 'OS: Windows' };

export const check: RuleCheck = {
  id: 'tags/os',
  severity: 'warning',
  summary: 'A rule in the folder of an operating system has its tag.',
  run({ file, body }) {
    const folder = file.path.split('/').at(-2) ?? '';
    const tag = Object.hasOwn(SYSTEMS, folder) ? SYSTEMS[folder] : undefined;
    const tags = body.tags ?? [];
    if (tag === undefined || tags.includes(tag)) return [];
    // A slip in the tag is told where it stands.
    if (tags.some((one) => misspelt(one) === tag)) return [];
    const edit = body.tags === undefined ? undefined : appendToList(file, ['rule', 'tags'], tags.length, tag);
    return [
      {
        message: `the tag "${tag}" is missing`,
        span: file.keySpan(['rule', 'tags']),
        why: `the rule lies in the folder ${folder}, but nobody who filters by the system finds it`,
        help: `add "${tag}"`,
        ...(edit === undefined ? {} : { fix: { description: `add the tag ${tag}`, safe: true, edits: [edit] } }),
      },
    ];
  },
};
