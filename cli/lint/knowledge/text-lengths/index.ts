import { parseEql } from '../../../query/eql/parse.ts';
import { parseLucene } from '../../../query/lucene/parse.ts';
import { LuceneSyntax } from '../../../query/lucene/syntax.ts';
import type { Subject } from '../../check.ts';
import { kqlOf } from '../kql.ts';
import type { Demand, LimitOf } from './demand.ts';
import { eqlDemands } from './eql.ts';
import { filterDemands } from './filters.ts';
import { kqlDemands } from './kql.ts';
import { luceneDemands } from './lucene.ts';

/** What the query and the filters of a rule ask for beyond the limits, with places in the file. */
export function demandsOf(subject: Subject, limitOf: LimitOf): readonly Demand[] {
  const { file, body } = subject;
  // Few queries have a finding, and only those need the place of each character.
  const placed = ofQuery(subject, limitOf).map((one): Demand => {
    const span = file.text(['rule', 'query'])?.span(one.span) ?? file.valueSpan(['rule', 'query']);
    return { ...one, span };
  });
  const filters = (body.filters ?? []).flatMap((filter, at) =>
    filterDemands(filter, file.valueSpan(['rule', 'filters', at]), limitOf),
  );
  return [...placed, ...filters];
}

/** What cannot be read has a finding of its own. */
function ofQuery(subject: Subject, limitOf: LimitOf): readonly Demand[] {
  const { body } = subject;
  const text = body.query;
  if (text === undefined || text.trim() === '') return [];
  switch (body.language) {
    case 'eql': {
      const { statement } = parseEql(text);
      return statement === undefined ? [] : eqlDemands(statement, limitOf);
    }
    case 'kuery':
      return kqlDemands(kqlOf(subject)?.nodes ?? [], limitOf);
    case 'lucene':
      return ofLucene(text, limitOf);
    default:
      return [];
  }
}

function ofLucene(text: string, limitOf: LimitOf): readonly Demand[] {
  try {
    return luceneDemands(parseLucene(text), limitOf);
  } catch (error) {
    if (error instanceof LuceneSyntax) return [];
    throw error;
  }
}
