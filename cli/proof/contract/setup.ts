import { afterAll, afterEach } from 'vitest';
import { theWatch } from './watch.ts';

/** With a contract at hand, a test whose exchanges with a stand-in break it fails. */
const watch = theWatch();
if (watch !== undefined) {
  const check = (): void => {
    const found = watch.take();
    if (found.length > 0) throw new Error(`not as Kibana's contract has it:\n  ${found.join('\n  ')}`);
  };
  afterEach(check);
  afterAll(check);
}
