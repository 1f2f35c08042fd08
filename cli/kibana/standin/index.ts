export { startStandIn, type Fault, type StandIn, type StandInOptions } from './server.ts';
export { observe, type Exchange } from './observe.ts';
export { startSearch, type SearchStandIn, type SearchStandInOptions } from './search/server.ts';
export {
  emptySpace,
  newWorld,
  spaceOf,
  steady,
  type Around,
  type Circumstances,
  type PreviewResult,
  type Space,
  type World,
} from './world.ts';
export { installPrebuilt, installRule } from './rules/prebuilt.ts';
