import { own, type JsonObject } from '../../../text/json.ts';
import { ok, RouteError, type Handler, type Route } from '../route.ts';
import { changed } from '../rules/document.ts';
import { objects, textOf } from '../values.ts';
import { spaceOf } from '../world.ts';
import { newItem, newList, put } from './documents.ts';
import { bodyOf, writerOf } from './lists.ts';
import { ruleItemsShape } from './shape.ts';

/** Adds items to the rule's own list, which is made and attached if the rule has none (kibana: create_rule_exceptions_route.ts). */
const add: Handler = (call, world) => {
  const body = bodyOf(call, ruleItemsShape);
  const space = spaceOf(world, call.space);
  const id = call.parameters['id'] ?? '';
  const rule = space.rules.get(id);
  if (rule === undefined) throw new RouteError(500, `Unable to add exception to rule - rule with id:"${id}" not found`);
  const references = objects(own(rule, 'exceptions_list'));
  const defaults = references.filter((one) => own(one, 'type') === 'rule_default');
  if (defaults.length > 1) throw new RouteError(500, 'More than one default exception list found on rule');
  const writer = writerOf(call, world);
  let list: JsonObject | undefined = space.lists.get(textOf(defaults[0] ?? {}, 'id'));
  if (list === undefined) {
    list = put(
      space.lists,
      newList(
        {
          name: `Exceptions for rule - ${textOf(rule, 'name')}`,
          description: `Exception list containing exceptions for rule with id: ${id}`,
          type: 'rule_default',
          tags: ['default_rule_exception_list'],
        },
        writer,
      ),
    );
    const reference = {
      id: textOf(list, 'id'),
      list_id: textOf(list, 'list_id'),
      type: 'rule_default',
      namespace_type: 'single',
    };
    const kept = references.filter((one) => own(one, 'type') !== 'rule_default');
    space.rules.set(id, changed(rule, { exceptions_list: [...kept, reference] }, call.user, world));
  }
  const listId = textOf(list, 'list_id');
  return ok(
    objects(own(body, 'items')).map((item) =>
      put(space.items, newItem({ ...item, list_id: listId, namespace_type: 'single' }, writer)),
    ),
  );
};

export const ruleExceptionRoutes: readonly Route[] = [
  { method: 'POST', path: '/api/detection_engine/rules/{id}/exceptions', needs: 'rules-all', handle: add },
];
