import type { Severity } from '../text/diagnostic.ts';
import type { IdEntry } from './check.ts';

const entry = (id: string, severity: Severity, summary: string): IdEntry => ({ id, severity, summary });

/**
 * Ids that do not come from a check but from reading: of files, TOML, schemas, queries, suites, events, suppressions.
 * The severity is the usual one; where a fault can be more or less grave, the finding itself has the last word.
 */
export const readings: readonly IdEntry[] = [
  entry('file/not-readable', 'error', 'A rule file is a plain file that can be read.'),
  entry('file/not-followed', 'error', 'Links in the folder of the rules lead to files of the repository.'),
  entry('file/not-text', 'error', 'A rule file is text in UTF-8.'),
  entry('file/too-large', 'error', 'A rule file has at most 10 MiB.'),

  entry('toml/syntax', 'error', 'A rule file is TOML.'),
  entry('toml/duplicate-key', 'error', 'No key is defined twice.'),

  entry('schema/unknown-key', 'error', 'Every key is one that its table has.'),
  entry('schema/missing-key', 'error', 'Every required key is there.'),
  entry('schema/wrong-type', 'error', 'Every value is of the type that its key takes.'),
  entry('schema/bad-value', 'error', 'Every value is one that its key allows.'),

  entry('publish/connector', 'error', 'Every connector that an action names can be told.'),
  entry('publish/default-list', 'error', 'A list of type rule_default belongs to one rule.'),
  entry('publish/environment', 'error', 'Values of a connector are for environments that there are.'),
  entry('publish/list-id', 'error', 'Kibana can find an exception list and its items by their ids.'),
  entry('publish/literal-secret', 'error', 'No file of a connector holds a secret.'),
  entry('publish/meta', 'error', 'Exception lists and items have no meta, which Elasticsearch refuses.'),
  entry('publish/override', 'error', 'What an environment sets has an effect.'),
  entry('publish/override-unused', 'warning', 'Every override of an environment fits some rule.'),
  entry('publish/rule-id', 'error', 'Kibana can find a rule by its rule_id.'),
  entry('publish/same-id', 'error', 'No two lists, items or connectors have the same id or name.'),
  entry('publish/value-list', 'error', 'A value list says its id and type, and its values fit.'),

  entry('query/syntax', 'error', 'The query parses.'),
  entry('query/unknown-field', 'error', "Every field of the query is in the rule's indices."),
  entry('query/unknown-function', 'error', 'Every function of the query exists.'),
  entry('query/wrong-arguments', 'error', 'Functions get the arguments that they take.'),
  entry('query/type-mismatch', 'error', 'Values fit the type of the field they are compared with.'),
  entry('query/field-not-usable', 'error', 'Every field is of a type that the language can use at this place.'),
  entry('query/not-plannable', 'error', 'Elasticsearch can make a plan of the query.'),
  entry('query/unsupported', 'error', 'The query has no construct that cannot be run offline.'),
  entry('query/fails', 'error', 'The search does not fail.'),
  entry('query/pattern-in-constant', 'warning', 'No value has wildcards where they stand for themselves.'),
  entry('query/until-missing', 'warning', 'The condition that ends a sequence is not negated, which would be ignored.'),
  entry(
    'query/missing-key-condition',
    'warning',
    'No condition on a join key stands in a missing event, where older stacks narrow the whole sequence by it.',
  ),
  entry('query/quoted-wildcard', 'warning', 'No wildcard stands in quotes, where it is an ordinary character.'),

  entry('suppression/invalid', 'error', 'Every comment that holds back findings names known ids and a reason.'),
  entry('suppression/unused', 'warning', 'Every comment that holds back findings has something to hold back.'),
  entry('suppression/expired', 'warning', 'No comment that holds back findings is past its day.'),

  entry('suite/missing', 'error', 'Every rule has a suite.'),
  entry('suite/missing-positive', 'error', 'Every suite has events that have to raise an alert.'),
  entry('suite/missing-negative', 'error', 'Every suite has events that must not raise an alert.'),
  entry('suite/unused-file', 'error', 'Every file of a suite is used.'),
  entry('suite/unknown-case', 'error', 'Every case or fixture that a suite names exists.'),
  entry('suite/no-kind', 'error', 'Every case is positive or negative.'),
  entry('suite/unset-missing', 'error', 'A field that a case takes out is in its base event.'),
  entry('suite/duplicate-case', 'error', 'No two cases of a suite share a name.'),
  entry('suite/set-same', 'error', 'A field that a case sets has another value in its base event.'),
  entry('suite/set-unknown', 'warning', 'A field that a case sets is in its base event or in the mapping.'),
  entry('suite/no-events', 'error', 'Every case names the events that it runs over.'),
  entry('suite/contradiction', 'error', 'No case expects the opposite of its kind.'),
  entry('suite/unknown-alert-field', 'error', 'Every alert field that a case asks for is computed.'),
  entry('suite/bad-clock', 'error', 'The clock of a suite is an instant with a zone.'),
  entry('suite/bad-mapping', 'error', 'Every field that a suite declares is of a known type.'),
  entry('suite/event-refused', 'error', 'Every event of a case is one that Elasticsearch takes.'),
  entry('suite/value-refused', 'warning', 'Every value of an event is one that its field takes.'),
  entry('suite/no-rule', 'error', 'Every suite belongs to a rule.'),

  entry('test/failed', 'error', 'Every case of a suite comes out as expected.'),

  entry('engine/data-view-unknown', 'warning', 'The indices of the rule are written in its file.'),
  entry('engine/exceptions-not-applied', 'warning', 'No exception list can take away what the tests show.'),
  entry('engine/saved-query-not-read', 'warning', 'The query that is tested is the one that Kibana runs.'),

  entry('events/json-syntax', 'error', 'Event files are JSON.'),
  entry('events/duplicate-key', 'error', 'No key stands twice in an object of an event.'),
  entry('events/no-source', 'error', 'Every hit carries its document.'),
  entry('events/not-text', 'error', 'Event files are text in UTF-8.'),
  entry('events/empty', 'error', 'Event files hold at least one event.'),
  entry('events/refused', 'warning', 'Every event that a rule finds is one that Elasticsearch takes.'),
  entry('events/not-an-object', 'error', 'Every event is a JSON object.'),
  entry('events/not-readable', 'error', 'Event files can be read and unpacked.'),
  entry('events/too-large', 'error', 'Event files have a size that a test can hold.'),
];
