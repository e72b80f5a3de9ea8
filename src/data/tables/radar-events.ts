// Events of a Doppler radar: from the first record whose power reaches the on-threshold to the last one that is not below the off-threshold
// before a gap. Power in dB is averaged in linear units. Descriptive; nothing about mass follows from it.

export interface EventRules {
  readonly on: number;
  /** At most `on`. */
  readonly off: number;
  /** Milliseconds: shorter events are left out. */
  readonly minDuration: number;
  /** Milliseconds below the off-threshold, or without records, that end an event. */
  readonly mergeGap: number;
  /** Usual step of the records, milliseconds; NaN: not known. */
  readonly step: number;
  readonly isDecibel: boolean;
}

export interface RadarEvent {
  readonly start: number;
  readonly end: number;
  /** Records between start and end that have a power. */
  readonly records: number;
  readonly maximumPower: number;
  readonly maximumPowerAt: number;
  readonly meanPower: number;
  /** NaN: not asked, or none. */
  readonly maximumVelocity: number;
  /** Percent of the records that the usual step makes one expect; NaN: not known. */
  readonly completeness: number;
}

interface Open {
  readonly start: number;
  end: number;
  records: number;
  sum: number;
  /** Of the records since `end`, which count only if the event goes on. */
  laterRecords: number;
  laterSum: number;
  laterVelocity: number;
  maximum: number;
  maximumAt: number;
  velocity: number;
}

/** 10·log10 of the mean of 10^(p/10): 10 and 20 dB make 17.4 dB. */
export function meanPower(powers: readonly number[], isDecibel: boolean): number {
  if (powers.length === 0) return Number.NaN;
  const linear = powers.reduce((sum, power) => sum + (isDecibel ? 10 ** (power / 10) : power), 0) / powers.length;
  return isDecibel ? 10 * Math.log10(linear) : linear;
}

/** Takes records in the order of time; gives each event once its end is known. `velocity` is NaN where there is none. */
export function createEventFinder(rules: EventRules) {
  let open: Open | null = null;
  const linear = (power: number): number => (rules.isDecibel ? 10 ** (power / 10) : power);

  function close(): RadarEvent | null {
    const event = open;
    open = null;
    if (event === null || event.end - event.start < rules.minDuration) return null;
    const mean = event.sum / event.records;
    const expected = Number.isNaN(rules.step) ? Number.NaN : Math.round((event.end - event.start) / rules.step) + 1;
    return {
      start: event.start,
      end: event.end,
      records: event.records,
      maximumPower: event.maximum,
      maximumPowerAt: event.maximumAt,
      meanPower: rules.isDecibel ? 10 * Math.log10(mean) : mean,
      maximumVelocity: event.velocity,
      completeness: Math.min(100, (100 * event.records) / expected),
    };
  }

  function goOn(event: Open, at: number, power: number, velocity: number): void {
    event.records += event.laterRecords + 1;
    event.sum += event.laterSum + linear(power);
    event.velocity = greatest(event.velocity, greatest(event.laterVelocity, velocity));
    event.laterRecords = 0;
    event.laterSum = 0;
    event.laterVelocity = Number.NaN;
    event.end = at;
    if (power > event.maximum) [event.maximum, event.maximumAt] = [power, at];
  }

  return {
    add(at: number, power: number, velocity: number): RadarEvent | null {
      if (Number.isNaN(at) || Number.isNaN(power)) return null;
      const done =
        open !== null && at - open.end >= rules.mergeGap && (power < rules.off || at - open.end > rules.mergeGap)
          ? close()
          : null;
      if (open === null) {
        if (power >= rules.on)
          open = {
            start: at,
            end: at,
            records: 1,
            sum: linear(power),
            laterRecords: 0,
            laterSum: 0,
            laterVelocity: Number.NaN,
            maximum: power,
            maximumAt: at,
            velocity,
          };
      } else if (power >= rules.off) goOn(open, at, power, velocity);
      else {
        open.laterRecords += 1;
        open.laterSum += linear(power);
        open.laterVelocity = greatest(open.laterVelocity, velocity);
      }
      return done;
    },
    end: close,
  };
}

function greatest(a: number, b: number): number {
  if (Number.isNaN(a)) return b;
  return Number.isNaN(b) ? a : Math.max(a, b);
}
