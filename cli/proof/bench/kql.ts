import { DEFAULT_INDICES, mappingForRule } from '../../fields/tables/rule-mapping.ts';
import type { Event } from '../../fields/event.ts';
import { compileQuery } from '../../query/compile-query.ts';
import type { EventQuery } from '../../query/compile.ts';
import type { JsonObject } from '../../text/json.ts';
import type { Bench } from './bench.ts';

/** Queries as detection rules have them: a data set, an action, lists of names, patterns, exclusions. */
const QUERIES: readonly string[] = [
  'event.dataset: "aws.cloudtrail" and event.provider: "iam.amazonaws.com" and event.action: (CreateUser or CreateAccessKey or AttachUserPolicy) and event.outcome: success',
  'event.dataset: "aws.cloudtrail" and event.action: StopLogging and not user_agent.original: (*terraform* or *Pulumi*)',
  'event.dataset: okta.system and event.action: (user.mfa.factor.deactivate or user.mfa.factor.reset_all) and not okta.actor.type: SystemPrincipal',
  'event.dataset: "azure.signinlogs" and event.outcome: (success or Success) and source.ip: (* and not (10.0.0.0/8 or 192.168.0.0/16))',
  'event.dataset: "kubernetes.audit_logs" and kubernetes.audit.verb: (create or update or patch) and kubernetes.audit.objectRef.resource: (pods or deployments) and not user.name: system\\:*',
  'host.os.type: windows and event.category: process and event.type: start and process.name: (whoami.exe or net.exe or net1.exe or nltest.exe or quser.exe)',
  'host.os.type: windows and event.category: process and event.type: start and process.command_line: (*-enc* or *FromBase64String* or *DownloadString*) and not process.parent.name: (msiexec.exe or "Setup Host.exe")',
  'host.os.type: linux and event.category: process and process.name: (curl or wget) and process.args: (http* or *pastebin.com*) and not user.name: (root or nobody)',
  'host.os.type: windows and event.category: registry and registry.path: (*\\\\CurrentVersion\\\\Run\\\\* or *\\\\CurrentVersion\\\\RunOnce\\\\*) and not process.executable: C\\:\\\\Windows\\\\System32\\\\*',
  'event.category: network and destination.port: (4444 or 5555 or 8443) and network.bytes >= 1000000 and not destination.ip: (10.0.0.0/8 or 172.16.0.0/12 or 192.168.0.0/16 or "::1")',
  'event.category: authentication and event.outcome: failure and winlog.event_id: (4625 or 4771) and not user.name: *$',
  'event.dataset: o365.audit and event.provider: Exchange and event.action: ("New-InboxRule" or "Set-InboxRule") and o365.audit.Parameters.ForwardTo: *',
  'event.dataset: "gcp.audit" and event.action: google.iam.admin.v1.CreateServiceAccountKey and event.outcome: success',
  'host.os.type: macos and event.category: file and file.path: (/Library/LaunchDaemons/* or /Users/*/Library/LaunchAgents/*) and not process.name: (softwareupdated or installer)',
  'event.dataset: github.audit and event.action: "protected_branch.destroy" and github.repo: *',
  'host.os.type: linux and event.category: file and file.name: (authorized_keys or id_rsa or shadow) and process.name: (bash or sh or python3)',
  'event.module: system and event.dataset: system.auth and message: ("Failed password" or "Invalid user")',
  'process.name: (powershell.exe or pwsh.exe) and process.args: ("-NoProfile" or "-WindowStyle") and process.args: (hidden or Hidden)',
  'event.action: "scheduled-task-created" and not winlog.event_data.TaskName: (\\\\Microsoft\\\\* or *OneDrive*)',
  'cloud.provider: aws and event.type: (creation or change) and user.roles: admin and source.geo.country_iso_code: (RU or KP or IR)',
];

const HOST = { name: 'ws-0421', id: 'b3c1', os: { type: 'windows', name: 'Windows 11', version: '10.0.22631' } };
const BASE = { '@timestamp': '2026-01-12T08:15:30.123Z', agent: { type: 'endpoint', version: '9.2.0' }, ecs: { version: '8.11.0' } }; // prettier-ignore

/** Events as agents and integrations write them, with the fields that surround what the rules ask for. */
const EVENTS: readonly JsonObject[] = [
  { ...BASE, event: { dataset: 'aws.cloudtrail', provider: 'iam.amazonaws.com', action: 'CreateUser', outcome: 'success', category: ['iam'], type: ['creation'] }, cloud: { provider: 'aws', region: 'eu-central-1' }, user: { name: 'deploy', id: 'AIDA' }, user_agent: { original: 'aws-cli/2.15' }, source: { ip: '203.0.113.7' } },
  { ...BASE, event: { dataset: 'okta.system', action: 'user.session.start', outcome: 'success', category: ['authentication'] }, okta: { actor: { type: 'User', alternate_id: 'a@example.org' }, outcome: { result: 'SUCCESS' } }, source: { ip: '198.51.100.23' } },
  { ...BASE, event: { dataset: 'azure.signinlogs', outcome: 'success', action: 'Sign-in activity', category: ['authentication'] }, source: { ip: '10.4.5.6' }, azure: { tenant_id: 't', signinlogs: { properties: { app_display_name: 'Portal' } } } },
  { ...BASE, event: { dataset: 'kubernetes.audit_logs', category: ['configuration'] }, kubernetes: { audit: { verb: 'create', objectRef: { resource: 'pods', namespace: 'default' } } }, user: { name: 'system:serviceaccount:kube-system:job' } },
  { ...BASE, host: HOST, event: { dataset: 'endpoint.events.process', module: 'endpoint', category: ['process'], type: ['start'], action: 'start' }, process: { name: 'whoami.exe', executable: 'C:\\Windows\\System32\\whoami.exe', args: ['whoami', '/all'], command_line: 'whoami /all', parent: { name: 'cmd.exe' } }, user: { name: 'alice', domain: 'CORP' } },
  { ...BASE, host: HOST, event: { dataset: 'endpoint.events.process', module: 'endpoint', category: ['process'], type: ['start'], action: 'start' }, process: { name: 'powershell.exe', args: ['powershell.exe', '-NoProfile', '-WindowStyle', 'hidden', '-enc', 'SQBFAFgA'], command_line: 'powershell.exe -NoProfile -WindowStyle hidden -enc SQBFAFgA', parent: { name: 'winword.exe' } }, user: { name: 'bob' } },
  { ...BASE, host: { ...HOST, os: { type: 'linux' } }, event: { dataset: 'endpoint.events.process', module: 'endpoint', category: ['process'], type: ['start'], action: 'exec' }, process: { name: 'curl', args: ['curl', '-s', 'https://pastebin.com/raw/x'], command_line: 'curl -s https://pastebin.com/raw/x', parent: { name: 'bash' } }, user: { name: 'www-data' } },
  { ...BASE, host: HOST, event: { dataset: 'endpoint.events.registry', category: ['registry'], type: ['change'], action: 'modification' }, registry: { path: 'HKLM\\Software\\Microsoft\\Windows\\CurrentVersion\\Run\\Updater', value: 'Updater' }, process: { name: 'reg.exe', executable: 'C:\\Windows\\System32\\reg.exe' } },
  { ...BASE, host: HOST, event: { dataset: 'endpoint.events.network', category: ['network'], type: ['start'], action: 'connection_attempted' }, destination: { ip: '93.184.216.34', port: 443 }, source: { ip: '10.0.0.15', port: 51555 }, network: { bytes: 51200, transport: 'tcp' }, process: { name: 'chrome.exe' } },
  { ...BASE, host: HOST, event: { dataset: 'system.security', module: 'system', category: ['authentication'], outcome: 'failure', action: 'logon-failed' }, winlog: { event_id: '4625', event_data: { TargetUserName: 'alice', LogonType: '3' } }, user: { name: 'alice' } },
  { ...BASE, host: { ...HOST, os: { type: 'macos' } }, event: { dataset: 'endpoint.events.file', category: ['file'], type: ['creation'], action: 'creation' }, file: { path: '/Library/LaunchDaemons/com.example.agent.plist', name: 'com.example.agent.plist' }, process: { name: 'installer' } },
  { ...BASE, event: { dataset: 'system.auth', module: 'system', category: ['authentication'], outcome: 'failure' }, message: 'Failed password for invalid user admin from 203.0.113.50 port 41952 ssh2', host: { ...HOST, os: { type: 'linux' } } },
]; // prettier-ignore

const MILLISECONDS = 2000;

/** Rule evaluations a second on one core, all rules over all events in memory, and how many of them match. */
function measure(): { readonly perSecond: number; readonly matches: number } {
  const mapping = mappingForRule({ body: { index: DEFAULT_INDICES }, metadata: {} });
  const rules = QUERIES.map((query): EventQuery => {
    const { runnable, diagnostics } = compileQuery('kuery', query, { mapping, now: 0 });
    if (runnable?.kind !== 'event') throw new Error(`${query}: ${diagnostics[0]?.message ?? 'cannot be run'}`);
    return runnable;
  });
  const events = EVENTS.map((source, ordinal): Event => ({
    index: 'logs-bench',
    id: String(ordinal),
    source,
    ordinal,
  }));
  const round = (): number => {
    let matches = 0;
    for (const event of events) for (const rule of rules) if (rule.test(event)) matches++;
    return matches;
  };
  for (let warm = 0; warm < 2000; warm++) round();
  // CPU time, not the clock: another process on the core would count as ours.
  const start = process.cpuUsage();
  const used = (): number => process.cpuUsage(start).user / 1000;
  let rounds = 0;
  let matches = 0;
  while (used() < MILLISECONDS) {
    for (let at = 0; at < 500; at++) matches = round();
    rounds += 500;
  }
  return { perSecond: (rounds * rules.length * events.length) / (used() / 1000), matches };
}

const name = `KQL, ${QUERIES.length} rules over ${EVENTS.length} events`;

/** All rules over all events in memory, an event after the other, as a run of many rules asks them. */
export const kql: Bench = {
  name,
  run(print) {
    const { perSecond, matches } = measure();
    print(
      `${name.padEnd(43)} ${(perSecond / 1e6).toFixed(2).padStart(6)} million/s  ` +
        `${(1e9 / perSecond).toFixed(0).padStart(5)} ns each  ${matches} found`,
    );
  },
};
