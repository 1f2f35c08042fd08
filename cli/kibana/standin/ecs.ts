import { ecsFor, DEFAULT_STACK } from '../../fields/tables/ecs.ts';

/** Type of a field in ECS; undefined for a field that ECS does not have. */
export const ecsTypeOf = (name: string): string | undefined => ecsFor(DEFAULT_STACK).names.typeOf(name);
