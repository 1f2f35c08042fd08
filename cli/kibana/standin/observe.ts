import type { IncomingHttpHeaders } from 'node:http';
import type { Json } from '../../text/json.ts';
import type { Reply } from './route.ts';

/** A request that the stand-in read, and what it answers. Faults that a test injects come before and are none. */
export interface Exchange {
  readonly method: string;
  /** Without the space, such as `/api/detection_engine/rules`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** False: it was answered before its body was read. */
  readonly wasRead: boolean;
  /** Absent for an empty body and for a form. */
  readonly body: Json | undefined;
  /** True: a form with the part `file`. */
  readonly hasFile: boolean;
  readonly reply: Reply;
  /** The body as it goes out. */
  readonly text: string;
}

export type Observer = (exchange: Exchange) => void;

const observers = new Set<Observer>();

/** Shows every exchange of every stand-in of this process to the observer, before the answer goes out; returns its end. */
export function observe(observer: Observer): () => void {
  observers.add(observer);
  return () => void observers.delete(observer);
}

export function tellObservers(exchange: Exchange): void {
  for (const observer of observers) observer(exchange);
}
