import type { Check } from '../check.ts';

export const guideChecks: readonly Check[] = [
  {
    id: 'guide/sections',
    severity: 'info',
    summary: 'The investigation guide has the sections that analysts look for.',
    run(file, { settings }) {
      const note = file.rule?.body.note;
      if (note === undefined || note.trim() === '') return [];
      const headings = [...note.matchAll(/^#{1,6}\s+(.+?)\s*$/gm)].map(([, text = '']) => text.toLowerCase());
      return settings.guideSections
        .filter((section) => !headings.some((heading) => heading.includes(section.toLowerCase())))
        .map((section) => ({
          id: 'guide/sections',
          severity: 'info' as const,
          message: `the guide has no section "${section}"`,
          span: file.keySpan(['rule', 'note']),
          why: 'an analyst with an alert looks for it',
          help: `add a heading "### ${section}"`,
        }));
    },
  },
  {
    id: 'guide/transform',
    severity: 'error',
    summary: 'Placeholders of the guide and the blocks of [transform] belong together.',
    run(file) {
      const rule = file.rule;
      if (rule === undefined) return [];
      const text = file.text(['rule', 'note']);
      return [...(text?.text ?? '').matchAll(/\$\{(osquery|investigate)_(\d+)\}/g)].flatMap((found) => {
        const [placeholder, kind = '', at = '0'] = found;
        const list = rule.transform?.[kind];
        if (Array.isArray(list) && list.length > Number(at)) return [];
        return [
          {
            id: 'guide/transform',
            severity: 'error' as const,
            message: `${placeholder} has no block`,
            span:
              text?.span({ start: found.index, end: found.index + placeholder.length }) ??
              file.keySpan(['rule', 'note']),
            why: 'analysts see the placeholder instead of a button',
            help: `add [[transform.${kind}]] number ${Number(at) + 1}`,
          },
        ];
      });
    },
  },
];
