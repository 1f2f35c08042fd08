import { isJsonObject, own, type Json, type JsonObject } from '../../../text/json.ts';
import { PlatformError } from '../route.ts';

/** What a type of connector asks for, as far as the stand-in knows it, and what it fills in. */
interface ConnectorType {
  /** Members of `config` and of `secrets` that have to be texts. */
  readonly config?: readonly string[];
  readonly secrets?: readonly string[];
  readonly defaults?: JsonObject;
}

/**
 * What Kibana registers (kibana: stack_connectors/server/plugin.ts; the list of its own test is in alerting_api_integration,
 * check_registered_connector_types.ts). Those with an empty entry take any members here.
 */
const TYPES: Readonly<Record<string, ConnectorType>> = {
  '.bedrock': {},
  '.cases-webhook': {},
  '.crowdstrike': {},
  '.d3security': {},
  '.email': { config: ['from'], defaults: { hasAuth: true, secure: null, host: null, port: null, service: 'other' } },
  '.gemini': {},
  '.gen-ai': {},
  '.http': {},
  '.index': { config: ['index'], defaults: { refresh: false, executionTimeField: null } },
  '.inference': {},
  '.jira': { config: ['apiUrl', 'projectKey'], secrets: ['email', 'apiToken'] },
  '.mcp': {},
  '.microsoft_defender_endpoint': {},
  '.opsgenie': { config: ['apiUrl'], secrets: ['apiKey'] },
  '.pagerduty': { secrets: ['routingKey'], defaults: { apiUrl: null } },
  '.resilient': {},
  '.sentinelone': {},
  '.server-log': {},
  '.servicenow': {},
  '.servicenow-itom': {},
  '.servicenow-sir': {},
  '.slack': { secrets: ['webhookUrl'] },
  '.slack_api': { secrets: ['token'] },
  '.swimlane': {},
  '.teams': { secrets: ['webhookUrl'] },
  '.thehive': {},
  '.tines': {},
  '.torq': { config: ['webhookIntegrationUrl'], secrets: ['token'] },
  '.webhook': { config: ['url'], defaults: { hasAuth: true, headers: null } },
  '.xmatters': {},
  '.xsoar': {},
};

const typeOf = (id: string): ConnectorType => (Object.hasOwn(TYPES, id) ? (TYPES[id] ?? {}) : {});

const nameOfType = (value: Json | undefined): string =>
  value === undefined ? 'undefined' : value === null ? 'null' : Array.isArray(value) ? 'Array' : typeof value === 'object' ? 'Object' : typeof value; // prettier-ignore

function needTexts(part: 'config' | 'secrets', keys: readonly string[], given: JsonObject): void {
  for (const key of keys) {
    const value = own(given, key);
    if (typeof value === 'string') continue;
    throw new PlatformError(
      400,
      `error validating action type ${part}: [${key}]: expected value of type [string] but got [${nameOfType(value)}]`,
    );
  }
}

/** Texts without a character are refused, however deep (kibana: actions/server/lib/validate_empty_strings.ts). */
function refuseEmpty(value: Json | undefined, path: string): void {
  if (typeof value === 'string' && value.trim() === '')
    throw new PlatformError(400, `[request body.${path}]: value '' is not valid`);
  if (Array.isArray(value)) for (const one of value as readonly Json[]) refuseEmpty(one, path);
  if (isJsonObject(value)) for (const one of Object.values(value)) refuseEmpty(one, path);
}

/**
 * Checks a connector as its type does, and gives its configuration with what is filled in (kibana:
 * actions/server/application/connector/methods/create/create.ts, lib/validate_with_schema.ts).
 */
export function checkedConfig(type: string, body: JsonObject): JsonObject {
  const [config, secrets] = [own(body, 'config') ?? {}, own(body, 'secrets') ?? {}];
  refuseEmpty(own(body, 'name'), 'name');
  for (const [key, value] of Object.entries(isJsonObject(config) ? config : {})) refuseEmpty(value, `config.${key}`);
  for (const [key, value] of Object.entries(isJsonObject(secrets) ? secrets : {})) refuseEmpty(value, `secrets.${key}`);
  if (!Object.hasOwn(TYPES, type)) throw new PlatformError(400, `Action type "${type}" is not registered.`);
  const { config: texts = [], secrets: hidden = [] } = typeOf(type);
  needTexts('config', texts, isJsonObject(config) ? config : {});
  needTexts('secrets', hidden, isJsonObject(secrets) ? secrets : {});
  return withDefaults(type, config);
}

/** The configuration with what the type fills in. */
export const withDefaults = (type: string, config: Json | undefined): JsonObject => ({
  ...typeOf(type).defaults,
  ...(isJsonObject(config) ? config : {}),
});
