import type { FocusEvent, KeyboardEvent, RefObject } from 'react';
import type { VirtualizerHandle } from 'virtua';

import { enterByTab, leaveByTab } from './one-stop';
import type { Row } from './rows';

interface Options {
  rows: Row[];
  list: RefObject<VirtualizerHandle | null>;
  toBottom: () => void;
}

/** Rows that PageUp and PageDown go over. */
const PAGE = 8;

const STEPS: Record<string, number> = { ArrowUp: -1, ArrowDown: 1, PageUp: -PAGE, PageDown: PAGE };

/** The conversation is one stop of the Tab key; arrows go from message to message. */
export function useRowKeys({ rows, list, toBottom }: Options) {
  const [focused, setFocused] = useState<string | null>(null);
  const index = rows.findIndex((row) => row.key === focused);
  const at = index >= 0 ? index : rows.length - 1;

  const go = (next: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, next))];
    if (!row) return;
    setFocused(row.key);
    list.current?.scrollToIndex(rows.indexOf(row), { align: 'nearest' });
    // The row may come into the page only with the next frame.
    const focus = (tries: number) => {
      const element = document.getElementById(rowId(row.key));
      if (element) element.focus({ preventScroll: true });
      else if (tries > 0) requestAnimationFrame(() => focus(tries - 1));
    };
    focus(10);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    leaveByTab(event);
    const isRow = event.target instanceof HTMLElement && event.target.dataset.row !== undefined;
    if (event.key === 'End' && !event.ctrlKey) {
      event.preventDefault();
      toBottom();
      go(rows.length - 1);
      return;
    }
    if (!isRow && event.target !== event.currentTarget) return;
    const step = STEPS[event.key];
    if (event.key === 'Home') go(0);
    else if (step !== undefined && !event.altKey) go(isRow ? at + step : at);
    else return;
    event.preventDefault();
  };

  const tabStop = rows[at]?.key ?? null;
  return {
    onKeyDown,
    onFocus: (event: FocusEvent<HTMLElement>) =>
      enterByTab(event, tabStop === null ? null : document.getElementById(rowId(tabStop))),
    onFocused: setFocused,
    tabStop,
    // Tab finds it wherever the view is.
    kept: tabStop === null ? undefined : [at],
  };
}

/** The id of a row's element. */
export function rowId(key: string): string {
  return `row-${key}`;
}
