import fc from 'fast-check';
import type { Json, JsonObject } from '../../text/json.ts';

/** Texts that TOML finds hard. */
export const plainText = fc.string({
  unit: fc.constantFrom(...'ab "\'\\\n\t#=[]{},.é😀\r\u001b\u202e'),
  maxLength: 12,
});

// The second reader takes inherited names such as "constructor" for tables that are there already.
const name = fc
  .oneof(fc.stringMatching(/^[a-z_]{1,5}$/), fc.constantFrom('query', 'rule', 'metadata', 'a b', 'a.b', '$state'))
  .filter((one) => !(one in {}));

const scalar: fc.Arbitrary<Json> = fc.oneof(
  plainText,
  fc.integer(),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).filter((one) => !Object.is(one, -0)),
);

const { table } = fc.letrec<{ table: JsonObject }>((tie) => ({
  table: fc.dictionary(
    name,
    fc.oneof(
      { maxDepth: 3, depthIdentifier: 'toml' },
      scalar,
      fc.array(plainText, { maxLength: 5 }),
      fc.array(fc.oneof(fc.integer(), plainText), { maxLength: 4 }),
      fc.constant<Json>([[{ x: 'a\nb' }], []]),
      tie('table'),
      fc.array(tie('table'), { maxLength: 3 }),
    ),
    { maxKeys: 5, noNullPrototype: true },
  ),
}));

/** Documents such as rule files are: tables in tables, lists of tables, texts of every kind. */
export const documents: fc.Arbitrary<JsonObject> = table;
