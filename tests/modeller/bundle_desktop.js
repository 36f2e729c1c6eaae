// Puts desktop.js together into one script for a page.
import { buildSync } from 'esbuild';

buildSync({
  entryPoints: ['desktop.js'],
  outfile: 'desktop.bundled.js',
  bundle: true,
  format: 'iife',
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'error',
});
