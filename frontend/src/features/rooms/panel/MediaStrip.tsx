import { paths } from '@/lib/paths';
import type { RoomEntry } from '../slice';
import { PanelHead } from './DetailsPanel';
import { MediaSquare } from './MediaSquare';
import { type Has } from './shelves';
import { useMedia } from './useMedia';

const KINDS: readonly Has[] = ['image', 'video'];
const SHOWN = 4;

/** The newest pictures of a room, and the way to all files. */
export function MediaStrip({ room }: { room: RoomEntry }) {
  const { t } = useTranslation('panel');
  const { hits, isLoading, failure } = useMedia(room, KINDS, SHOWN);
  return (
    <section>
      <PanelHead to={paths.room(room.id, { panel: 'media' })}>{t('media')}</PanelHead>
      {hits.length > 0 ? (
        <ul className="grid grid-cols-4 gap-1.5">
          {hits.slice(0, SHOWN).map((hit) => (
            <MediaSquare key={hit.id} message={hit} />
          ))}
        </ul>
      ) : (
        // As high as a row of pictures, so that nothing below moves when they come.
        <div className="grid grid-cols-4 items-center gap-1.5 text-sm text-fg-3">
          <span className="col-start-1 row-start-1 aspect-square" />
          {!isLoading && (
            <p className="col-span-4 col-start-1 row-start-1">{t(failure ? 'notLoaded' : 'none.photos')}</p>
          )}
        </div>
      )}
    </section>
  );
}
