import { list, meaning, name, oneOf, table, type Schema } from './build.ts';

const reference = (example: string): Schema =>
  meaning('Address of its page.', {
    type: 'string',
    pattern: '^https://(attack|atlas)\\.mitre\\.org/',
    examples: [example],
  });
const item = (id: string, title: string, page: string): Readonly<Record<string, Schema>> => ({
  id: name('Id in the framework.', id),
  name: name('Name in the framework, as it is spelled there.', title),
  reference: reference(page),
});
const all = ['id', 'name', 'reference'] as const;
const SITE = 'https://attack.mitre.org';

const subtechnique = table(
  'A sub-technique of the technique above it.',
  item('T1553.004', 'Install Root Certificate', `${SITE}/techniques/T1553/004/`),
  all,
);
const technique = table(
  'A technique of the tactic above it.',
  {
    ...item('T1553', 'Subvert Trust Controls', `${SITE}/techniques/T1553/`),
    subtechnique: list('Sub-techniques.', subtechnique),
  },
  all,
);

export const FRAMEWORK = oneOf('Framework that the ids belong to.', 'MITRE ATT&CK', 'MITRE ATLAS');

/** `[[rule.threat]]` */
export const THREAT = list(
  'Place of the behaviour in MITRE ATT&CK or ATLAS: one entry a tactic.',
  table(
    'One tactic and its techniques.',
    {
      framework: FRAMEWORK,
      tactic: table('The tactic.', item('TA0005', 'Defense Evasion', `${SITE}/tactics/TA0005/`), all),
      technique: list('Techniques of the tactic.', technique),
    },
    ['framework', 'tactic'],
  ),
);

/** `[[rule.threat_mappings]]` */
export const THREAT_MAPPINGS = list(
  'Places in other versions of the framework; kept in the repository, not sent to Kibana.',
  table(
    'The mapping under one version.',
    { framework: FRAMEWORK, version: name('Version of the framework.', '19'), threat: THREAT },
    ['framework', 'version', 'threat'],
  ),
);
