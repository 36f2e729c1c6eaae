// Bundles the editors for the browser. Called by `make editors`, with the folder of the sources and the one to fill.
// Everything comes from the packages that package-lock.json pins; what is changed on the way says why.
import { build } from 'esbuild'
import { createHash } from 'node:crypto'
import { readFile, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { noticeOf } from './notice.mjs'

const [sources, output] = process.argv.slice(2).map((folder) => path.resolve(folder))
const installed = path.dirname(fileURLToPath(import.meta.url))

// Camunda's functions are not ours: the editors complete and explain those that our engine runs.
const OURS = { '@camunda/feel-builtins': path.join(sources, 'functions.js') }

// What the site's content security policy would refuse, said so that it need not; and what stands in the way of a writer.
const CHANGED = [
  // CodeMirror writes a <style> into the page, but a constructed sheet into a shadow root: that one everywhere.
  change('style-mod/src/style-mod.js', 'if (!root.head && root.adoptedStyleSheets', 'if (root.adoptedStyleSheets'),
  // The waves under what is wrong in an expression are pictures written into its style: draft.css draws them.
  change('@codemirror/lint/dist/index.js', /return `url\('data:image[^`]*`/, "return 'none'"),
  change('@bpmn-io/cm-theme/dist/index.js', /const squiggle = color => `[^`]*`/, "const squiggle = () => 'none'"),
  // A picture of nothing, to drag instead of the element.
  change('@bpmn-io/form-js-editor/dist/index.es.js', /img\.src = 'data:image[^']*';/, ''),
  // Behind `x = 1 and ` no name was offered, because a name may hold spaces: a word of the language begins another.
  change('@bpmn-io/feel-editor/dist/index.js', 'context.matchBefore(/\\w[\\w ]*$/)',
    'context.matchBefore(/(?:\\b(?!(?:and|between|else|if|in|or|return|satisfies|then)\\b)\\w+ *)+$/)')
]

function change (file, from, to) {
  return { file: new RegExp(`node_modules/${file}$`.replaceAll('.', '\\.').replaceAll('/', '[\\\\/]')), from, to }
}

const plugin = {
  name: 'ours',
  setup (bundling) {
    for (const [name, file] of Object.entries(OURS)) {
      bundling.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: file }))
    }
    for (const { file, from, to } of CHANGED) {
      bundling.onLoad({ filter: file }, async ({ path: found }) => {
        const text = await readFile(found, 'utf8')
        if (text.split(from).length !== 2) throw new Error(`${found} no longer reads as expected: ${from}`)
        return { contents: text.replace(from, () => to), loader: 'js' }
      })
    }
    // Pictures written into style sheets become files: img-src holds without `data:`.
    bundling.onResolve({ filter: /^data:image.svg/ }, ({ path: written, kind }) => {
      const contents = kind === 'url-token' ? decoded(written) : undefined
      return contents && { path: `icon-${sha256(contents).slice(0, 8)}.svg`, namespace: 'icon', pluginData: contents }
    })
    bundling.onLoad({ filter: /.*/, namespace: 'icon' }, ({ pluginData: contents }) => ({ contents, loader: 'file' }))
  }
}

function decoded (written) {
  const [, kind, text] = /^data:([^,]*),(.*)$/s.exec(written)
  return kind.endsWith(';base64') ? Buffer.from(text, 'base64') : Buffer.from(decodeURIComponent(text))
}

function sha256 (contents) {
  return createHash('sha256').update(contents).digest('hex')
}

await rm(output, { recursive: true, force: true })
const { metafile } = await build({
  absWorkingDir: sources,
  nodePaths: [path.join(installed, 'node_modules')],
  entryPoints: ['bpmn.js', 'bpmn.css', 'dmn.js', 'dmn.css', 'form.js', 'form.css'],
  outdir: output,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none', // NOTICE.txt has the licences in full
  metafile: true,
  define: { 'process.env.NODE_ENV': '"production"' },
  // Of the symbols' typefaces every browser takes the first that it reads.
  loader: { '.woff2': 'file', '.woff': 'empty', '.ttf': 'empty', '.eot': 'empty', '.svg': 'empty' },
  assetNames: '[name]',
  plugins: [plugin],
  logLevel: 'warning'
})
await writeFile(path.join(output, 'NOTICE.txt'), await noticeOf(metafile, sources))
const pins = []
for (const name of (await readdir(output)).sort()) {
  pins.push(`${sha256(await readFile(path.join(output, name)))}  ${name}\n`)
}
await writeFile(path.join(output, 'SHA256SUMS'), pins.join(''))
