import { createHash } from 'node:crypto';
import { alertOf } from '../../../engine/alert-fields.ts';
import type { ScheduledAlert } from '../../../engine/scheduled-runs.ts';
import type { Event } from '../../../fields/event.ts';
import type { Rule } from '../../../rule/rule.ts';
import { elements, type Json, type JsonObject } from '../../../text/json.ts';

/** Of which preview the documents are, and where they are stored. */
export interface PreviewPlace {
  readonly previewId: string;
  readonly index: string;
}

const idOf = (...parts: readonly string[]): string => createHash('sha256').update(parts.join('\0')).digest('hex');

function document(id: string, at: string, fields: JsonObject, source: JsonObject, { previewId, index }: PreviewPlace): Event {
  return {
    index,
    id,
    ordinal: 0,
    source: {
      ...source,
      ...fields,
      '@timestamp': at,
      'kibana.alert.uuid': id,
      'kibana.alert.start': at,
      'kibana.alert.rule.uuid': previewId,
      'kibana.alert.rule.execution.type': 'manual',
    },
  };
} // prettier-ignore

/**
 * An alert as Kibana stores it: one document, or for a sequence a building block for each event and the alert over them, whose
 * ancestors are, block by block, those of the block and then the block without an index.
 */
export function alertDocuments(rule: Rule, alert: ScheduledAlert, at: string, place: PreviewPlace): readonly Event[] {
  const key = alert.events.map(({ index, id }) => `${index}\0${id}`).join('\0');
  const id = idOf(place.previewId, key, at);
  if (alert.source === undefined) return [document(id, at, alert.fields, alert.events[0]?.source ?? {}, place)];
  const blocks = alert.events.map((event, stage) => {
    const { fields } = alertOf(rule, [event]);
    const more = { 'kibana.alert.group.id': id, 'kibana.alert.group.index': stage, 'kibana.alert.building_block_type': 'default' }; // prettier-ignore
    return document(idOf(id, String(stage)), at, { ...fields, ...more }, event.source, place);
  });
  const ancestors = blocks.flatMap((block): Json[] => [
    ...elements(block.source['kibana.alert.ancestors']),
    { id: block.id, type: 'signal', index: '', depth: 1, rule: place.previewId },
  ]);
  const fields = { ...alert.fields, 'kibana.alert.ancestors': ancestors, 'kibana.alert.group.id': id };
  return [...blocks, document(id, at, fields, alert.source, place)];
}
