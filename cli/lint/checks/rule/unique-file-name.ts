import type { CollectionCheck } from '../../check.ts';
import { baseName } from '../../knowledge/snake-case.ts';
import { repeated } from '../../knowledge/repeated.ts';

export const check: CollectionCheck = {
  id: 'rule/unique-file-name',
  severity: 'warning',
  summary: 'No two files of rules have the same name, in whatever folders.',
  collect: ({ file }) => [{ value: baseName(file.path), span: file.valueSpan(['rule', 'name']) }],
  conclude: (facts) =>
    repeated(facts, (first) => ({
      message: `${first.path} has the same file name`,
      why: 'reports, reviews and searches show the two under one name',
      help: 'rename one of the files',
    })),
};
