// The sites around Clermont-Ferrand where the observatory measures; heights are well known, some positions are rounded.
import type { Position } from '../../model/geometry.ts';

export interface Site {
  readonly id: string;
  readonly title: string;
  /** « à Opme » : the place with its French preposition. */
  readonly at: string;
  readonly position: Position;
  readonly elevation: number;
}
// Both published positions of the puy de Dôme station are in use: a data set keeps its own.
export const PUY: Site = {
  id: 'puy-de-dome',
  title: 'puy de Dôme',
  at: 'au puy de Dôme',
  position: [2.964886, 45.772223],
  elevation: 1465,
};
export const PUY_GAS: Site = {
  id: 'puy-de-dome',
  title: 'puy de Dôme',
  at: 'au puy de Dôme',
  position: [2.9658, 45.7719],
  elevation: 1465,
};
export const CEZEAUX: Site = {
  id: 'cezeaux',
  title: 'Cézeaux',
  at: 'aux Cézeaux',
  position: [3.111, 45.761],
  elevation: 410,
};
export const OPME: Site = { id: 'opme', title: 'Opme', at: 'à Opme', position: [3.09, 45.71], elevation: 660 };
export const AULNAT: Site = { id: 'aulnat', title: 'Aulnat', at: 'à Aulnat', position: [3.17, 45.79], elevation: 330 };
