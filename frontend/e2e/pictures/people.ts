// Who is in the pictures. Nobody of them exists.
import type { Face } from './drawings';

/** The same in English and in Chinese. */
export type Both = [en: string, zh: string];

export interface Somebody {
  name: Both;
  bio?: Both;
  /** Without one their initials are shown. */
  face?: Face;
  isOnline?: boolean;
}

/** The pictures show what `noor` sees. */
export const PEOPLE = {
  noor: {
    name: ['Noor Haddad', '何诺'],
    bio: ['Keeps the lists', '清单由我来管'],
    face: { back: '#c9e6ea', skin: '#e5b390', hair: '#2b2023', clothes: '#0b7285', cut: 'bob' },
    isOnline: true,
  },
  mei: {
    name: ['Mei Lin', '林梅'],
    bio: ['At the lake until Friday', '周五前都在湖边'],
    face: { back: '#cfe8d8', skin: '#f2c9a6', hair: '#1d1a1e', clothes: '#2a6c30', cut: 'long' },
    isOnline: true,
  },
  jonas: {
    name: ['Jonas Weber', '韦子安'],
    face: { back: '#f8d9bf', skin: '#f6cfb4', hair: '#a5682f', clothes: '#984726', cut: 'short' },
    isOnline: true,
  },
  priya: {
    name: ['Priya Raman', '罗佩雅'],
    bio: ['In a workshop, back at two', '开会中，两点回来'],
    face: {
      back: '#e3d8f6',
      skin: '#c98d63',
      hair: '#231718',
      clothes: '#6a52b3',
      cut: 'bun',
      hasGlasses: true,
    },
    isOnline: true,
  },
  tomas: {
    name: ['Tomás Oliveira', '陶明'],
    face: { back: '#cfdff7', skin: '#e0a97e', hair: '#332522', clothes: '#225da6', cut: 'curls' },
  },
  aiko: {
    name: ['Aiko Mori', '森爱子'],
    bio: ['Film, tea, long walks', '胶片、茶、走远路'],
    face: { back: '#f9d6df', skin: '#f7d3b6', hair: '#3a2a2c', clothes: '#a0385b', cut: 'bob' },
  },
  sam: {
    name: ['Sam Okafor', '欧文山'],
    face: { back: '#dfe6bd', skin: '#8d5a3b', hair: '#53621a', clothes: '#3d4a17', cut: 'cap' },
    isOnline: true,
  },
  lena: {
    name: ['Lena Novak', '诺兰'],
    face: {
      back: '#f8e7b3',
      skin: '#f4cdb2',
      hair: '#d2a14a',
      clothes: '#80520e',
      cut: 'long',
      hasGlasses: true,
    },
  },
} satisfies Record<string, Somebody>;

export type Who = keyof typeof PEOPLE;
