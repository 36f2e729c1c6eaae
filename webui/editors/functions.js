// In place of @camunda/feel-builtins: the functions of our own FEEL. functions.json is written by `make editors`.
import functions from './functions.json'

export const camundaBuiltins = functions.map(({ name, params, ways }) => ({
  name,
  type: 'function',
  params: params.map((param) => ({ name: param })),
  info: ways.map((way) => `<p><code>${way}</code></p>`).join('')
}))

// Names that hold a word of the language have to be told to what reads an expression.
export const camundaReservedNameBuiltins = camundaBuiltins.filter(({ name }) => /\b(?:and|or)\b/.test(name))
