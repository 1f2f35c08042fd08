import type { Mapping } from '../fields/mapping.ts';
import { refusals } from '../fields/documents/index.ts';
import type { Finding } from '../text/diagnostic.ts';
import { visibleLine } from '../text/display.ts';
import { jsonText } from '../text/json.ts';
import type { Case } from './collect-cases.ts';

/** Values of a case that the fields of the rule's mapping do not take: no query would find them, and no such event may exist. */
export function refusedValues(one: Case, mapping: Mapping): readonly Finding[] {
  const found = new Map<string, Finding>();
  for (const event of one.events)
    for (const { path, value, typeName, effect, why } of refusals(event.source, mapping)) {
      if (found.has(path)) continue;
      const shown = visibleLine(jsonText(value)).slice(0, 60);
      found.set(path, {
        id: 'suite/value-refused',
        severity: 'warning',
        message: `case ${one.name}: ${path} is ${shown}, ${why}`,
        path: one.path,
        span: one.span,
        why:
          effect === 'rejected'
            ? `the field is of type ${typeName}, and Elasticsearch refuses a document with such a value`
            : `the field is of type ${typeName}: Elasticsearch keeps the document, and no query finds the value`,
        help: 'mend the event, or declare the field under [mapping.fields] of the suite',
      });
    }
  return [...found.values()];
}
