/** Which keys do what, where there are keys. */
export function KeyHints() {
  const { t } = useTranslation('rooms');
  const hints = [
    { keys: ['↑', '↓'], text: t('switcher.keyMove') },
    { keys: ['↵'], text: t('switcher.keyOpen') },
    { keys: ['Esc'], text: t('switcher.keyClose') },
  ];
  return (
    <footer
      aria-hidden
      className="hidden shrink-0 gap-5 border-t border-line px-5 py-2.5 text-xs text-fg-3 can-hover:flex"
    >
      {hints.map(({ keys, text }) => (
        <span key={text} className="flex items-center gap-1.5">
          {keys.map((key) => (
            <kbd
              key={key}
              className="flex h-5 min-w-5 items-center justify-center rounded-xs border border-line-strong px-1 font-sans text-2xs font-bold"
            >
              {key}
            </kbd>
          ))}
          {text}
        </span>
      ))}
    </footer>
  );
}
