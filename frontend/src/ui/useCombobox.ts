import type { KeyboardEvent } from 'react';

interface Options<Item> {
  items: Item[];
  keyOf: (item: Item) => string;
  /** What the items answer; another one starts at the first again. */
  query: string;
  onPick: (item: Item) => void;
}

/** A field with a list of suggestions: the focus stays in the field, and arrows choose in the list. */
export function useCombobox<Item>({ items, keyOf, query, onPick }: Options<Item>) {
  const id = useId();
  const [chosen, setChosen] = useState<{ key: string; query: string } | null>(null);
  const found = chosen?.query === query ? items.findIndex((item) => keyOf(item) === chosen.key) : 0;
  const active = Math.max(0, found);
  const optionId = (index: number) => `${id}-${index}`;

  const choose = (index: number) => {
    const item = items[(index + items.length) % items.length];
    if (item) setChosen({ key: keyOf(item), query });
  };

  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || items.length === 0) return;
    const item = items[active];
    if (event.key === 'ArrowDown') choose(active + 1);
    else if (event.key === 'ArrowUp') choose(active - 1);
    else if (event.key === 'Enter' && item) onPick(item);
    else return;
    event.preventDefault();
  };

  return {
    active,
    inputProps: {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': items.length > 0,
      'aria-controls': `${id}-list`,
      'aria-activedescendant': items.length > 0 ? optionId(active) : undefined,
      onKeyDown,
    } as const,
    listProps: { role: 'listbox', id: `${id}-list` } as const,
    optionProps: (index: number) =>
      ({
        role: 'option',
        id: optionId(index),
        'aria-selected': index === active,
        onPointerMove: () => {
          if (index !== active) choose(index);
        },
        onClick: () => {
          const item = items[index];
          if (item) onPick(item);
        },
      }) as const,
  };
}
