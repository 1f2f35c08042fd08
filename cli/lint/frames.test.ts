import { describe, expect, it } from 'vitest';
import { frame } from '../text/frame.ts';
import { SourceFile } from '../text/source-file.ts';
import { GOOD_PATH, lintTexts, ruleText } from './test-kit.ts';

/** What a person sees below the headline of the one finding in a rule. */
function drawn(text: string): string {
  const found = lintTexts({ [GOOD_PATH]: text });
  return found
    .map(({ id, span, label }) =>
      [
        id,
        ...frame(new SourceFile(GOOD_PATH, text), [
          label === undefined ? { span, primary: true } : { span, primary: true, message: label },
        ]),
      ].join('\n'),
    )
    .join('\n');
}

describe('frames of findings', () => {
  it('mark the value that is wrong', () => {
    expect(drawn(ruleText({ from: 'now-5m' }))).toMatchInlineSnapshot(`
      "timing/lookback-short
       9 | description = "Finds that the history of a shell was emptied."
      10 | from = "now-5m"
         |        ^^^^^^^^ every 5m over the last 5m"
    `);
    expect(drawn(ruleText({ risk_score: 73 }))).toMatchInlineSnapshot(`
      "rule/severity-risk-score
      25 | """
      26 | risk_score = 73
         |              ^^ low is 0 to 21"
    `);
  });

  it('mark one element of a list', () => {
    expect(drawn(ruleText({ index: ['logs-endpoint.events.process*', 'endgame-*'] }))).toMatchInlineSnapshot(`
      "tags/data-source
      10 | from = "now-9m"
      11 | index = [ "logs-endpoint.events.process*", "endgame-*" ]
         |                                            ^^^^^^^^^^^ searched here"
    `);
  });

  it('mark the characters inside of a query, in whatever string it stands', () => {
    const query = 'process where host.os.type == "linux" and process.nme == "bash"';
    const written = [`'''\n${query}\n'''`, `"""\n${query}\n"""`, `'${query}'`, JSON.stringify(query)];
    expect(
      written
        .map((one) => drawn(ruleText().replace(/^query = (?:"""[^]*?"""|".*")$/m, () => `query = ${one}`)))
        .join('\n\n'),
    ).toMatchInlineSnapshot(`
      "query/unknown-field
      23 | query = '''
      24 | process where host.os.type == "linux" and process.nme == "bash"
         |                                           ^^^^^^^^^^^ did you mean process.name?

      query/unknown-field
      23 | query = """
      24 | process where host.os.type == "linux" and process.nme == "bash"
         |                                           ^^^^^^^^^^^ did you mean process.name?

      query/unknown-field
      22 | """
      23 | query = 'process where host.os.type == "linux" and process.nme == "bash"'
         |                                                    ^^^^^^^^^^^ did you mean process.name?

      query/unknown-field
      22 | """
      23 | query = "process where host.os.type == \\"linux\\" and process.nme == \\"bash\\""
         |                                                      ^^^^^^^^^^^ did you mean process.name?"
    `);
  });

  it('mark a line of the guide', () => {
    expect(drawn(ruleText({ note: '## Triage and analysis\n\n### Investigating Root Logins\n' })))
      .toMatchInlineSnapshot(`
      "guide/rule-name
      19 | ### Investigating Root Logins
         | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^"
    `);
  });
});
