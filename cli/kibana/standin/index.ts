export { startStandIn, type Fault, type StandIn, type StandInOptions } from './server.ts';
export { emptySpace, newWorld, steady, type Around, type Circumstances, type Space, type World } from './world.ts';
