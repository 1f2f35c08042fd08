import { COMMON } from '../../rule/schema/common.ts';
import { TYPES } from '../../rule/schema/types.ts';
import type { Finding } from '../../text/diagnostic.ts';
import { own, type JsonObject } from '../../text/json.ts';
import type { Span } from '../../text/span.ts';
import type { DesiredRule } from './desired.ts';

/** What an override is chosen by: the path of a rule, its tags and its type. */
export type Overridable = Pick<DesiredRule, 'path' | 'document'>;

/** Values of an environment for some rules; `members` are those of dac.toml's SETTABLE. */
export interface RuleOverride {
  readonly fits: (rule: Overridable) => boolean;
  readonly members: JsonObject;
  /** The file that has it, and where: a member, or the override as a whole. */
  readonly path: string;
  readonly spanOf: (member?: string) => Span;
}

const fitting = (rule: Overridable, overrides: readonly RuleOverride[]): readonly RuleOverride[] =>
  overrides.filter((one) => one.fits(rule));

/** A rule with the values of the environment; for each member the last override that fits wins. */
export const withOverrides = (rule: Overridable, overrides: readonly RuleOverride[]): JsonObject =>
  Object.assign({}, rule.document, ...fitting(rule, overrides).map((one) => one.members)) as JsonObject;

/** Members that the environment sets for a rule: their values are not those of its file. */
export const overriddenMembers = (rule: Overridable, overrides: readonly RuleOverride[]): ReadonlySet<string> =>
  new Set(fitting(rule, overrides).flatMap((one) => Object.keys(one.members)));

const typeOf = (rule: Overridable): string => {
  const type = own(rule.document, 'type');
  return typeof type === 'string' ? type : '';
};

const hasMember = (type: string, member: string): boolean =>
  !Object.hasOwn(TYPES, type) || Object.hasOwn(COMMON, member) || Object.hasOwn(TYPES[type]?.properties ?? {}, member);

/** Why a member that an override sets would do nothing for a rule, and what to do; undefined: it counts. */
function lack(rule: Overridable, member: string): { readonly why: string; readonly help: string } | undefined {
  const type = typeOf(rule);
  if (!hasMember(type, member)) {
    const types = Object.keys(TYPES).filter((one) => hasMember(one, member));
    return {
      why: `a rule of type ${type} has no ${member}`,
      help: `leave such rules out: add types = ${JSON.stringify(types)} to the override, or narrow its files or tags`,
    };
  }
  const view = own(rule.document, 'data_view_id');
  if (member !== 'index' || view === undefined || view === '') return undefined;
  return { why: 'it searches a data view, which wins over index', help: "narrow the override's files or tags" };
}

/** Members that an override sets for rules in which they do nothing: Kibana drops or ignores them without a word. */
export function overrideFaults(rules: readonly Overridable[], overrides: readonly RuleOverride[]): readonly Finding[] {
  return overrides.flatMap((override) =>
    Object.keys(override.members).flatMap((member): Finding[] => {
      const lacking = rules.flatMap((rule) => {
        const found = lack(rule, member);
        return found !== undefined && override.fits(rule) ? [{ rule, ...found }] : [];
      });
      const [first, ...more] = lacking;
      if (first === undefined) return [];
      return [
        {
          id: 'publish/override',
          severity: 'error',
          path: override.path,
          span: override.spanOf(member),
          message: `${member} is set for ${first.rule.path}, but ${first.why}${more.length === 0 ? '' : `; ${more.length} more like it`}`,
          why: 'Kibana says nothing about it, and the rule runs as if it were not here',
          help: first.help,
        },
      ];
    }),
  );
}

/** Overrides that fit no rule, which only a run over the whole repository can tell: a pattern that is misspelt sets nothing. */
export const unusedOverrides = (
  rules: readonly Overridable[],
  overrides: readonly RuleOverride[],
): readonly Finding[] =>
  overrides
    .filter((one) => !rules.some((rule) => one.fits(rule)))
    .map((one) => ({
      id: 'publish/override-unused',
      severity: 'warning',
      path: one.path,
      span: one.spanOf(),
      message: 'this override fits no rule',
      help: 'correct its files, tags or types, or take it out',
    }));
