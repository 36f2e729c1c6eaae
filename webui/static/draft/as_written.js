// XML saved as it was written before, so that only what was changed is a difference: a line that says what a line of the
// opened file says, in another notation (&#39; for ', another order of attributes, a default left out), stands as it did.
export function asWritten (opened, saved) {
  if (saved.includes('<![CDATA[')) return saved // in which &#39; is no other notation
  const before = new Map(opened.split('\n').map((line) => [meaning(line), line]))
  return saved.split('\n').map((line) => before.get(meaning(line)) ?? line).join('\n')
}

function meaning (line) {
  return line
    .replace(/^<\?xml .*/, (declaration) => declaration.replaceAll("'", '"'))
    .replace(' hitPolicy="UNIQUE"', '')
    .replace(/<([\w:]+)><\/\1>/, '<$1/>')
    .replaceAll(' />', '/>')
    .replace(/^(\s*<[\w:]+)((?: [\w:]+="[^"]*")+)/, (tag, start, attributes) =>
      start + attributes.match(/ [\w:]+="[^"]*"/g).sort().join(''))
    .replace(/&(?:#39|apos);/g, "'")
    .replace(/&(?:#34|quot);/g, '"')
    .replaceAll('&#38;', '&amp;')
    .replaceAll('&#60;', '&lt;')
    .replaceAll('&#62;', '&gt;')
}
