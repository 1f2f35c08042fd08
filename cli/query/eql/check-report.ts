import type { Mapping } from '../../fields/mapping.ts';
import { span, type Span } from '../../text/span.ts';
import type { EqlDiagnostic, EqlErrorType } from './diagnostic.ts';
import type { EqlType } from './types.ts';

export interface EqlCheckOptions {
  /** Field of the event category; default `event.category`. */
  readonly eventCategoryField?: string;
  /** Stack version that the query is meant for, such as `9.4`. */
  readonly stack?: string;
}

interface Details {
  readonly errorType?: EqlErrorType;
  readonly why?: string;
  readonly help?: string;
  readonly label?: string;
  readonly severity?: 'error' | 'warning';
}

export const REFUSED = 'Elasticsearch refuses the whole query';

export const TYPE_NAMES: Readonly<Record<EqlType, string>> = {
  string: 'a string',
  integer: 'a whole number',
  decimal: 'a number',
  boolean: 'a boolean',
  ip: 'an IP address',
  date: 'a date',
  version: 'a version',
  null: 'null',
  unknown: 'unknown',
};

/** `did you mean a, b or c?` as members of a diagnostic; nothing where nothing comes near. */
export function meant(names: readonly string[]): { label?: string } {
  if (names.length === 0) return {};
  const last = names.at(-1) ?? '';
  return { label: `did you mean ${names.length === 1 ? last : `${names.slice(0, -1).join(', ')} or ${last}`}?` };
}

/** What the checks of one statement share: the mapping, the options, and what was found so far. */
export class CheckReport {
  readonly found: EqlDiagnostic[] = [];
  readonly mapping: Mapping;
  readonly options: EqlCheckOptions;

  constructor(mapping: Mapping, options: EqlCheckOptions) {
    this.mapping = mapping;
    this.options = options;
  }

  /** An error, unless it says otherwise, that Elasticsearch's verifier would raise, unless it says otherwise. */
  add(id: string, where: Span, message: string, details: Details = {}): void {
    const { errorType = 'verification_exception', severity = 'error', ...rest } = details;
    const why = rest.why ?? (severity === 'error' ? REFUSED : undefined);
    this.found.push({
      id,
      errorType,
      severity,
      span: span(where.start, where.end),
      message,
      ...rest,
      ...(why === undefined ? {} : { why }),
    });
  }
}
