// The file cannot be saved, because somebody else has saved it or because nothing answers: nothing is written over what is
// there, and nothing that was drawn here is thrown away unasked.
import { button, download, make } from './dom.js'

export function meanwhileOf ({ host, editor, file, reload }) {
  function close () {
    host.replaceChildren()
  }
  const keepCopy = () => button('Download my copy', async () => download(await editor.text(), file.split('/').pop()))
  const say = (text, ...buttons) => host.replaceChildren(
    make('div', { class: 'govuk-inset-text asb-meanwhile', role: 'alert' },
      make('p', { class: 'govuk-body' }, text), make('div', { class: 'govuk-button-group' }, ...buttons)))

  return {
    close,
    failed: (sentence) => say(sentence, keepCopy()),
    show ({ sentence, digest }, hasChanged) {
      const text = hasChanged
        ? `${sentence} What you have changed since is not saved and nothing is overwritten. Keep a copy of yours first, if you want it.`
        : sentence
      say(text, hasChanged ? keepCopy() : null, button('Load what is saved', async () => { await reload(digest ?? ''); close() }))
    }
  }
}
