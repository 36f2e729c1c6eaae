// Puts src/ together into client/bundle.js, the one script that Camunda Modeler loads.
import { build } from 'esbuild';

await build({
  entryPoints: ['src/index.js'],
  outfile: 'client/bundle.js',
  bundle: true,
  format: 'iife',
  target: 'chrome110', // the browser in Camunda Modeler 5.12 and later
  charset: 'utf8',
});
