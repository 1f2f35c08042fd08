import type { SecretReference } from '../../rule/connectors.ts';
import type { JsonObject } from '../../text/json.ts';

/** A rule as the repository and the environment want it. */
export interface DesiredRule {
  readonly ruleId: string;
  readonly name: string;
  readonly path: string;
  /** The document of Kibana's API without our mark. Actions may still name their connector. */
  readonly document: JsonObject;
}

export interface DesiredItem {
  readonly itemId: string;
  readonly document: JsonObject;
}

export interface DesiredList {
  readonly listId: string;
  readonly namespace: 'single' | 'agnostic';
  readonly path: string;
  readonly document: JsonObject;
  readonly items: readonly DesiredItem[];
}

export interface DesiredValueList {
  readonly id: string;
  /** Elasticsearch type of the values: ip, keyword and so on. */
  readonly type: string;
  readonly path: string;
  /** Each once, sorted. */
  readonly values: readonly string[];
}

export interface DesiredConnector {
  /** Made of the space and the name (`connector-id.ts`). */
  readonly id: string;
  readonly name: string;
  readonly path: string;
  /** `connector_type_id` of Kibana's API. */
  readonly type: string;
  readonly config: JsonObject;
  /** By name of the secret: where its value comes from. */
  readonly secrets: ReadonlyMap<string, SecretReference>;
}

/** Everything that the repository wants in a space. */
export interface Desired {
  readonly rules: readonly DesiredRule[];
  /** Absent: the repository has no folder for them, so that those of the space are nobody's business. */
  readonly exceptionLists?: readonly DesiredList[];
  readonly valueLists?: readonly DesiredValueList[];
  readonly connectors?: readonly DesiredConnector[];
}
