import type { SessionInfo } from '@banter/client';

import { useRevokeSessionMutation, useSessionsQuery } from '@/api/queries';
import { useAction } from '@/features/account/useAction';
import { useFailureText } from '@/features/account/useFailureText';
import { Alert } from '@/ui/Alert';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Card } from '../Card';
import { SessionRow } from '../SessionRow';
import { Setting } from '../Setting';

/** Devices that are signed in, and the ways to end that. */
export function Sessions() {
  const { t } = useTranslation(['settings', 'common', 'people']);
  const failureText = useFailureText();
  const { data: sessions, error, refetch } = useSessionsQuery();
  const [revoke] = useRevokeSessionMutation();
  const [asked, setAsked] = useState<{ ends: SessionInfo[]; isAll: boolean; saved: () => void } | null>(null);
  const action = useAction();

  const current = sessions?.filter((session) => session.current) ?? [];
  const others = sessions?.filter((session) => !session.current) ?? [];

  const end = async () => {
    if (!asked) return;
    const isDone = await action.run(async () => {
      for (const { id } of asked.ends) await revoke(id).unwrap();
    });
    if (isDone) asked.saved();
    if (isDone) setAsked(null);
  };

  if (error) {
    return (
      <Card>
        <p role="alert" className="mb-3 text-md text-fg-2">
          {failureText(error)}
        </p>
        <Button look="quiet" onClick={() => void refetch()}>
          {t('people:tryAgain')}
        </Button>
      </Card>
    );
  }
  return (
    <>
      <Card title={t('thisDevice')}>
        <ul>
          {current.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      </Card>
      <Card title={t('otherDevices')} text={others.length ? t('otherDevicesText') : t('noOtherDevices')}>
        <Setting id="devices">
          {(saved) => (
            <ul>
              {others.map((session) => (
                <SessionRow
                  key={session.id}
                  session={session}
                  onEnd={() => setAsked({ ends: [session], isAll: false, saved })}
                />
              ))}
            </ul>
          )}
        </Setting>
        {others.length > 1 && (
          <Setting id="endOthers">
            {(saved) => (
              <Button look="danger" onClick={() => setAsked({ ends: others, isAll: true, saved })}>
                {t('setting.endOthers')}
              </Button>
            )}
          </Setting>
        )}
      </Card>
      <Dialog
        isOpen={asked !== null}
        onClose={() => setAsked(null)}
        role="alertdialog"
        title={asked?.isAll ? t('endOthersTitle', { count: asked.ends.length }) : t('endOneTitle')}
        text={t('endText')}
        footer={
          <>
            <Button look="quiet" onClick={() => setAsked(null)}>
              {t('common:cancel')}
            </Button>
            <Button look="danger" isBusy={action.isBusy} onClick={() => void end()}>
              {t('endConfirm')}
            </Button>
          </>
        }
      >
        <Alert text={action.error} />
      </Dialog>
    </>
  );
}
