import type { Prediction, ScheduledAlert } from '../engine/scheduled-runs.ts';
import { elements, isJsonObject, own, type Json } from '../text/json.ts';
import type { PreviewAlert, SourceRef } from './preview-alerts.ts';

/** A member in which an alert that both sides have differs. */
export interface AlertDifference {
  readonly field: string;
  readonly predicted: Json;
  readonly kibana: Json;
}

/** An alert, or of a suppressing rule a group, on both sides or on one. */
export interface ComparedAlert {
  readonly outcome: 'agrees' | 'differs' | 'only in Kibana' | 'only predicted';
  /** Events behind it; of a group, those that are known. */
  readonly events: readonly SourceRef[];
  /** ISO 8601, start of the run: the one in which Kibana made it, or where only we have it, the one in which we expected it. */
  readonly at?: string;
  /** Of a group: field and value of what its events have in common. */
  readonly terms?: Json;
  readonly differences: readonly AlertDifference[];
}

export interface Comparison {
  /** What differs first, then what only one side has, then what agrees; each in the order of Kibana's runs. */
  readonly alerts: readonly ComparedAlert[];
  readonly agree: number;
  readonly differ: number;
  readonly onlyInKibana: number;
  readonly onlyPredicted: number;
  /** Alerts of Kibana, or groups of them, and those predicted. */
  readonly kibana: number;
  readonly predicted: number;
}

/** One side's alert with what it is known by. */
interface Side {
  readonly key: string;
  readonly events: readonly SourceRef[];
  readonly at?: string;
  readonly terms?: Json;
  /** What is compared where both have it. */
  readonly members: Readonly<Record<string, Json>>;
}

const refs = (alert: ScheduledAlert): readonly SourceRef[] => alert.events.map(({ index, id }) => ({ index, id }));

const keyOfEvents = (events: readonly SourceRef[]): string =>
  JSON.stringify(events.map(({ index, id }) => [index, id]));

const keyOfTerms = (terms: Json): string =>
  JSON.stringify(
    elements(terms).map((one) => (isJsonObject(one) ? [own(one, 'field') ?? null, own(one, 'value') ?? null] : one)),
  );

const member = (name: string, value: Json | undefined): Readonly<Record<string, Json>> =>
  value === undefined ? {} : { [name]: value };

function predictedSide(alert: ScheduledAlert, grouped: boolean): Side {
  const events = refs(alert);
  const terms = grouped ? alert.fields['kibana.alert.suppression.terms'] : undefined;
  if (terms !== undefined)
    return { key: keyOfTerms(terms), events, terms, members: { 'events in the group': events.length } };
  return {
    key: keyOfEvents(events),
    events,
    ...(alert.start === undefined ? {} : { at: new Date(alert.start).toISOString() }),
    members: {
      ...member('kibana.alert.severity', alert.fields['kibana.alert.severity']),
      ...member('kibana.alert.risk_score', alert.fields['kibana.alert.risk_score']),
      ...member('kibana.alert.rule.name', alert.fields['kibana.alert.rule.name']),
    },
  };
}

/** The alerts of Kibana; with `grouped` those of one group together, over all runs. */
function kibanaSides(alerts: readonly PreviewAlert[], grouped: boolean): readonly Side[] {
  const groups = new Map<string, { readonly first: PreviewAlert; events: number }>();
  const alone: Side[] = [];
  for (const alert of alerts) {
    if (!grouped || alert.terms === undefined) {
      alone.push({
        key: keyOfEvents(alert.events),
        events: alert.events,
        at: alert.at,
        members: {
          ...member('kibana.alert.severity', alert.severity),
          ...member('kibana.alert.risk_score', alert.riskScore),
          ...member('kibana.alert.rule.name', alert.ruleName),
        },
      });
      continue;
    }
    const key = keyOfTerms(alert.terms);
    const events = 1 + (alert.folded ?? 0);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: alert, events });
    else group.events += events;
  }
  return [
    ...alone,
    ...[...groups].map(([key, { first, events }]): Side => ({
      key,
      events: first.events,
      at: first.at,
      ...(first.terms === undefined ? {} : { terms: first.terms }),
      members: { 'events in the group': events },
    })),
  ];
}

const RANK = { differs: 0, 'only in Kibana': 1, 'only predicted': 2, agrees: 3 } as const;

/**
 * Kibana's alerts and the predicted ones, matched by the events behind them; those of a suppressing rule by the group that
 * they stand for, since in which run an event is counted says nothing about the rule.
 */
export function compareAlerts(alerts: readonly PreviewAlert[], prediction: Prediction): Comparison {
  const { grouped } = prediction;
  const kibana = kibanaSides(alerts, grouped);
  const predicted = prediction.alerts.map((one) => predictedSide(one, grouped));
  const open = new Map<string, Side[]>();
  for (const side of predicted) open.set(side.key, [...(open.get(side.key) ?? []), side]);
  const found = kibana.map((side): ComparedAlert => {
    const other = open.get(side.key)?.shift();
    if (other === undefined) return described('only in Kibana', side, []);
    const differences = Object.keys(other.members).flatMap((field): AlertDifference[] => {
      const [ours, theirs] = [other.members[field], side.members[field]];
      return ours === undefined || theirs === undefined || ours === theirs
        ? []
        : [{ field, predicted: ours, kibana: theirs }];
    });
    return described(differences.length === 0 ? 'agrees' : 'differs', side, differences);
  });
  const left = [...open.values()].flat().map((side) => described('only predicted', side, []));
  const sorted = [...found, ...left].sort((a, b) => RANK[a.outcome] - RANK[b.outcome]);
  const count = (outcome: ComparedAlert['outcome']): number => sorted.filter((one) => one.outcome === outcome).length;
  return {
    alerts: sorted,
    agree: count('agrees'),
    differ: count('differs'),
    onlyInKibana: count('only in Kibana'),
    onlyPredicted: count('only predicted'),
    kibana: kibana.length,
    predicted: predicted.length,
  };
}

const described = (
  outcome: ComparedAlert['outcome'],
  { events, at, terms }: Side,
  differences: readonly AlertDifference[],
): ComparedAlert => ({
  outcome,
  events,
  ...(at === undefined ? {} : { at }),
  ...(terms === undefined ? {} : { terms }),
  differences,
});
