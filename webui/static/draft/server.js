// What the page of a draft's file asks the server. Whatever is refused becomes an error that is a sentence.
const NO_ANSWER = 'The server does not answer.'
const SIGNED_OUT = 'You are no longer signed in. Sign in again in another tab, and come back to this one.'

// Somebody else has saved the file: nothing was written over it.
export class SavedMeanwhile extends Error {
  constructor (answer) {
    super(answer.sentence)
    this.answer = answer
  }
}

export function serverOf ({ dataset }) {
  async function send (address, { body, headers = {} } = {}) {
    const method = body === undefined ? 'GET' : 'POST'
    const token = method === 'POST' ? { 'X-CSRFToken': dataset.token } : {}
    try {
      return await fetch(address, { method, body, headers: { ...headers, ...token }, credentials: 'same-origin' })
    } catch {
      throw new Error(NO_ANSWER)
    }
  }

  // Whoever has signed in again meanwhile has another token than the page was made with.
  async function renewToken () {
    const response = await send(window.location.href)
    if (response.redirected) throw new Error(SIGNED_OUT)
    const page = new DOMParser().parseFromString(await response.text(), 'text/html')
    dataset.token = page.querySelector('[data-token]')?.dataset.token ?? dataset.token
  }

  async function ask (address, asked) {
    let response = await send(address, asked)
    if (response.status === 400) {
      await renewToken()
      response = await send(address, asked)
    }
    if (response.redirected) throw new Error(SIGNED_OUT)
    if (response.ok) return response
    const answer = await response.json().catch(() => ({}))
    if (response.status === 409 && answer.sentence) throw new SavedMeanwhile(answer)
    throw new Error(answer.sentence ?? `The server answers with an error (${response.status}).`)
  }

  const bytes = { 'Content-Type': 'application/octet-stream' }
  const sitting = { 'X-Sitting': dataset.sitting }
  const json = { 'Content-Type': 'application/json' }
  const read = async (...asked) => (await ask(...asked)).json()

  return {
    file: async () => (await ask(dataset.raw)).arrayBuffer(),
    save: (file, digest) => read(dataset.save, {
      body: file, headers: { ...bytes, ...sitting, 'X-Digest': digest }
    }),
    findings: (file) => read(dataset.findings, { body: file, headers: bytes }),
    elements: () => read(dataset.elements),
    comments: () => read(dataset.comments),
    comment: (said) => read(dataset.comments, { body: JSON.stringify(said), headers: json }),
    presence: () => read(dataset.presence, { body: '', headers: sitting }),
    facts: () => read(dataset.facts).catch(() => []), // without, nothing is offered while an expression is written
    templates: () => read(dataset.templates).catch(() => []),
    preview: async (answers) => (await ask(dataset.preview, { body: answers })).text()
  }
}
