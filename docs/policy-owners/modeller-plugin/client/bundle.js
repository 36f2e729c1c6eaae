(() => {
  // src/modeller.js
  var PORT = 8010;
  var modeller = {
    tab: null,
    // the one that is looked at: { id, file: { path } }; `path` is empty until it is saved
    port: PORT,
    lint() {
    }
    // has this diagram of the tab linted again
  };
  function ModellerWatch({ subscribe, triggerAction, config }) {
    if (modeller.isWatched) return null;
    modeller.isWatched = true;
    subscribe("app.activeTabChanged", ({ activeTab }) => {
      modeller.tab = activeTab;
    });
    modeller.lint = (contents) => triggerAction("lint-tab", { tab: modeller.tab, contents });
    config.getForPlugin("policyCheck", "port", PORT).then((port) => {
      modeller.port = Number(port) || PORT;
    }).catch(() => {
    });
    return null;
  }

  // src/reports.js
  var answers = /* @__PURE__ */ new WeakMap();
  function remember(definitions, answer) {
    answers.set(definitions, answer);
  }
  function reportsOf(definitions) {
    const answer = answers.get(definitions);
    const drawn = drawnIn(definitions);
    if (!answer || !drawn) return [];
    if (answer.sentence) return [{ id: drawn.whole.id, name: "Policy check", category: "info", message: answer.sentence }];
    const fresh = new Set(answer.new);
    return answer.findings.flatMap((finding, number) => {
      const category = finding.severity === "error" ? "error" : "warn";
      if (finding.file === answer.file) {
        return [{ ...drawn.at(finding.element_id), category, message: inFull(finding) }];
      }
      if (category === "warn" && !fresh.has(number)) return [];
      const message = `${finding.file}: ${inFull(finding)}`;
      return [{ id: drawn.whole.id, name: "In another file", category, message }];
    });
  }
  function inFull(finding) {
    const more = count(finding.follows);
    if (!more) return finding.message;
    return `${finding.message} ${more} more ${more === 1 ? "follows" : "follow"} from it.`;
  }
  function count(findings = []) {
    return findings.reduce((sum, each) => sum + 1 + count(each.follows), 0);
  }
  function drawnIn({ diagrams = [], rootElements = [] }) {
    const planes = diagrams.map((each) => each.plane).filter((each) => each && each.bpmnElement);
    if (!planes.length) return null;
    const shown = /* @__PURE__ */ new Map();
    for (const plane of planes) {
      for (const { bpmnElement } of [plane, ...plane.planeElement || []]) {
        if (bpmnElement) shown.set(bpmnElement.id, as(bpmnElement));
      }
    }
    for (const { participants = [] } of rootElements) {
      for (const pool of participants) {
        if (pool.processRef && shown.has(pool.id)) shown.set(pool.processRef.id, as(pool));
      }
    }
    const whole = as(planes[0].bpmnElement);
    return { whole, at: (id) => shown.get(id) || whole };
  }
  function as({ id, name }) {
    return name ? { id, name } : { id };
  }

  // src/server.js
  var NOT_THERE = "Your policy is not checked. Start `asb check NAME --serve` in a terminal, with the name of its folder, and come back here.";
  var NOT_SAVED = "Save this diagram in the folder of your policy. It is checked there.";
  async function ask(port, path, xml, signal) {
    if (!path) return { sentence: NOT_SAVED };
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/check?file=${encodeURIComponent(path)}`, {
        method: "POST",
        body: xml,
        signal
      });
      return await answer.json();
    } catch (error) {
      if (signal.aborted) throw error;
      return { sentence: NOT_THERE };
    }
  }

  // src/policy_check.js
  var REST = 500;
  var MARK = "policy-check";
  var WORDS = { error: "error", warn: "warning" };
  function PolicyCheck(bpmnjs, canvas, elementRegistry, eventBus, overlays) {
    let timer;
    let asking = new AbortController();
    eventBus.on(["import.done", "attach", "commandStack.changed"], later);
    window.addEventListener("focus", later);
    eventBus.on("diagram.destroy", () => {
      window.removeEventListener("focus", later);
      clearTimeout(timer);
      asking.abort();
    });
    function later() {
      const { tab } = modeller;
      clearTimeout(timer);
      asking.abort();
      timer = setTimeout(() => check(tab).catch(() => {
      }), REST);
    }
    async function check(tab) {
      const definitions = bpmnjs.getDefinitions();
      if (!tab || !definitions || !canvas.getContainer().isConnected) return;
      const { signal } = asking = new AbortController();
      const { xml } = await bpmnjs.saveXML({ format: true });
      const answer = await ask(modeller.port, tab.file && tab.file.path, xml, signal);
      remember(definitions, answer);
      mark(reportsOf(definitions));
      if (modeller.tab && modeller.tab.id === tab.id) modeller.lint(definitions);
    }
    function mark(reports) {
      overlays.remove({ type: MARK });
      const byElement = /* @__PURE__ */ new Map();
      for (const report of reports) {
        const element = elementRegistry.get(report.id);
        if (!element || element === canvas.getRootElement() || report.category === "info") continue;
        byElement.set(element, [...byElement.get(element) || [], report]);
      }
      for (const [element, found] of byElement) {
        overlays.add(element, MARK, { position: { top: -12, right: 12 }, html: badge(found) });
      }
    }
  }
  PolicyCheck.$inject = ["bpmnjs", "canvas", "elementRegistry", "eventBus", "overlays"];
  function badge(reports) {
    const made = document.createElement("div");
    const worst = reports.some((each) => each.category === "error") ? "error" : "warn";
    made.className = `policy-check policy-check-${worst}`;
    made.textContent = reports.length;
    made.title = reports.map((each) => `${WORDS[each.category]}: ${each.message}`).join("\n");
    made.setAttribute("role", "img");
    made.setAttribute("aria-label", made.title);
    return made;
  }

  // src/lint_rules.js
  var rule = (category) => () => ({
    check(node, reporter) {
      if (node.$type !== "bpmn:Definitions") return;
      for (const report of reportsOf(node)) {
        if (report.category === category) reporter.report(report.id, report.message, { name: report.name });
      }
    }
  });
  var RULES = { error: rule("error"), warning: rule("warn"), note: rule("info") };
  var lintRules = {
    config: { rules: { "asb/error": "error", "asb/warning": "warn", "asb/note": "info" } },
    resolver: {
      resolveRule(pkg, name) {
        if (pkg === "bpmnlint-plugin-asb" && name in RULES) return RULES[name];
        throw new Error(`no rule ${name} of ${pkg} here`);
      },
      resolveConfig(pkg) {
        throw new Error(`no settings of ${pkg} here`);
      }
    }
  };

  // src/index.js
  var plugins = window.plugins = window.plugins || [];
  plugins.push(
    { type: "client", plugin: ModellerWatch },
    { type: "bpmn.cloud.modeler.additionalModules", plugin: { __init__: ["policyCheck"], policyCheck: ["type", PolicyCheck] } },
    { type: "lintRules.cloud-bpmn", plugin: lintRules }
  );
})();
