import clsx from 'clsx';
import type {
  EmojiPickerListCategoryHeaderProps,
  EmojiPickerListEmojiProps,
  EmojiPickerListRowProps,
} from 'frimousse';
import { createContext, useContext } from 'react';

import { COLUMNS, HEADER, ROW } from './sections';

/** What emoji are called. The list itself knows recently used ones by their sign only. */
export const NamesContext = createContext<ReadonlyMap<string, string>>(new Map());

/** Numbers begin at 1 for screen readers, and at 0 in the list. */
const oneMore = (index: number | undefined) => (index === undefined ? undefined : index + 1);

function CategoryHeader({ category, style, ...rest }: EmojiPickerListCategoryHeaderProps) {
  return (
    <div
      {...rest}
      style={{ ...style, height: HEADER }}
      className="flex items-center bg-raised px-1 text-xs font-semibold text-fg-3"
    >
      {category.label}
    </div>
  );
}

function Row({ children, 'aria-rowindex': index, ...rest }: EmojiPickerListRowProps) {
  return (
    <div {...rest} aria-rowindex={oneMore(index)}>
      {children}
    </div>
  );
}

function Emoji({ emoji, style, 'aria-colindex': index, ...rest }: EmojiPickerListEmojiProps) {
  const name = useContext(NamesContext).get(emoji.emoji) ?? emoji.label;
  return (
    <button
      type="button"
      {...rest}
      role="gridcell"
      aria-colindex={oneMore(index)}
      aria-label={name}
      title={name}
      style={{ ...style, width: `${100 / COLUMNS}%`, height: ROW, scrollMarginTop: HEADER }}
      className={clsx(
        'flex shrink-0 items-center justify-center rounded-md font-emoji text-[22px] leading-none',
        emoji.isActive && 'bg-selected',
      )}
    >
      {emoji.emoji}
    </button>
  );
}

export const COMPONENTS = { CategoryHeader, Row, Emoji };
