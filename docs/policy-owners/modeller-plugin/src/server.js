// Asks `asb check NAME --serve`, which runs on this machine.

const NOT_THERE =
  'Your policy is not checked. Start `asb check NAME --serve` in a terminal, with the name of its folder, and come back here.';
const NOT_SAVED = 'Save this diagram in the folder of your policy. It is checked there.';

/**
 * What is to be said of the folder with this diagram in it: { file, findings, new }, or { sentence } where nothing can
 * be found out. Rejects where `signal` is aborted, and then alone.
 */
export async function ask(port, path, xml, signal) {
  if (!path) return { sentence: NOT_SAVED };
  try {
    // Sent as plain text it needs no leave beforehand.
    const answer = await fetch(`http://127.0.0.1:${port}/check?file=${encodeURIComponent(path)}`, {
      method: 'POST',
      body: xml,
      signal,
    });
    return await answer.json();
  } catch (error) {
    if (signal.aborted) throw error;
    return { sentence: NOT_THERE };
  }
}
