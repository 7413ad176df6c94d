import type { Profile } from '@banter/client';

import { api } from '@/api/client';
import { profileChanged } from '@/features/account/slice';
import { useAction } from '@/features/account/useAction';
import { usersMet } from '@/features/people/slice';
import { Alert } from '@/ui/Alert';
import { Avatar } from '@/ui/Avatar';
import { Button } from '@/ui/Button';
import { Setting } from './Setting';
import { usePickedPicture } from './usePickedPicture';

const SIZE = 96;
/** Pictures that the server makes up for those who have none. */
const GENERATED = /\/generated\//;

/** The user's picture: chosen, looked at as others will see it, then taken. */
export function PictureSetting({ me }: { me: Profile }) {
  const { t } = useTranslation(['settings', 'common']);
  const dispatch = useAppDispatch();
  const { run, isBusy, error } = useAction();
  const { picked, url, pick, drop, input } = usePickedPicture();
  const hasPicture = me.image !== '' && !GENERATED.test(me.image);

  const change = async (imageOf: () => Promise<string>, saved: () => void) => {
    const isDone = await run(async () => {
      const profile = await api.updateProfile({ image: await imageOf() });
      dispatch(profileChanged(profile));
      dispatch(usersMet([profile]));
    });
    if (!isDone) return;
    drop();
    saved();
  };

  return (
    <Setting id="picture">
      {(saved) => (
        <div className="flex flex-wrap items-center gap-5">
          {url ? (
            <img
              src={url}
              alt={t('picturePreview')}
              className="shrink-0 rounded-full object-cover"
              style={{ width: SIZE, height: SIZE }}
            />
          ) : (
            <Avatar id={me.id} name={me.userName} image={me.image} size={SIZE} />
          )}
          <div className="min-w-0 flex-1">
            <h2 className="text-md font-bold">{t('setting.picture')}</h2>
            <p className="mt-0.5 mb-3 text-sm text-fg-3">{picked ? t('pictureCropped') : t('pictureHint')}</p>
            {input}
            <div className="flex flex-wrap gap-2">
              {picked ? (
                <>
                  <Button
                    isBusy={isBusy}
                    onClick={() =>
                      void change(async () => (await api.upload(picked, { scene: 'avatar' })).url, saved)
                    }
                  >
                    {t('usePicture')}
                  </Button>
                  <Button look="quiet" onClick={drop}>
                    {t('common:cancel')}
                  </Button>
                </>
              ) : (
                <>
                  <Button look="quiet" onClick={pick}>
                    {t('choosePicture')}
                  </Button>
                  {hasPicture && (
                    <Button
                      look="danger"
                      isBusy={isBusy}
                      onClick={() => void change(() => Promise.resolve(''), saved)}
                    >
                      {t('removePicture')}
                    </Button>
                  )}
                </>
              )}
            </div>
            <Alert text={error} className="mt-2" />
          </div>
        </div>
      )}
    </Setting>
  );
}
