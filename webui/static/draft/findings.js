// What the check finds in the draft with the file as it stands on the screen, saved or not.
import { counted, heading, linkButton, make } from './dom.js'

const PAUSE = 600

export function findingsOf ({ host, editor, server, file, onfound }) {
  const status = make('p', { class: 'govuk-body-s', role: 'status' })
  const lists = make('div')
  host.append(heading('What the check finds'), status, lists)
  let asked = 0
  let timer
  let byElement = new Map()

  async function ask () {
    clearTimeout(timer)
    const number = ++asked
    if (!lists.hasChildNodes()) status.textContent = 'The check is looking at it.'
    try {
      const answer = await server.findings(await editor.text())
      if (number === asked) show(answer)
    } catch (error) {
      if (number === asked) status.textContent = `The check could not look at this. ${error.message}`
    }
  }

  function show ({ findings, new: fresh }) {
    const all = findings.flatMap((finding, number) => withFollowing(finding, fresh.includes(number)))
    const here = all.filter(({ isHere }) => isHere)
    byElement = Map.groupBy(here.filter(({ element }) => element), ({ element }) => editor.placeOf(element) ?? element)
    status.textContent = said(here)
    lists.replaceChildren(...[
      part('New since the draft began', all.filter(({ isNew }) => isNew)),
      part('In this file', here.filter(({ isNew }) => !isNew)),
      part('In other files', all.filter(({ isNew, isHere }) => !isNew && !isHere), true)
    ].filter(Boolean))
    editor.mark(byElement)
    onfound()
  }

  // A finding, and those that it alone has brought about elsewhere.
  function withFollowing ({ follows = [], ...finding }, isNew) {
    const own = { ...finding, element: finding.element_id, isNew, isHere: finding.file === file }
    return [own, ...follows.flatMap((each) => withFollowing(each, isNew))]
  }

  function part (title, found, isFolded = false) {
    if (!found.length) return null
    const list = make('ul', { class: 'govuk-list asb-findings' }, ...found.map(line))
    const name = `${title} (${found.length})`
    if (!isFolded) return make('div', {}, make('h3', { class: 'govuk-heading-s asb-editor__heading' }, name), list)
    return make('details', { class: 'govuk-details' },
      make('summary', { class: 'govuk-details__summary' }, make('span', { class: 'govuk-details__summary-text' }, name)),
      make('div', { class: 'govuk-details__text' }, list))
  }

  function line (finding) {
    const place = finding.isHere ? editor.placeOf(finding.element) : null
    const name = place ? `“${editor.nameOf(place)}”` : ''
    return make('li', { class: `asb-finding asb-finding--${finding.severity}` },
      sentence(finding), ' ',
      finding.isHere ? null : make('span', { class: 'asb-hint' }, `${finding.file}. `),
      place ? linkButton('Show me', () => editor.show(place), name) : null)
  }

  return {
    ask,
    changed () {
      clearTimeout(timer)
      timer = setTimeout(ask, PAUSE)
    },
    on: (element) => byElement.get(element) ?? []
  }
}

export function sentence ({ severity, message }) {
  return make('span', {}, make('strong', {}, severity === 'error' ? 'Error: ' : 'Warning: '), message)
}

function said (found) {
  const errors = found.filter(({ severity }) => severity === 'error').length
  const warnings = found.length - errors
  if (!found.length) return 'Nothing in this file.'
  return `${counted(errors, 'error', 'errors')}, ${counted(warnings, 'warning', 'warnings')} in this file.`
}
