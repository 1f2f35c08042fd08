import { plusSeconds, SECONDS_PER_DAY, type Instant } from '../instant.ts';

/** A time zone: how far its clocks are ahead of UTC, in seconds. Local times are `Instant`s on the clock of the zone. */
export interface Zone {
  /** The same offset at all times. */
  readonly fixed?: number;
  offsetAt(instant: Instant): number;
}

export const fixedZone = (seconds: number): Zone => ({ fixed: seconds, offsetAt: () => seconds });

export const UTC: Zone = fixedZone(0);

/** A local time with the offset that holds there. */
export interface Zoned {
  readonly local: Instant;
  readonly offset: number;
  readonly zone: Zone;
}

/**
 * A local time in a zone. Of a time that comes twice `preferred` is the offset to take, else the earlier one; a time that is
 * skipped moves on by the length of the gap (java: ZonedDateTime.ofLocal).
 */
export function atLocal(local: Instant, zone: Zone, preferred?: number): Zoned {
  if (zone.fixed !== undefined) return { local, offset: zone.fixed, zone };
  // No zone is further than 18 hours from UTC, so that these lie on both sides of it
  const earlier = zone.offsetAt(plusSeconds(local, -SECONDS_PER_DAY));
  const later = zone.offsetAt(plusSeconds(local, SECONDS_PER_DAY));
  if (earlier === later) return { local, offset: earlier, zone };
  const holds = (offset: number): boolean => zone.offsetAt(plusSeconds(local, -offset)) === offset;
  if (preferred !== undefined && preferred !== earlier && preferred === later && holds(later))
    return { local, offset: later, zone };
  if (holds(earlier)) return { local, offset: earlier, zone };
  if (holds(later)) return { local, offset: later, zone };
  return { local: plusSeconds(local, later - earlier), offset: later, zone };
}

export function atInstant(instant: Instant, zone: Zone): Zoned {
  const offset = zone.offsetAt(instant);
  return { local: plusSeconds(instant, offset), offset, zone };
}

export const toInstant = ({ local, offset }: Zoned): Instant => (offset === 0 ? local : plusSeconds(local, -offset));

/** The same time of another zone's clock (java: ZonedDateTime.withZoneSameLocal). */
export const withZone = (at: Zoned, zone: Zone): Zoned => atLocal(at.local, zone, at.offset);
