// Which representation: the address's suffix, then `?f=`, then Accept with its weights (RFC 9110, 12.5.1). 406 lists what exists.
import { AppError } from '../model/errors.ts';

export interface Offer {
  /** Value of `?f=`. */
  readonly id: string;
  readonly mediaType: string;
  /** File name ending and another value of `?f=`. */
  readonly extension?: string;
  /** Further media types that ask for the same. */
  readonly otherTypes?: readonly string[];
}

interface Range {
  readonly type: string;
  readonly quality: number;
  readonly specificity: 0 | 1 | 2;
  readonly place: number;
}

function ranges(accept: string): readonly Range[] {
  return accept.split(',').map((part, place) => {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    const quality = weight === undefined ? 1 : Number(weight.slice(2));
    const specificity = name === '*/*' || name === '*' ? 0 : name.endsWith('/*') ? 1 : 2;
    return { type: name, quality: quality >= 0 && quality <= 1 ? quality : 0, specificity, place };
  });
}

/** The most specific range that covers a media type; its parameters (such as charset) do not count. */
function rangeOf(list: readonly Range[], mediaType: string): Range | undefined {
  const bare = (mediaType.split(';')[0] ?? '').trim().toLowerCase();
  const family = `${bare.split('/')[0]}/*`;
  let best: Range | undefined;
  for (const range of list) {
    const covers = range.specificity === 0 || range.type === (range.specificity === 1 ? family : bare);
    if (covers && (best === undefined || range.specificity > best.specificity)) best = range;
  }
  return best;
}

/**
 * The offer that an Accept header likes best: highest weight, then the closest range, then the header's order, then ours.
 * Without a header the first offer; undefined when none is acceptable.
 */
export function acceptable<O extends Offer>(accept: string | undefined, offers: readonly O[]): O | undefined {
  if (accept === undefined || accept.trim() === '' || accept === '*/*') return offers[0];
  const list = ranges(accept);
  let best: { offer: O; range: Range } | undefined;
  for (const offer of offers) {
    for (const mediaType of [offer.mediaType, ...(offer.otherTypes ?? [])]) {
      const range = rangeOf(list, mediaType);
      if (!range || range.quality === 0) continue;
      const better =
        best === undefined ||
        range.quality - best.range.quality ||
        range.specificity - best.range.specificity ||
        best.range.place - range.place;
      if (better === true || (typeof better === 'number' && better > 0)) best = { offer, range };
    }
  }
  return best?.offer;
}

function isCalled(offer: Offer, name: string): boolean {
  const wanted = name.toLowerCase();
  return [offer.id, offer.extension, offer.mediaType, ...(offer.otherTypes ?? [])].some(
    (known) => known?.toLowerCase() === wanted,
  );
}

export interface Asked {
  readonly suffix?: string | null | undefined;
  /** Value of `?f=`; media types in it may have `+` turned into a blank. */
  readonly f?: string | null | undefined;
  readonly accept?: string | undefined;
}

/** Chooses among the offers (first = ours of choice); throws AppError `not-acceptable` that lists them. */
export function negotiate<O extends Offer>(asked: Asked, offers: readonly O[]): O {
  const named = asked.suffix || asked.f?.replaceAll(' ', '+') || null;
  const found = named ? offers.find((offer) => isCalled(offer, named)) : acceptable(asked.accept, offers);
  if (found) return found;
  const names = offers.map((offer) => `${offer.id} (${offer.mediaType})`).join(', ');
  const detail = { en: `available: ${names}`, fr: `disponibles : ${names}` };
  throw new AppError('not-acceptable', {
    detail,
    faults: asked.f && !asked.suffix ? [{ parameter: 'f', detail }] : [],
  });
}
