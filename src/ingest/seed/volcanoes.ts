// Volcanoes and watched zones of the demo catalogue, under the names that HOTVOLC's old address knows; positions are well-known ones, rounded.
import type { Box, Position } from '../../model/geometry.ts';

export interface Volcano {
  readonly id: string;
  readonly title: string;
  readonly zone: string;
  readonly position: Position;
  /** Metres. */
  readonly summit: number;
}

export const ZONES: { readonly [name: string]: Box } = {
  Iceland: [-28, 57, -1.5, 68.5],
  Azores: [-34.5, 34, -23.5, 43],
  Italy: [10.5, 33.15, 27, 41.2],
  Canary: [-22.48, 23, -11, 33],
  West_Indies: [-67.2, 7.2, -56, 21.5],
  Cape_Verde: [-29.34, 9.85, -19.34, 19.85],
  Rift: [38, 10.5, 45.5, 17.5],
  Cameroon: [3.76, -2.51, 14.16, 9.14],
  East_Africa: [24.19, -8.31, 41.75, 7.53],
  Karthala: [38.37, -16.91, 48.37, -6.91],
  Reunion: [50.71, -26.31, 60.71, -16.31],
  France: [-5, 42, 8.25, 51.5],
};

const LIST: readonly (readonly [string, string, string, number, number, number])[] = [
  ['Askja', 'Askja', 'Iceland', 65.033, -16.783, 1080],
  ['Bardarbunga', 'Bárðarbunga', 'Iceland', 64.633, -17.516, 2000],
  ['Cameroon', 'Mont Cameroun', 'Cameroon', 4.203, 9.17, 4095],
  ['Chaine_des_Puys', 'Chaîne des Puys', 'France', 45.775, 2.97, 1464],
  ['Dabbahu', 'Dabbahu', 'Rift', 12.595, 40.48, 1401],
  ['Dalaffilla', 'Dalaffilla', 'Rift', 13.793, 40.55, 578],
  ['Erta_Ale', 'Erta Ale', 'Rift', 13.6, 40.67, 613],
  ['Etna', 'Etna', 'Italy', 37.751, 14.993, 3357],
  ['Eyjafjallajokull', 'Eyjafjallajökull', 'Iceland', 63.633, -19.633, 1651],
  ['Fayal', 'Fayal', 'Azores', 38.573, -28.713, 1043],
  ['Fogo', 'Fogo', 'Cape_Verde', 14.95, -24.35, 2829],
  ['Grimsvotn', 'Grímsvötn', 'Iceland', 64.416, -17.316, 1719],
  ['Harras_of_Dhamar', 'Harras of Dhamar', 'Rift', 14.57, 44.67, 3500],
  ['Hekla', 'Hekla', 'Iceland', 63.992, -19.666, 1490],
  ['Jabal_Yar', 'Jabal Yar', 'Rift', 17.05, 42.83, 305],
  ['Jebel_at_Tair', 'Jebel at Tair', 'Rift', 15.55, 41.83, 244],
  ['Karthala', 'Karthala', 'Karthala', -11.75, 43.38, 2361],
  ['Katla', 'Katla', 'Iceland', 63.633, -19.083, 1490],
  ['Kick_em_Jenny', "Kick 'em Jenny", 'West_Indies', 12.3, -61.64, -185],
  ['Krafla', 'Krafla', 'Iceland', 65.715, -16.728, 800],
  ['La_Palma', 'La Palma', 'Canary', 28.57, -17.83, 2426],
  ['Manda_Hararo', 'Manda Hararo', 'Rift', 12.17, 40.82, 600],
  ['Meru', 'Meru', 'East_Africa', -3.247, 36.748, 4565],
  ['Morne_Watt', 'Morne Watt', 'West_Indies', 15.307, -61.305, 1224],
  ['Nyamuragira', 'Nyamuragira', 'East_Africa', -1.408, 29.2, 3058],
  ['Nyiragongo', 'Nyiragongo', 'East_Africa', -1.52, 29.25, 3470],
  ['Ol_Doinyo_Lengai', 'Ol Doinyo Lengai', 'East_Africa', -2.764, 35.914, 2962],
  ['Pelee', 'Montagne Pelée', 'West_Indies', 14.809, -61.165, 1394],
  ['Piton_de_la_Fournaise', 'Piton de la Fournaise', 'Reunion', -21.244, 55.708, 2632],
  ['Santa_Isabel', 'Santa Isabel', 'Cameroon', 3.583, 8.767, 3007],
  ['Santorini', 'Santorini', 'Italy', 36.404, 25.396, 367],
  ['Soufriere_Hills', 'Soufrière Hills', 'West_Indies', 16.72, -62.18, 915],
  ['Soufriere_St._Vincent', 'Soufrière St. Vincent', 'West_Indies', 13.33, -61.18, 1220],
  ['Soufriere_de_Guadeloupe', 'Soufrière de Guadeloupe', 'West_Indies', 16.044, -61.664, 1467],
  ['Stromboli', 'Stromboli', 'Italy', 38.789, 15.213, 924],
  ['Tenerife', 'Tenerife', 'Canary', 28.271, -16.641, 3715],
  ['The_Barrier', 'The Barrier', 'East_Africa', 2.32, 36.57, 1032],
  ['Vesuvius', 'Vesuvius', 'Italy', 40.821, 14.426, 1281],
  ['Visoke', 'Visoke', 'East_Africa', -1.463, 29.485, 3711],
  ['Vulcano', 'Vulcano', 'Italy', 38.404, 14.962, 500],
];

export const VOLCANOES: readonly Volcano[] = LIST.map(([id, title, zone, latitude, longitude, summit]) => ({
  id,
  title,
  zone,
  position: [longitude, latitude],
  summit,
}));

export function volcano(id: string): Volcano {
  const found = VOLCANOES.find((entry) => entry.id === id);
  if (found === undefined) throw new RangeError(`no such volcano: ${id}`);
  return found;
}
