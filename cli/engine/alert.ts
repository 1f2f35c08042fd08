import type { Event } from '../fields/event.ts';
import type { JsonObject } from '../text/json.ts';

/** One alert: the events that raised it and the fields that Kibana would write, as far as a test can ask for them. */
export interface Alert {
  readonly events: readonly Event[];
  /** Alert fields by dotted name, such as `kibana.alert.severity`; the source document's own fields are in the events. */
  readonly fields: JsonObject;
  /** Of a sequence: the fields that all its events have in common, which the alert carries; absent: those of the first. */
  readonly source?: JsonObject;
}
