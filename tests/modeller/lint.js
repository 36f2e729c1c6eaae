// Bundles linter.js and runs it.
import { buildSync } from 'esbuild';

const outfile = new URL('./linter.bundled.mjs', import.meta.url);
buildSync({
  entryPoints: ['linter.js'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile: outfile.pathname,
  logLevel: 'error',
});
await import(outfile.href);
