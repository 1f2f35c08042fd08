import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { observe, type Exchange } from '../../kibana/standin/index.ts';
import type { Json } from '../../text/json.ts';
import { object } from '../json.ts';
import { Contract, inWords } from './contract.ts';
import { isKnown } from './known.ts';

/** Sees every exchange of the stand-ins of this process and keeps what breaks the contract. */
export class Watch {
  readonly #path: string;
  #contract: Contract | undefined;
  readonly #found = new Set<string>();
  readonly end: () => void;

  /** `path` of the OpenAPI document; it is read at the first exchange. */
  constructor(path: string) {
    this.#path = path;
    this.end = observe((exchange) => this.#look(exchange));
  }

  #look(exchange: Exchange): void {
    try {
      this.#contract ??= new Contract(object(parse(readFileSync(this.#path, 'utf8')) as Json));
      const fromClient = exchange.headers['user-agent']?.startsWith('dac/') === true;
      for (const one of this.#contract.violations(exchange, fromClient))
        if (!isKnown(one)) this.#found.add(inWords(one));
    } catch (error) {
      this.#found.add(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  }

  /** What was found since the last call. */
  take(): readonly string[] {
    const found = [...this.#found];
    this.#found.clear();
    return found;
  }
}

let watch: Watch | undefined;

/** The one watch of this process, if the environment names a contract. */
export function theWatch(): Watch | undefined {
  const path = process.env['DAC_KIBANA_CONTRACT'];
  if (path !== undefined && path !== '') watch ??= new Watch(path);
  return watch;
}
