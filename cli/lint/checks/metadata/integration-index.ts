import type { RuleCheck } from '../../check.ts';

export const check: RuleCheck = {
  id: 'metadata/integration-index',
  severity: 'warning',
  summary: 'Each integration that the metadata names is searched.',
  run({ file, body, metadata }) {
    const { integration } = metadata;
    const list = integration === undefined ? [] : typeof integration === 'string' ? [integration] : integration;
    const { index } = body;
    if (index === undefined || body.type === 'machine_learning' || body.type === 'threat_match') return [];
    if (!index.some((pattern) => /^(?:[^:]*:)?(?:logs|metrics|traces)-/.test(pattern))) return [];
    return list.flatMap((name, at) => {
      // A pattern reaches the integration if it can begin with logs-<name>, or is so short that it reaches everything.
      const reached = index.some((pattern) => {
        const stem = pattern.replace(/^[^:]*:/, '').replace(/\*.*$/, '');
        return [`logs-${name}`, `metrics-${name}`, `traces-${name}`].some(
          (one) => stem.startsWith(one) || one.startsWith(stem),
        );
      });
      if (reached || SCORES.has(name) || isBeat(name, index)) return [];
      return [
        {
          message: `no index of the rule holds data of ${name}`,
          span: file.valueSpan(['metadata', 'integration', ...(typeof integration === 'string' ? [] : [at])]),
          why: 'Kibana tells people to install this integration for the rule, which then does not read its data',
          help: `add "logs-${name}.*" to index, or take ${name} out`,
        },
      ];
    });
  },
};

/** Packages that hold models: they add scores to the events of other integrations and have no indices of their own. */
const SCORES = new Set(['beaconing', 'ded', 'dga', 'lmd', 'pad', 'problemchild']);

/** Integrations whose data came from a beat before, under the beat's own index. */
const BEATS: Readonly<Record<string, RegExp>> = {
  windows: /^winlogbeat-/,
  system: /^(?:winlogbeat|auditbeat|filebeat)-/,
  apm: /^(?:apm-|traces-)/,
  auditd_manager: /^auditbeat-/,
  network_traffic: /^packetbeat-/,
};

const isBeat = (name: string, index: readonly string[]): boolean => {
  const beat = Object.hasOwn(BEATS, name) ? BEATS[name] : /^filebeat-/;
  return beat !== undefined && index.some((pattern) => beat.test(pattern));
};
