import type { Diagnostic } from '../../text/diagnostic.ts';

/** How Elasticsearch would refuse the query; Kibana treats a verification_exception as a user error. */
export type EqlErrorType =
  'parsing_exception' | 'verification_exception' | 'ql_illegal_argument_exception' | 'planning_exception';

export interface EqlDiagnostic extends Diagnostic {
  readonly errorType: EqlErrorType;
}
