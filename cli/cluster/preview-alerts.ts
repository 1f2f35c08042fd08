import { compileGetter } from '../fields/values/getter.ts';
import { isJsonObject, own, type Json, type JsonObject } from '../text/json.ts';
import { searchPage, type Hit, type SearchPage } from './answers.ts';
import type { Cluster } from './client.ts';
import { RemoteError } from '../remote/remote-error.ts';

/** An event by the names that Elasticsearch has for it. */
export interface SourceRef {
  readonly index: string;
  readonly id: string;
}

/** An alert that a preview made, as far as it can be compared. */
export interface PreviewAlert {
  readonly id: string;
  /** Simulated start of the run that made it. */
  readonly at: string;
  /** The events that raised it, in order; of a suppressing rule the first of its group. */
  readonly events: readonly SourceRef[];
  readonly severity?: string;
  readonly riskScore?: number;
  readonly ruleName?: string;
  /** Of a suppressed alert: the values that its group has in common, and how many events were folded into it. */
  readonly terms?: Json;
  readonly folded?: number;
}

export interface PreviewAlerts {
  /** Alerts that count: without the building blocks of sequences. At most as many as were asked for. */
  readonly alerts: readonly PreviewAlert[];
  /** Documents of the preview, building blocks included. */
  readonly total: number;
  /** False: there are more than were read. */
  readonly whole: boolean;
  /** False: the space has no index of previews, as before its first one that finds something. */
  readonly indexed: boolean;
}

const PAGE = 1000;

const FIELDS = [
  '@timestamp', 'kibana.alert.ancestors', 'kibana.alert.depth', 'kibana.alert.group', 'kibana.alert.severity',
  'kibana.alert.risk_score', 'kibana.alert.rule.name', 'kibana.alert.suppression',
]; // prettier-ignore

const getter = (name: string): ((hit: Hit) => Json | undefined) => {
  const get = compileGetter(name);
  return ({ source }) => get(source).find((value) => value !== null);
};
const GROUP_INDEX = getter('kibana.alert.group.index');
const TIME = getter('@timestamp');
const SEVERITY = getter('kibana.alert.severity');
const RISK_SCORE = getter('kibana.alert.risk_score');
const RULE_NAME = getter('kibana.alert.rule.name');
const FOLDED = getter('kibana.alert.suppression.docs_count');
const ancestorsOf = compileGetter('kibana.alert.ancestors', { objects: true });
const termsOf = compileGetter('kibana.alert.suppression.terms', { objects: true });

const refOf = (ancestor: JsonObject): SourceRef => {
  const [index, id] = [own(ancestor, 'index'), own(ancestor, 'id')];
  return { index: typeof index === 'string' ? index : '', id: typeof id === 'string' ? id : '' };
};

/**
 * The events behind an alert. A plain alert's source is its last ancestor. That of a sequence has, for each event, the
 * ancestors of its building block and then the block itself, which has no index
 * (kibana: rule_types/eql/build_alert_group_from_sequence.ts).
 */
function eventsOf({ source }: Hit): readonly SourceRef[] {
  const ancestors = ancestorsOf(source).filter(isJsonObject);
  const blocks = ancestors.flatMap((one, at) => {
    const before = ancestors[at - 1];
    return own(one, 'index') === '' && before !== undefined ? [refOf(before)] : [];
  });
  const last = ancestors.at(-1);
  return blocks.length > 0 ? blocks : last === undefined ? [] : [refOf(last)];
}

function alertOf(hit: Hit): PreviewAlert {
  const [at, severity, riskScore, ruleName, folded] = [TIME(hit), SEVERITY(hit), RISK_SCORE(hit), RULE_NAME(hit), FOLDED(hit)]; // prettier-ignore
  const terms = termsOf(hit.source).filter(isJsonObject);
  return {
    id: hit.id,
    at: typeof at === 'string' ? at : '',
    events: eventsOf(hit),
    ...(typeof severity === 'string' ? { severity } : {}),
    ...(typeof riskScore === 'number' ? { riskScore } : {}),
    ...(typeof ruleName === 'string' ? { ruleName } : {}),
    ...(terms.length === 0 ? {} : { terms }),
    ...(typeof folded === 'number' ? { folded } : {}),
  };
}

/** Alias of the alerts of previews of a space. */
export const previewIndex = (space: string): string => `.preview.alerts-security.alerts-${space}`;

/**
 * Makes the alerts of a preview findable, which Kibana does not (kibana: rule_preview writes without a refresh). A key that
 * may only read is refused; then the index's own refresh is waited for with `sleep`.
 */
export async function settlePreview(
  cluster: Cluster,
  space: string,
  sleep: (milliseconds: number) => Promise<void>,
): Promise<void> {
  const path = `/${encodeURIComponent(previewIndex(space))}/_refresh`;
  const { status } = await cluster.request({ method: 'POST', path, accept: [403, 404, 405] });
  if (status === 403 || status === 405) await sleep(REFRESH);
}

/** Twice `index.refresh_interval` as it stands by default. */
const REFRESH = 2000;

/** The alerts of a preview, oldest run first. At most `most` documents are read. */
export async function readPreviewAlerts(
  cluster: Cluster,
  space: string,
  previewId: string,
  most: number,
): Promise<PreviewAlerts> {
  const alerts: PreviewAlert[] = [];
  let read = 0;
  let total = 0;
  for (let after: readonly Json[] | undefined; ;) {
    let page: SearchPage;
    try {
      page = await searchPage(cluster, {
        method: 'POST',
        path: `/${encodeURIComponent(previewIndex(space))}/_search`,
        body: {
          size: Math.min(PAGE, most - read),
          track_total_hits: true,
          query: { bool: { filter: [{ term: { 'kibana.alert.rule.uuid': previewId } }] } },
          sort: [{ '@timestamp': 'asc' }, { 'kibana.alert.uuid': 'asc' }],
          _source: FIELDS,
          ...(after === undefined ? {} : { search_after: after }),
        },
      });
    } catch (error) {
      if (error instanceof RemoteError && error.status === 404 && isMissingIndex(error.body))
        return { alerts: [], total: 0, whole: true, indexed: false };
      throw error;
    }
    total = page.total;
    read += page.hits.length;
    alerts.push(...page.hits.filter((hit) => GROUP_INDEX(hit) === undefined).map(alertOf));
    after = page.hits.at(-1)?.sort;
    if (after === undefined || after.length === 0 || read >= total || read >= most) break;
  }
  return { alerts, total, whole: read >= total, indexed: true };
}

function isMissingIndex(body: Json | undefined): boolean {
  const error = isJsonObject(body) ? own(body, 'error') : undefined;
  return isJsonObject(error) && own(error, 'type') === 'index_not_found_exception';
}
