export { startStandIn, type Fault, type StandIn, type StandInOptions } from './server.ts';
export {
  emptySpace,
  newWorld,
  spaceOf,
  steady,
  type Around,
  type Circumstances,
  type Space,
  type World,
} from './world.ts';
export { installPrebuilt } from './rules/prebuilt.ts';
