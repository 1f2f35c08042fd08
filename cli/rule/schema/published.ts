import { publishedSchemas, runtimeSchemas } from './forms.ts';
import { ruleFormatPage } from './page.ts';

export { runtimeSchemas };

/** All files that are made from the schema, path in the repository → text. */
export function publishedFiles(): Readonly<Record<string, string>> {
  return {
    ...Object.fromEntries(
      Object.entries(publishedSchemas()).map(([name, schema]) => [
        `schemas/${name}`,
        `${JSON.stringify(schema, null, 2)}\n`,
      ]),
    ),
    'docs/rule-format.md': ruleFormatPage(),
  };
}
