import { type Chord, KEYS, type KeyGroup, type KeyId, namesOf } from './keys';

const GROUPS = Object.keys(KEYS) as KeyGroup[];

/** All keys and what they do. */
export function KeyTables() {
  const { t } = useTranslation('keyboard');
  return (
    <div className="flex flex-col gap-5">
      {GROUPS.map((group) => (
        <table key={group} className="w-full border-collapse text-md">
          <caption className="pb-1 text-left text-xs font-semibold text-fg-3">{t(`group.${group}`)}</caption>
          <thead className="sr-only">
            <tr>
              <th scope="col">{t('does')}</th>
              <th scope="col">{t('keys')}</th>
            </tr>
          </thead>
          <tbody>
            {KEYS[group].map(({ id, chords }) => (
              <KeyRow key={id} id={id} chords={chords} />
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}

function KeyRow({ id, chords }: { id: KeyId; chords: readonly Chord[] }) {
  const { t } = useTranslation('keyboard');
  return (
    <tr className="border-b border-line last:border-0">
      <th scope="row" className="py-2 pr-4 text-left font-normal">
        {t(`key.${id}`)}
      </th>
      <td className="py-2 text-right whitespace-nowrap">
        {chords.map((chord, index) => (
          <span key={namesOf(chord).join('+')}>
            {index > 0 && <span className="mx-1.5 text-xs text-fg-3">{t('or')}</span>}
            {namesOf(chord).map((name) => (
              <kbd
                key={name}
                className="ml-1 inline-flex h-6 min-w-6 items-center justify-center rounded-xs border border-line-strong bg-sunken px-1.5 font-sans text-2xs font-bold text-fg-2"
              >
                {name}
              </kbd>
            ))}
          </span>
        ))}
      </td>
    </tr>
  );
}
