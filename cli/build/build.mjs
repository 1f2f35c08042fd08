#!/usr/bin/env node
/** Compiles the schema validators and bundles the program: `npm run build`, also run by `npm ci`. */
import { mkdirSync, writeFileSync, rmSync, existsSync } from 'node:fs';
import { resolve, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');
const generated = join(root, 'cli/rule/generated');
const require = createRequire(import.meta.url);

async function schemas() {
  mkdirSync(generated, { recursive: true });
  const bundled = join(generated, 'forms.tmp.mjs');
  await build({
    entryPoints: [join(root, 'cli/rule/schema/published.ts')],
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile: bundled,
    logLevel: 'error',
  });
  const forms = await import(`${pathToFileURL(bundled).href}?${Date.now()}`);
  rmSync(bundled);
  return forms;
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
    code: { source: true, esm: true },
  });
  const names = {};
  for (const [name, schema] of Object.entries(forms.runtimeSchemas())) {
    ajv.addSchema(schema, name);
    names[name] = name;
  }
  const raw = join(generated, 'raw.tmp.mjs');
  writeFileSync(raw, standalone(ajv, names));
  await build({
    entryPoints: [raw],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    outfile: join(generated, 'validators.js'),
    logLevel: 'error',
    allowOverwrite: true,
  });
  rmSync(raw);
  writeFileSync(
    join(generated, 'validators.d.ts'),
    `export interface SchemaFault { readonly keyword: string; readonly instancePath: string; readonly schemaPath: string; readonly schema?: unknown; readonly params: Readonly<Record<string, unknown>>; readonly message?: string; readonly parentSchema?: { readonly properties?: Readonly<Record<string, unknown>> } }
export interface Validator { (data: unknown): boolean; errors?: readonly SchemaFault[] | null }
export const rule: Validator;
export const suite: Validator;
export const config: Validator;
`,
  );
}

async function bundle() {
  const entry = join(root, 'cli/commands/dac.ts');
  if (!existsSync(entry)) return;
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  await build({
    entryPoints: { dac: entry },
    bundle: true,
    splitting: true,
    minify: true,
    keepNames: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    outdir: join(root, 'dist'),
    outExtension: { '.js': '.mjs' },
    banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
    logLevel: 'error',
  });
}

const forms = await schemas();
await validators(forms);
if (process.argv.includes('--schemas'))
  for (const [path, text] of Object.entries(forms.publishedFiles())) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
if (!process.argv.includes('--validators')) await bundle();
