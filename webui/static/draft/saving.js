// Saves the file after a pause, and never over what somebody else has saved. A file in which nothing has changed is not
// saved, and one that is again as it was opened is saved as it was, byte for byte.
import { SavedMeanwhile } from './server.js'

const PAUSE = 2000
const AGAIN_AFTER = 10000

// `tell` shows a sentence; `onmeanwhile` gets the server's answer about the file that somebody else saved, `onfailed` a
// sentence, and `onsaved` is called after each save. A digest is empty while the file is not the council's own but taken over from what it extends.
export function savingOf ({ editor, server, tell, onmeanwhile, onfailed, onsaved }) {
  let opened = null
  let digest = ''
  let kept = '' // what the server holds, as the editor writes it
  let savedAt = ''
  let hasChanged = false
  let theirs = null // what is known of the file that somebody else saved; nothing is saved while it is
  let timer
  let running = null

  async function saveOnce () {
    hasChanged = false
    try {
      const text = await editor.text()
      if (text === kept) return tell(savedAt ? `Saved at ${savedAt}. Nothing has changed since.` : 'Nothing has changed since the file was opened.')
      const answer = await server.save(text === opened.text ? opened.bytes : text, digest)
      digest = answer.digest
      savedAt = answer.at
      kept = text
      tell(`Saved at ${answer.at}.`)
      onsaved()
    } catch (error) {
      hasChanged = true
      if (error instanceof SavedMeanwhile) return stop(error.answer)
      tell('')
      onfailed(`Not saved. ${error.message} It is tried again by itself.`)
      timer = setTimeout(save, AGAIN_AFTER)
    }
  }

  function save () {
    clearTimeout(timer)
    if (theirs !== null || opened === null) return running
    running = (running ?? Promise.resolve()).then(saveOnce).finally(() => { running = null })
    return running
  }

  function stop (answer) {
    theirs = answer
    clearTimeout(timer)
    onmeanwhile(answer, hasChanged)
  }

  window.addEventListener('beforeunload', (event) => {
    if (hasChanged || running !== null) event.preventDefault()
  })

  return {
    save,
    // `file`: { bytes, text (as the editor writes it), digest }
    begin (file) {
      opened = file
      digest = file.digest
      kept = file.text
      savedAt = ''
      hasChanged = false
      theirs = null
      tell('')
    },
    changed () {
      const isFirst = !hasChanged
      hasChanged = true
      clearTimeout(timer)
      if (theirs !== null) return isFirst && onmeanwhile(theirs, hasChanged)
      tell('Not saved yet.', true)
      timer = setTimeout(save, PAUSE)
    },
    // The digest that a question about the file goes by, and whether the answer still speaks of the same.
    get digest () { return digest },
    heard (answer, asked) {
      const isSame = (answer.digest ?? '') === digest
      if (asked === digest && running === null && theirs === null && !isSame) {
        stop({ ...answer, sentence: `${answer.by ?? 'Somebody'} has changed this file meanwhile.` })
      }
    }
  }
}
