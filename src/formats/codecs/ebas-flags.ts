// The flags of EBAS by what they make of a value (EBAS flag list as NILU's reader 4.4 has it).

export type FlagValidity = 'valid' | 'invalid' | 'missing' | 'hidden';

/** Single numbers and ranges `a-b`. */
const LISTS: Readonly<Record<FlagValidity, string>> = {
  valid:
    '0 100-103 110 111 120 147 185-191 210 211 220 247-250 257 258 275 276 298 299 360 370 380 382 388 390 392 394 410 411 420 440 450 457 458 470 472 475 476 498 499 521 529 531 532 555-559 630-632 640 644 645 647-657 660 662 665 668 674-676 678-680 695 698 740 741 760 770 771 780-782 797 798',
  invalid:
    '251 256 259 260 277 278 389 391 393 395 451 452 456 459 460 471 477 478 530 533 534 540 541 549 565-568 578 591 593 599 620 635 641 646 658 659 663 664 666 669 670 672 677 681-687 696 699 701 784 799',
  missing: '750 783 890 891 899 980 990 999',
  hidden: '900',
};

const VALIDITY: ReadonlyMap<number, FlagValidity> = new Map(
  (Object.entries(LISTS) as [FlagValidity, string][]).flatMap(([validity, list]) =>
    list.split(' ').flatMap((part): [number, FlagValidity][] => {
      const [from = 0, to = from] = part.split('-').map(Number);
      return Array.from({ length: to - from + 1 }, (_, n) => [from + n, validity]);
    }),
  ),
);

/** Says that the value is good in spite of invalid flags beside it. */
const OVERRIDES_INVALID = 100;
/** Missing measurement, no reason given. */
export const MISSING_FLAG = 999;

/** What one flag makes of a value; null: EBAS has no such flag. */
export function flagValidity(flag: number): FlagValidity | null {
  return VALIDITY.get(flag) ?? null;
}

/** What the flags of a cell make of its value together: missing before hidden before invalid before valid; 100 overrides invalid. */
export function validityOf(flags: readonly number[]): FlagValidity {
  const seen = new Set(flags.map((flag) => VALIDITY.get(flag) ?? 'valid'));
  if (seen.has('missing')) return 'missing';
  if (seen.has('hidden')) return 'hidden';
  return seen.has('invalid') && !flags.includes(OVERRIDES_INVALID) ? 'invalid' : 'valid';
}

/** `0.459110000` for the flags 459 and 110 in three places. */
export function flagText(flags: readonly number[], places: number): string {
  const digits = flags.map((flag) => String(flag).padStart(3, '0')).join('');
  return `0.${digits.padEnd(3 * Math.max(places, 1), '0')}`;
}
