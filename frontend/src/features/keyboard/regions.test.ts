import { beforeEach, expect, it } from 'vitest';

import { focusRegion } from './regions';

beforeEach(() => {
  document.body.innerHTML = `
    <nav data-region id="list"><a href="/" id="row">row</a></nav>
    <header data-region id="header"></header>
    <div data-region id="composer"><textarea data-region-focus id="field"></textarea></div>`;
});

const go = (step: 1 | -1) => {
  focusRegion(step);
  return document.activeElement?.id;
};

it('goes through the regions and around, to the part of each that wants the focus', () => {
  expect([go(1), go(1), go(1), go(1)]).toEqual(['list', 'header', 'field', 'list']);
});

it('goes back, and to the last one first', () => {
  expect([go(-1), go(-1)]).toEqual(['field', 'header']);
});

it('goes on from wherever in a region the focus is', () => {
  document.getElementById('row')?.focus();
  expect(go(1)).toBe('header');
});

it('does nothing on a page without regions', () => {
  document.body.innerHTML = '<button id="only">x</button>';
  document.getElementById('only')?.focus();
  expect(go(1)).toBe('only');
});
