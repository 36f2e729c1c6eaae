// What Camunda Modeler tells a plug-in of itself: which file is open, where the server is looked for, and how to have a
// diagram linted again.

const PORT = 8010;

export const modeller = {
  tab: null, // the one that is looked at: { id, file: { path } }; `path` is empty until it is saved
  port: PORT,
  lint() {}, // has this diagram of the tab linted again
};

/** A component of the modeller's window, which draws nothing. */
export function ModellerWatch({ subscribe, triggerAction, config }) {
  if (modeller.isWatched) return null; // it is called each time that the window is drawn
  modeller.isWatched = true;
  subscribe('app.activeTabChanged', ({ activeTab }) => {
    modeller.tab = activeTab;
  });
  modeller.lint = (contents) => triggerAction('lint-tab', { tab: modeller.tab, contents });
  config
    .getForPlugin('policyCheck', 'port', PORT)
    .then((port) => {
      modeller.port = Number(port) || PORT;
    })
    .catch(() => {}); // no file of settings: where it is looked for anyway
  return null;
}
