// The licences of what the bundles hold, in full: which packages they are, esbuild's account of its inputs tells.
import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'

export async function noticeOf (metafile, sources) {
  const packages = new Map()
  for (const file of Object.keys(metafile.inputs)) {
    const found = /^(.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+))[\\/]/.exec(path.resolve(sources, file))
    if (found) packages.set(found[1], found[2])
  }
  const named = await Promise.all([...packages].map(async ([folder, name]) => {
    const { version, license, author } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'))
    return { name, version, license, author, text: await licenceIn(folder) }
  }))
  named.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1))
  const parts = named.map(({ name, version, license, author, text }) =>
    entry(`${name} ${version}`, text || `${license}, by ${author?.name ?? author}. The package holds no longer text.`))
  parts.push(entry('The typefaces bpmn and dmn', await readFile(path.join(sources, 'OFL.txt'), 'utf8')))
  return [HEAD, ...parts].join('\n')
}

const HEAD = `What the editors consist of: each package that is in one of the bundles of this folder, with its licence.
Written by make editors.

The licence of bpmn-js, dmn-js and form-js asks that the mark of bpmn.io stays in sight on every drawing, and that nothing
covers it.
`

function entry (name, text) {
  return `== ${name} ==\n\n${text.trim()}\n`
}

async function licenceIn (folder) {
  const names = (await readdir(folder)).filter((name) => /^(licen[cs]e|copying)/i.test(name)).sort()
  const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')))
  return texts.map((text) => text.replace(/\r/g, '').trim()).join('\n\n')
}
