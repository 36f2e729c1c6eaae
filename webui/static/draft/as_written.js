// XML saved as it was written before, so that only what was changed is a difference.
// The editors write &#39; for each ' in an attribute; what we and others have written by hand is mostly the sign itself.
export function asWritten (opened, saved) {
  if (opened.includes('&#39;')) return saved
  return saved.split(/(<!\[CDATA\[.*?\]\]>)/s).map((part, place) => place % 2 ? part : part.replaceAll('&#39;', "'")).join('')
}
