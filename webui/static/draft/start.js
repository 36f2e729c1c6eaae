// The editor on the page of a draft's file. Without this script the page has the file as text, to download and upload.
import { aboutOf } from './about.js'
import { commentsOf } from './comments.js'
import { button, make } from './dom.js'
import { findingsOf } from './findings.js'
import { meanwhileOf } from './meanwhile.js'
import { outlineOf } from './outline.js'
import { watchPresence } from './presence.js'
import { previewOf } from './preview.js'
import { savingOf } from './saving.js'
import { serverOf } from './server.js'

const KINDS = { bpmn: () => import('./bpmn.js'), dmn: () => import('./dmn.js'), form: () => import('./form.js') }
const OPENING = 'The file is being opened.'

async function start (box) {
  const { kind, file, element } = box.dataset
  const status = make('p', { role: 'status', class: 'asb-status' })
  const [canvas, panel, list] = ['canvas', 'panel', 'list'].map((name) => make('div', { class: `asb-${name}` }))
  const server = serverOf(box)
  box.hidden = false
  for (const instead of document.querySelectorAll('[data-without-editor]')) instead.hidden = true

  const tell = (sentence, isQuiet = false) => {
    pause.textContent = isQuiet ? sentence : ''
    if (!isQuiet) status.textContent = sentence
    else if (status.textContent) status.textContent = ''
  }
  const undo = button('Undo', () => editor.undo())
  const redo = button('Redo', () => editor.redo())
  const large = button('Fill the window', () => {
    large.setAttribute('aria-pressed', String(box.classList.toggle('asb-editor--large')))
    editor.resized?.()
  }, { 'aria-pressed': 'false' })
  const pause = make('span', { class: 'asb-hint' })
  const others = make('p', { class: 'asb-hint asb-others', role: 'status' })
  const conflict = make('div')
  const tools = make('div', { class: 'asb-tools', role: 'group', 'aria-label': 'Tools' }, button('Save', () => save()), undo, redo, large, status, pause)
  box.append(tools, others, conflict, canvas, panel, list)
  tell(OPENING)
  const [aboutHost, findingsHost, commentsHost, outlineHost, previewHost] = [
    ['About what is selected', panel], ['What the check finds', list], ['Comments', list], ['Everything in this file', list],
    ['As people see it', list]
  ].map(([label, host]) => host.appendChild(make('section', { 'aria-label': label, class: 'asb-editor__part' })))
  const properties = panel.appendChild(make('div', { class: 'asb-properties' }))

  const [module, facts, templates] = await Promise.all([
    KINDS[kind](), kind === 'bpmn' ? server.facts() : [], kind === 'bpmn' ? server.templates() : []
  ])
  const editor = await module.open({ canvas, panel: properties, tools, facts, templates })
  const saving = savingOf({
    editor, server, tell,
    onmeanwhile: (answer, hasChanged) => meanwhile.show(answer, hasChanged),
    onfailed: (sentence) => meanwhile.failed(sentence),
    onsaved: () => { meanwhile.close(); about.ask() }
  })
  const comments = commentsOf({ host: commentsHost, editor, server, tell })
  const findings = findingsOf({ host: findingsHost, editor, server, file, onfound: () => about.refresh() })
  const about = aboutOf({
    host: aboutHost, editor, server, file, findings, comments, facts: new URL(box.dataset.facts, window.location.href)
  })
  const outline = outlineOf({ host: outlineHost, editor })
  const preview = kind === 'form' && box.dataset.preview ? previewOf({ host: previewHost, editor, server }) : null
  if (!preview) previewHost.remove()
  const meanwhile = meanwhileOf({ host: conflict, editor, file, reload: load })

  async function load (digest) {
    const bytes = await server.file()
    await editor.load(new TextDecoder().decode(bytes))
    saving.begin({ bytes, digest, text: await editor.text() })
    if (status.textContent === OPENING) tell('')
    changed(false)
    findings.ask()
    preview?.ask()
  }
  function save () {
    editor.finish()
    return saving.save()
  }
  function changed (isEdit = true) {
    undo.disabled = !editor.canUndo()
    redo.disabled = !editor.canRedo()
    outline.refresh()
    about.refresh()
    if (!isEdit) return
    saving.changed()
    findings.changed()
    preview?.changed()
  }

  window.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 's') {
      event.preventDefault()
      save()
    }
  }, true) // before the field in which a name is being written, which keeps keys to itself
  try {
    await load(box.dataset.digest)
  } catch (error) {
    tell(`This file cannot be drawn. ${error.message} Change it as text, below.`)
    return
  }
  editor.onchange(() => changed())
  editor.onselect((id) => about.select(id))
  about.select(null)
  about.ask()
  await comments.ask()
  watchPresence({ host: others, server, saving, ontick: () => comments.ask() })
  if (element) editor.show(editor.placeOf(element) ?? element)
}

const box = document.querySelector('[data-module="asb-editor"]')
if (box) start(box)
