#!/usr/bin/env node
/** Compiles the schema validators and bundles the program: `npm run build`, also run by `npm ci`. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { resolve, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');
const generated = join(root, 'cli/rule/generated');
const require = createRequire(import.meta.url);

/** What a module of the program exports. */
async function load(entry) {
  mkdirSync(generated, { recursive: true });
  const bundled = join(generated, 'loaded.tmp.mjs');
  await build({
    entryPoints: [join(root, entry)],
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile: bundled,
    logLevel: 'error',
  });
  const loaded = await import(`${pathToFileURL(bundled).href}?${Date.now()}`);
  rmSync(bundled);
  return loaded;
}

/**
 * The schema with every part that stands in it more than once kept under $defs. The compiler makes one function of each,
 * instead of the same code for each of the eight rule types, which loads three times as fast.
 */
function shareParts(schema) {
  const parts = (one) => [
    ...Object.entries(one.properties ?? {}).map(([key, inner]) => [inner, (made) => (one.properties[key] = made)]),
    ...(one.items === undefined ? [] : [[one.items, (made) => (one.items = made)]]),
    ...(one.oneOf ?? []).map((inner, at) => [inner, (made) => (one.oneOf[at] = made)]),
    ...Object.entries(one.$defs ?? {}).map(([key, inner]) => [inner, (made) => (one.$defs[key] = made)]),
  ];
  const root = structuredClone(schema);
  const counts = new Map();
  const count = (one) => {
    for (const [inner] of parts(one)) {
      const text = JSON.stringify(inner);
      counts.set(text, (counts.get(text) ?? 0) + 1);
      count(inner);
    }
  };
  count(root);
  const defs = {};
  const names = new Map();
  const replace = (one) => {
    for (const [inner, put] of parts(one)) {
      const text = JSON.stringify(inner);
      if (counts.get(text) > 1 && text.length > 40) {
        if (!names.has(text)) {
          names.set(text, `part${names.size}`);
          replace(inner);
          defs[names.get(text)] = inner;
        }
        put({ $ref: `#/$defs/${names.get(text)}` });
      } else replace(inner);
    }
  };
  replace(root);
  return { ...root, $defs: { ...root.$defs, ...defs } };
}

/**
 * The schema with what all branches of a oneOf have in common checked once: each of the eight rule types has the same sixty
 * keys beside its own. The branches keep the names of the keys, as they allow no others. Measured: it halves the compiled code, which
 * every run has to load.
 */
function shareBranches(schema) {
  const root = structuredClone(schema);
  const defs = {};
  const visit = (one) => {
    if (one.oneOf?.every(({ properties }) => properties !== undefined)) {
      const [first, ...others] = one.oneOf;
      const same = (key) => others.every(({ properties }) => isDeepStrictEqual(properties[key], first.properties[key]));
      const keys = Object.keys(first.properties).filter(same);
      const name = `common${Object.keys(defs).length}`;
      defs[name] = { properties: Object.fromEntries(keys.map((key) => [key, first.properties[key]])) };
      for (const branch of one.oneOf) {
        branch.allOf = [...(branch.allOf ?? []), { $ref: `#/$defs/${name}` }];
        for (const key of keys) branch.properties[key] = true;
      }
    }
    Object.values(one.properties ?? {}).forEach(visit);
    if (one.items !== undefined) visit(one.items);
  };
  visit(root);
  return { ...root, $defs: { ...root.$defs, ...defs } };
}

async function validators(forms) {
  const Ajv = require('ajv/dist/2020').default;
  const standalone = require('ajv/dist/standalone').default;
  const ajv = new Ajv({
    allErrors: true,
    discriminator: true,
    strict: true,
    strictRequired: false,
    strictTypes: false,
    allowUnionTypes: true,
    verbose: true,
    inlineRefs: false,
    code: { source: true, esm: true },
  });
  for (const [name, schema] of Object.entries(forms.runtimeSchemas())) {
    const raw = join(generated, `${name}.tmp.mjs`);
    writeFileSync(raw, standalone(ajv, ajv.compile(shareParts(shareBranches(schema)))));
    await build({
      entryPoints: [raw],
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      outfile: join(generated, `${name}.js`),
      logLevel: 'error',
      allowOverwrite: true,
    });
    rmSync(raw);
    writeFileSync(
      join(generated, `${name}.d.ts`),
      "import type { Validator } from './validator.js';\nexport * from './validator.js';\ndeclare const check: Validator;\nexport default check;\n",
    );
  }
  writeFileSync(
    join(generated, 'validator.d.ts'),
    `export interface SchemaFault { readonly keyword: string; readonly instancePath: string; readonly schemaPath: string; readonly schema?: unknown; readonly params: Readonly<Record<string, unknown>>; readonly message?: string; readonly parentSchema?: { readonly properties?: Readonly<Record<string, unknown>> } }
export interface Validator { (data: unknown): boolean; errors?: readonly SchemaFault[] | null }
`,
  );
}

/** What CommonJS packages need to load modules of Node. */
const REQUIRE = "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);";

async function bundle() {
  const entry = join(root, 'cli/commands/dac.ts');
  if (!existsSync(entry)) return;
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const { outputFiles } = await build({
    entryPoints: { dac: entry, 'judge-thread': join(root, 'cli/commands/judge-thread.ts') },
    bundle: true,
    splitting: true,
    // Names stay, so that a stack trace can be read: keeping them beside short ones takes 4 % of a run.
    minifySyntax: true,
    minifyWhitespace: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    outdir: join(root, 'dist'),
    outExtension: { '.js': '.mjs' },
    banner: { js: REQUIRE },
    // Large, and needed by few commands: they are loaded from node_modules when one of those runs. The second loses its names
    // when a bundle imports it late.
    external: ['@elastic/elasticsearch', 'undici'],
    write: false,
    logLevel: 'error',
  });
  mkdirSync(join(root, 'dist'));
  for (const { path, text } of outputFiles) {
    // Making a `require` takes 0.3 ms, and hardly any chunk uses it.
    const body = text.replace(REQUIRE, '');
    writeFileSync(path, /\brequire\b/.test(body) ? text : body, { mode: body.startsWith('#!') ? 0o755 : 0o644 });
  }
}

/** Tells two builds apart, for the cache: what a finding depends on beside files and settings is the program and its tables. */
function mark() {
  const hash = createHash('sha256');
  for (const folder of ['dist', 'schemas'])
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort()) {
      const path = join(root, folder, name);
      if (statSync(path).isFile()) hash.update(name).update(readFileSync(path));
    }
  writeFileSync(join(root, 'dist/build-mark'), hash.digest('hex'));
}

const forms = await load('cli/rule/schema/published.ts');
await validators(forms);
if (process.argv.includes('--schemas')) {
  for (const [path, text] of Object.entries(forms.publishedFiles())) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const { withTables } = await load('cli/fields/elasticsearch-mapping/page.ts');
  const page = join(root, 'docs/mappings.md');
  writeFileSync(page, withTables(readFileSync(page, 'utf8')));
}
if (!process.argv.includes('--validators')) {
  await bundle();
  mark();
}
