// How dates, numbers, positions and periods are written for people, in English and in French. Times are UTC and say so.
import type { Position } from '../model/geometry.ts';
import { inLanguage, type Language, type Localised } from '../model/text.ts';
import type { Moment, RecordTime } from '../model/time.ts';
import type { Messages } from './locales/messages.ts';

export interface Wording {
  readonly number: (value: number, decimals?: number) => string;
  /** A stored moment: `24 August 2015`, or `24 August 2015, 14:50 UTC` where the hour is known. */
  readonly moment: (moment: Moment) => string;
  readonly time: (time: RecordTime) => string;
  /** Years only, for lists: `2009 – 2022`. */
  readonly years: (time: RecordTime) => string;
  /** Longitude, latitude in degrees → `21.244° S, 55.708° E` (latitude first, as people say it). */
  readonly position: (position: Position) => string;
  readonly latitude: (degrees: number) => string;
  readonly longitude: (degrees: number) => string;
  readonly metres: (value: number) => string;
  readonly text: (text: Localised | undefined) => string;
}

const LOCALES = { en: 'en-GB', fr: 'fr-FR' } as const;

interface Parts {
  readonly day: string;
  readonly hour: string | null;
}

/** French writes the first day of a month as an ordinal. */
function firstOfMonth(language: Language, day: string): string {
  return language === 'fr' ? day.replace(/^1(?=\s)/, '1er') : day;
}

/** Gives how values are written in a language. `t` has the words between them. */
export function createWording(language: Language, t: Messages): Wording {
  const locale = LOCALES[language];
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const number = (value: number, decimals = 3) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: decimals }).format(value);
  const parts = (moment: Moment): Parts => {
    const [date = '', clock] = moment.replace(/(\.\d+)?Z$/, '').split('T');
    const at = new Date(`${date}T00:00:00Z`);
    const day = Number.isNaN(at.getTime()) ? date : firstOfMonth(language, days.format(at));
    return { day, hour: clock === undefined ? null : clock.endsWith(':00') ? clock.slice(0, 5) : clock };
  };
  const written = ({ day, hour }: Parts) => (hour === null ? day : t.dayAndHour(day, hour));
  const period = (begin: Moment | null, end: Moment | null): string => {
    if (begin === null) return end === null ? t.timeUnknown : t.timeUntil(written(parts(end)));
    if (end === null) return t.timeSince(written(parts(begin)));
    const from = parts(begin);
    const to = parts(end);
    if (from.day !== to.day) return t.timeFromTo(written(from), written(to));
    if (from.hour === null || to.hour === null) return written(from.hour === null ? to : from);
    return from.hour === to.hour ? written(from) : t.dayAndHours(from.day, from.hour, to.hour);
  };
  const year = (moment: Moment) => moment.slice(0, 4);
  const degrees = (value: number, below: string, above: string) =>
    `${number(Math.abs(value), 4)}°${value === 0 ? '' : `\u00a0${value < 0 ? below : above}`}`;
  const latitude = (value: number) => degrees(value, t.south, t.north);
  const longitude = (value: number) => degrees(value, t.west, t.east);
  return {
    number,
    moment: (moment) => written(parts(moment)),
    time: (time) => {
      if (time.kind === 'none') return t.timeUnknown;
      return time.kind === 'instant' ? written(parts(time.at)) : period(time.begin, time.end);
    },
    years: (time) => {
      if (time.kind === 'none') return '';
      if (time.kind === 'instant') return year(time.at);
      const begin = time.begin === null ? '' : year(time.begin);
      const end = time.end === null ? '' : year(time.end);
      if (begin === end) return begin;
      if (end === '') return t.yearsSince(begin);
      return begin === '' ? t.yearsUntil(end) : `${begin} – ${end}`;
    },
    position: ([x, y]) => `${latitude(y)}, ${longitude(x)}`,
    latitude,
    longitude,
    metres: (value) => `${number(value, 0)}\u00a0m`,
    text: (text) => inLanguage(text, language),
  };
}
