// Who else has the file open, and whether it was saved by somebody else meanwhile.
const EVERY = 20000

export function watchPresence ({ host, server, saving, ontick }) {
  async function ask () {
    const asked = saving.digest
    try {
      const answer = await server.presence()
      const line = answer.others.map(({ name, since }) => `${name}, since ${since}`).join('; ')
      const said = line && `Open at the same time: ${line}.`
      if (host.textContent !== said) host.textContent = said
      saving.heard(answer, asked)
    } catch { // The next save says what is the matter.
      host.textContent = ''
    }
  }
  ask()
  setInterval(() => { ask(); ontick() }, EVERY)
}
