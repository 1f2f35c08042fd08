import { describe, expect, it } from 'vitest';
import { frame } from '../../text/frame.ts';
import { SourceFile } from '../../text/source-file.ts';
import { parseEql, parseEqlExpression } from './parse.ts';

/** What is said about a query: the marked text, the message, and the hint with its help. */
const said = (query: string): readonly (readonly [string, string, string])[] =>
  parseEql(query).diagnostics.map(({ span, message, label, help }) => [
    query.slice(span.start, span.end),
    message,
    [label, help].filter((one) => one !== undefined).join('; '),
  ]);

type Rows = readonly (readonly [query: string, faults: readonly (readonly [string, string, string])[]])[];

const FAULTS: Rows = [
  ['', [['', 'the query is empty', 'write a category and a condition: process where process.name == "cmd.exe"']]],
  [
    '   // only a comment',
    [
      [
        '   // only a comment',
        'the query is empty',
        'write a category and a condition: process where process.name == "cmd.exe"',
      ],
    ],
  ],
  [
    'process',
    [
      [
        '',
        '"where" is expected behind the category, not the end of the query',
        'an event query is: category where condition',
      ],
    ],
  ],
  [
    'process wher a == 1',
    [
      [
        'wher',
        '"where" is expected behind the category, not "wher"',
        'did you mean where?; an event query is: category where condition',
      ],
    ],
  ],
  [
    'process WHERE a == 1',
    [['WHERE', '"where" is expected behind the category, not "WHERE"', 'keywords are lower case: where']],
  ],
  [
    'process a == 1',
    [['a', '"where" is expected behind the category, not "a"', 'an event query is: category where condition']],
  ],
  [
    'process.name == "cmd.exe"',
    [
      [
        '.',
        'the query begins with a condition, without a category',
        'write the category in front: process where …; "any where …" takes every category',
      ],
    ],
  ],
  [
    '`process` where true',
    [
      [
        '`process`',
        'an event category is expected, not "process"',
        'a category takes double quotes, not back quotes: "process" where …',
      ],
    ],
  ],
  [
    'where a == 1',
    [
      [
        'where',
        'an event category is expected, not "where"',
        'write the category and "where": process where …; "any where …" takes every category',
      ],
    ],
  ],
  [
    'sequence where true',
    [
      ['sequence', 'the sequence has no terms', 'write at least two: sequence [a where …] [b where …]'],
      ['where', '"where" is not expected here', 'a category that is a keyword takes double quotes: "sequence" where …'],
    ],
  ],
  [
    'process where',
    [['', 'the query ends where a condition is expected', 'a condition compares a field: process.name == "cmd.exe"']],
  ],
  [
    'process where and a == 1',
    [['and', 'a condition is missing before "and"', 'a condition compares a field: process.name == "cmd.exe"']],
  ],
  [
    'process where a = 1',
    [['=', '"=" does not compare', 'write "==" for equal, or ":" for equal without regard to case']],
  ],
  ['process where a == 1 b == 2', [['b', '"b" is not expected here', 'join conditions with "and" or "or"']]],
  ['process where a == 1 AND b == 2', [['AND', '"AND" is not a keyword', 'keywords are lower case: and']]],
  [
    'process where a == 1 && b == 2 || c == 3',
    [
      ['&&', '"&&" is not an operator', 'write "and"'],
      ['||', '"||" is not an operator', 'write "or"'],
    ],
  ],
  ['process where !a == 1', [['!', '"!" is not an operator', 'write "not"']]],
  ['process where a <> 1', [['<>', '"<>" is not an operator', 'write "!="']]],
  ['process where a === 1', [['===', '"===" is not an operator', 'write "=="']]],
  ['process where a == b == c', [['==', 'comparisons cannot be chained', 'write "a < b and b < c"']]],
  [
    'process where a contains "x"',
    [['contains', '"contains" is not expected here', 'write stringContains(field, "…"), or field : "*…*"']],
  ],
  ['process where a is null', [['is', '"is" is not expected here', 'write field == null, or field != null']]],
  [
    'process where a lik "x"',
    [['lik', '"lik" is not expected here', 'did you mean like?; join conditions with "and" or "or"']],
  ],
  [
    'process where a : b',
    [
      [
        'b',
        'the right side of ":" has to be a string, not a field',
        'put the text in double quotes; fields are compared inside functions, such as startsWith~(a, b)',
      ],
    ],
  ],
  [
    'process where a : *',
    [
      [
        '*',
        '":" needs a string behind it, not "*"',
        'write a string in double quotes, or a list of them in parentheses',
      ],
    ],
  ],
  ['process where a :~ "x"', [['~', '":" has no variant with "~"', 'take the "~" out: ":" ignores case already']]],
  [
    'process where a not like "x"',
    [['not like', '"not" does not stand before "like"', 'write "not field like …" with "not" in front']],
  ],
  ['process where a !: "x"', [['!:', '"!:" is not an operator', 'write "not field : …"']]],
  ['process where a in "x"', [['"x"', '"in" needs a list in parentheses, not a string', 'write in ("a", "b")']]],
  ['process where a in ()', [['()', 'the list is empty', 'put at least one value between the parentheses']]],
  [
    'process where a in ("x" "y",)',
    [
      [
        '"y"',
        'an operator is missing before a string',
        'write "==", ":" or "and" between them; values of a list take commas',
      ],
      [',', 'a comma without a value behind it', 'take the comma out, or add the value'],
    ],
  ],
  ['process where a in ("x", "y"', [['(', 'the parenthesis is not closed', 'add the closing parenthesis']]],
  ['process where (a == 1', [['(', 'the parenthesis is not closed', 'add the closing parenthesis']]],
  ['process where a == 1)', [[')', '")" closes nothing', 'take it out, or add the opening one']]],
  [
    'process where a[0] == 1',
    [['[', 'array indexes are not supported', 'a comparison is true if any value of the field satisfies it']],
  ],
  [
    'process where event.sequence == 1',
    [
      [
        'sequence',
        '"sequence" is a keyword and no name',
        'a name that is a keyword takes back quotes: event.`sequence`',
      ],
    ],
  ],
  [
    'process where sequence == 1',
    [
      [
        'sequence',
        '"sequence" is a keyword and no condition',
        'a name that is a keyword takes back quotes: `sequence`',
      ],
    ],
  ],
  [
    'process where child of [file where true]',
    [['child of', 'process relationships are not supported', 'join the events in a sequence by process.entity_id']],
  ],
  [
    `process where a == 'x'`,
    [[`'x'`, 'strings take double quotes, not single ones', 'write "…", or """…""" to keep backslashes as they are']],
  ],
  ['process where a == ?"x"', [['?"x"', '?" no longer begins a raw string', 'use triple double quotes: """…"""']]],
  [
    'process where a == "C:\\Users\\"',
    [
      [
        '"C:\\Users\\"',
        'the string has no end',
        'the backslash before the last quote escapes it: write \\\\ for a backslash, or a raw string: """…"""',
      ],
      ['\\U', '\\U is not an escape', 'write \\\\U for a backslash, or a raw string: """…"""'],
    ],
  ],
  [
    'process where a == "\\d"',
    [['\\d', '\\d is not an escape', 'write \\\\d for a backslash, or a raw string: """…"""']],
  ],
  [
    'process where a == "\\u{D800}" and b == "\\uad12" and c == "\\u{1}"',
    [
      ['\\u{D800}', 'U+D800 is half of a surrogate pair, not a character', 'write the character itself in one escape'],
      ['\\u', 'a Unicode escape is written \\u{…}', 'put 2 to 8 hexadecimal digits in braces, such as \\u{e9}'],
      ['\\u{1}', 'a Unicode escape takes 2 to 8 hexadecimal digits', 'such as \\u{0d} or \\u{1f600}'],
    ],
  ],
  ['process where a == "x', [['"x', 'the string has no end', 'close it with a double quote on the same line']]],
  ['process where a == """x', [['"""x', 'the raw string has no end', 'close it with """ on the same line']]],
  ['process where `a == 1', [['`a == 1', 'the quoted name has no end', 'close it with a back quote']]],
  [
    'process where /* x',
    [
      ['/*', 'the comment has no end', 'close it with */'],
      ['', 'the query ends where a condition is expected', 'a condition compares a field: process.name == "cmd.exe"'],
    ],
  ],
  [
    'process where a == 1 #',
    [
      [
        '#',
        'unexpected character "#"',
        'names with other characters than letters, digits, "_" and "." take back quotes',
      ],
    ],
  ],
  [
    'process where a == 1 ; b',
    [
      [
        ';',
        'unexpected character ";"',
        'names with other characters than letters, digits, "_" and "." take back quotes',
      ],
      ['b', '"b" is not expected here', 'join conditions with "and" or "or"'],
    ],
  ],
  ['process where f(a b)', [['b', '"b" is not expected here', 'join conditions with "and" or "or"']]],
  ['process where f(a,)', [[',', 'a comma without a value behind it', 'take the comma out, or add the value']]],
  [
    'process where a == 1 | heat 5',
    [['heat', 'there is no pipe "heat"', 'did you mean head?; the pipes are head and tail']],
  ],
  [
    'process where true | count',
    [['count', 'pipe "count" is not supported', 'the pipes are head and tail; for counts use a threshold rule']],
  ],
  ['process where true | head', [['head', 'pipe "head" takes one whole number', 'write: | head 10']]],
  ['process where true | head -1', [['-1', 'pipe "head" takes one whole number', 'write: | head 10']]],
  ['process where true | head 2 - 3', [['2 - 3', 'pipe "head" takes one whole number', 'write: | head 10']]],
  ['process where true | head 1 / 0', [['1 / 0', 'pipe "head" takes one whole number', 'write: | head 10']]],
  ['process where true | head 6.0 / 2', [['6.0 / 2', 'pipe "head" takes one whole number', 'write: | head 10']]],
  ['process where true | tail 2147483648', [['2147483648', 'pipe "tail" takes one whole number', 'write: | tail 10']]],
  ['process where true | tail pid', [['pid', 'pipe "tail" takes one whole number', 'write: | tail 10']]],
  ['process where true | head 1, 2', [['1, 2', 'pipe "head" takes one whole number', 'write: | head 10']]],
  [
    'sample by a [x where true] [y where true] | head 2 | tail 1',
    [['| head 2', 'a sample takes no pipe', 'take it out; max_signals limits what a rule reports']],
  ],
  [
    `sample by a${' [x where true]'.repeat(6)}`,
    [['[', 'the sample has 6 terms, 5 are allowed', 'join conditions on one event with "and", or write two rules']],
  ],
  [
    'sample by a, ?b, a [x where true] [y where true]',
    [['a', 'a is a key of this sample twice', 'a sample takes each field once; take one out']],
  ],
  [
    'sample by a, b [x where true] by ?a [y where true] by c',
    [['?a', 'a is a key of this sample twice', 'a sample takes each field once; take one out']],
  ],
  [
    `sequence${' [x where true] with runs=64'.repeat(4)} until [y where true]`,
    [
      [
        'sequence',
        'the sequence has 257 terms, 256 are allowed',
        'each run counts as a term, and so does "until"; a higher count needs a threshold rule',
      ],
    ],
  ],
  ['process where true |', [['', 'a pipe is expected, not the end of the query', 'the pipes are head and tail']]],
  ['sequence [a where true] [b where true', [['[', 'the bracket is not closed', 'close the term with ]']]],
  [
    'sequence by a with maxspan=5 [a where true] [b where true]',
    [['5', 'the duration 5 has no unit', 'write 5s for seconds; the units are ms s m h d']],
  ],
  [
    'sequence with maxspan=5min by a [a where true] [b where true]',
    [
      ['min', '"min" is not a unit of time', 'did you mean m?; the units are ms s m h d'],
      ['by', '"by" has to stand before "with"', 'write: sequence by key with maxspan=5m [ … ] [ … ]'],
    ],
  ],
  [
    'sequence with maxspam=5m [a where true] [b where true]',
    [
      [
        'maxspam',
        '"maxspan" is expected behind "with", not "maxspam"',
        'did you mean maxspan?; write: sequence by key with maxspan=5m',
      ],
    ],
  ],
  [
    'sequence with maxspan=-5m [a where true] [b where true]',
    [['-', 'maxspan has to be positive', 'write maxspan=5m']],
  ],
  [
    'sequence with maxspan=2.5m [a where true] [b where true]',
    [['2.5m', '2.5m is not a whole number of units', 'take a smaller unit: 2.5m is 150s']],
  ],
  [
    'sequence with maxspan 5m [a where true] [b where true]',
    [['5', '"=" is expected behind "maxspan", not "5"', 'write maxspan=5m']],
  ],
  [
    'sequence [a where true]',
    [
      [
        'sequence',
        'a sequence needs at least two events',
        'add a term, or say "with runs=2" behind the one that is there',
      ],
    ],
  ],
  [
    'sequence [a where true] with repeat=3',
    [
      [
        'sequence',
        'a sequence needs at least two events',
        'add a term, or say "with runs=2" behind the one that is there',
      ],
      ['repeat', '"runs" is expected behind "with", not "repeat"', 'write: with runs=3'],
    ],
  ],
  [
    'sequence [a where true] with runs=0 [b where tru',
    [
      ['with runs=0', 'runs has to be from 1 to 100, not 0', 'a higher count needs a threshold rule'],
      ['[', 'the bracket is not closed', 'close the term with ]'],
    ],
  ],
  [
    'sequence [a where x = 1] [b where y = 2]',
    [
      ['=', '"=" does not compare', 'write "==" for equal, or ":" for equal without regard to case'],
      ['=', '"=" does not compare', 'write "==" for equal, or ":" for equal without regard to case'],
    ],
  ],
  [
    'sequence by a + 1 [a where true] [b where true]',
    [['a + 1', 'a join key has to be a field', 'compute nothing in "by"; compare inside the terms instead']],
  ],
  [
    'sequence [a where true] by x [b where true]',
    [[']', 'this term has 0 join keys, the first one has 1', 'give every term, and "until", the same number of keys']],
  ],
  [
    'sequence [a where true] ![b where true]',
    [['![', 'a missing event needs a maxspan', 'say how long to wait for it: sequence with maxspan=5m …']],
  ],
  [
    'sequence with maxspan=1m ![a where true] ![b where true]',
    [['sequence', 'all terms of the sequence are missing events', 'at least one event has to be there']],
  ],
  [
    'sequence [a where true] fork [b where true]',
    [['fork', '"fork" is not expected here', 'fork is gone; overlapping sequences are always found']],
  ],
  [
    'sequence [a where true] [b where true] until x',
    [['x', '"until" needs a term in brackets, not "x"', 'write: until [category where condition]']],
  ],
  [
    'sample [a where true] [b where true]',
    [['sample', 'a sample needs at least one join key', 'write: sample by host.id [a where …] [b where …]']],
  ],
  [
    'sample by x [a where true] ![b where true] with runs=2',
    [
      ['![', 'a sample has no missing events', 'a sample asks for events that are there; use a sequence with maxspan'],
      ['with runs=2', 'a term of a sample cannot have runs', 'repeat the term'],
    ],
  ],
  [
    'sample by x with maxspan=1m [a where true] [b where true] until [c where true]',
    [
      ['with', 'a sample has no "with"', 'it is not bounded in time; take it out'],
      ['until', 'a sample has no "until"', 'samples are not ordered in time; take it out'],
    ],
  ],
  [
    'process where a = 1 and b = 2 or (c = 3 and d == 4) and e like f',
    [
      ['=', '"=" does not compare', 'write "==" for equal, or ":" for equal without regard to case'],
      ['=', '"=" does not compare', 'write "==" for equal, or ":" for equal without regard to case'],
      ['=', '"=" does not compare', 'write "==" for equal, or ":" for equal without regard to case'],
      [
        'f',
        'the right side of "like" has to be a string, not a field',
        'put the text in double quotes; fields are compared inside functions, such as startsWith~(a, b)',
      ],
    ],
  ],
];

describe('faults of a query', () => {
  it.each(FAULTS)('%s', (query, faults) => {
    expect(said(query)).toEqual(faults);
  });

  it('are all parsing exceptions with their place', () => {
    for (const [query] of FAULTS)
      for (const { id, errorType, severity, span } of parseEql(query).diagnostics) {
        expect([id, errorType, severity]).toEqual(['query/syntax', 'parsing_exception', 'error']);
        expect(span.start >= 0 && span.end <= query.length && span.start <= span.end).toBe(true);
      }
  });

  it('are drawn under the exact characters', () => {
    const query = 'process where a = 1 and\n  (b in ("x" "y") or c lik "d") and\n  event.sequence == 1';
    const labels = parseEql(query).diagnostics.map(({ span, message }) => ({ span, message, primary: true }));
    expect(frame(new SourceFile('q', query), labels).join('\n')).toBe(
      [
        '1 | process where a = 1 and',
        '  |                 ^ "=" does not compare',
        '2 |   (b in ("x" "y") or c lik "d") and',
        '  |                        ^^^ "lik" is not expected here',
        '  |              ^^^ an operator is missing before a string',
        '3 |   event.sequence == 1',
        '  |         ^^^^^^^^ "sequence" is a keyword and no name',
      ].join('\n'),
    );
  });
});

describe('the tree of a faulty query', () => {
  it('keeps what could be read', () => {
    const { statement } = parseEql('process where a == 1 and b = 2 and c == 3 | head 5');
    expect(statement?.pipes.length).toBe(1);
    const body = statement?.body;
    if (body?.kind !== 'event' || body.condition.kind !== 'and' || body.condition.left.kind !== 'and')
      throw new Error('not a chain of three');
    expect([body.condition.left.left.kind, body.condition.left.right.kind, body.condition.right.kind]).toEqual([
      'comparison',
      'broken',
      'comparison',
    ]);
  });

  it('keeps the terms of a sequence beside a broken one', () => {
    const { statement } = parseEql('sequence by x [a where y = 1] [b where z == 2] until [c where ]');
    const body = statement?.body;
    if (body?.kind !== 'sequence') throw new Error('no sequence');
    expect([...body.terms, body.until].map((term) => term?.filter.condition.kind)).toEqual([
      'broken',
      'comparison',
      'broken',
    ]);
    expect(body.by.map((key) => key.name)).toEqual(['x']);
  });
});

describe('large and hostile queries', () => {
  const parens = (levels: number): string => `any where ${'('.repeat(levels)}a == 1${')'.repeat(levels)}`;

  it('reads 200 levels of parentheses', () => {
    expect(parseEql(parens(200)).diagnostics).toEqual([]);
  });

  it.each([
    ['100,000 parentheses', parens(100_000)],
    ['100,000 open parentheses', `any where ${'('.repeat(100_000)}`],
    ['100,000 times not', `any where ${'not '.repeat(100_000)}true`],
    ['100,000 signs', `any where ${'-'.repeat(100_000)}1 == 1`],
    ['a sum of 100,000', `any where ${'1+'.repeat(100_000)}1 == 1`],
    ['a product of 100,000', `any where ${'1*'.repeat(100_000)}1 == 1`],
    ['100,000 calls', `any where ${'f('.repeat(100_000)}`],
  ])('refuses %s with one message', (_name, query) => {
    expect(parseEql(query).diagnostics.map(({ message }) => message)).toEqual([
      'the expression is nested more than 300 levels deep',
    ]);
  });

  it.each([
    ['50,000 operands', `any where ${Array.from({ length: 50_000 }, (_, i) => `a == ${i}`).join(' or ')}`],
    ['a list of 3,000', `any where a in (${Array.from({ length: 3000 }, (_, i) => i).join(', ')})`],
    ['3,000 patterns', `any where a : (${Array.from({ length: 3000 }, (_, i) => `"x${i}*"`).join(', ')})`],
    ['a string of 47,000', `any where a == "${'x'.repeat(47_000)}"`],
  ])('reads %s', (_name, query) => {
    expect(parseEql(query).diagnostics).toEqual([]);
  });

  it('refuses more than five million characters', () => {
    expect(said(`any where a == "${'x'.repeat(5_000_001)}"`).map(([, message]) => message)).toEqual([
      'the query has 5,000,018 characters',
    ]);
  });

  it('takes halves of surrogate pairs in strings and refuses them outside', () => {
    expect(said('any where a == "\ud800"')).toEqual([]);
    expect(said('any where a\udc00 == 1').map(([, message]) => message)).toEqual(['unexpected character "\\udc00"']);
  });

  it('keeps the digits of long numbers together', () => {
    const { expression, diagnostics } = parseEqlExpression('1'.repeat(300));
    expect([expression?.kind === 'literal' ? expression.type : '', diagnostics]).toEqual(['double', []]);
  });
});
