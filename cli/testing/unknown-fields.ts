import type { Mapping } from '../fields/mapping.ts';
import type { Finding } from '../text/diagnostic.ts';
import { suggest } from '../text/suggest.ts';
import type { Case } from './collect-cases.ts';

/**
 * Fields that a case sets, that its base does not have, and that no table of the rule's indices knows: most likely a slip
 * of the pen, since the case then differs from its base in nothing that the rule could see.
 */
export function unknownFields(one: Case, mapping: Mapping): readonly Finding[] {
  return (one.added ?? []).flatMap(({ field, span }) => {
    const names = mapping.names();
    if (mapping.field(field) !== undefined || names.some((name) => name.startsWith(`${field}.`))) return [];
    const meant = suggest(field, names);
    return [
      {
        id: 'suite/set-unknown',
        severity: 'warning',
        message: `neither the base nor the mapping has a field ${field}`,
        path: one.path,
        span,
        ...(meant === undefined ? {} : { label: `did you mean ${meant}?` }),
        why: 'no query reads the field, so the case shows what its base shows',
        help: 'correct the name, or declare the field under [mapping.fields] of the suite',
      },
    ];
  });
}
