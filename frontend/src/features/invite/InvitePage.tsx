import type { InvitationPreview } from '@banter/client';
import { Unlink, Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { useNavigate, useParams } from 'react-router';

import { LanguagePicker } from '@/features/account/LanguagePicker';
import { selectSession } from '@/features/account/slice';
import { useAction } from '@/features/account/useAction';
import { paths } from '@/lib/paths';
import { Alert } from '@/ui/Alert';
import { Avatar } from '@/ui/Avatar';
import { Button } from '@/ui/Button';
import { Empty } from '@/ui/Empty';
import { acceptInvitation } from './accept';
import { useInvitationQuery } from './queries';

/** Where a link leads, and the way in. */
export default function InvitePage() {
  const { code = '' } = useParams();
  const { t } = useTranslation('invite');
  const navigate = useNavigate();
  const { data, error, isFetching, refetch } = useInvitationQuery(code);
  const [isUsedUp, setUsedUp] = useState(false);

  if (isUsedUp || (error && error.code === 404)) {
    return (
      <Page>
        <Empty icon={<Unlink />} title={t('ended')} text={t('endedText')}>
          <Button onClick={() => void navigate(paths.home())}>{t('toChat')}</Button>
        </Empty>
      </Page>
    );
  }
  if (error) {
    return (
      <Page>
        <Empty icon={<Unplug />} title={t('notLoaded')} text={t('notLoadedText')}>
          <Button isBusy={isFetching} onClick={() => void refetch()}>
            {t('again')}
          </Button>
        </Empty>
      </Page>
    );
  }
  return (
    <Page>
      <section
        aria-busy={!data}
        className="flex min-h-80 flex-col items-center gap-4 rounded-2xl bg-surface p-6 text-center shadow-2"
      >
        {data && <Invited code={code} preview={data} onUsedUp={() => setUsedUp(true)} />}
      </section>
    </Page>
  );
}

function Page({ children }: { children: ReactNode }) {
  return (
    <main className="flex h-dvh flex-col overflow-y-auto bg-canvas">
      <div className="m-auto flex w-full max-w-[400px] flex-col gap-6 p-6">
        {children}
        <LanguagePicker />
      </div>
    </main>
  );
}

interface InvitedProps {
  code: string;
  preview: InvitationPreview;
  /** Somebody else was quicker. */
  onUsedUp: () => void;
}

function Invited({ code, preview: { room, inviter, registers }, onUsedUp }: InvitedProps) {
  const { t } = useTranslation('invite');
  const { status } = useAppSelector(selectSession);
  return (
    <>
      <p className="flex max-w-full items-center gap-2 text-md text-fg-2">
        <Avatar id={toneSeed(inviter.userName)} name={inviter.userName} image={inviter.image} size={24} />
        <span className="min-w-0 truncate">{t('invites', { name: inviter.userName })}</span>
      </p>
      <Avatar id={toneSeed(room.name)} name={room.name} image={room.image} size={80} shape="group" />
      <div className="max-w-full">
        <h1 className="text-2xl font-bold text-balance wrap-anywhere">
          <bdi>{room.name}</bdi>
        </h1>
        <p className="mt-1 text-md text-fg-3">{t('members', { count: room.memberCount })}</p>
      </div>
      {status === 'signedIn' ? (
        <Join code={code} onUsedUp={onUsedUp} />
      ) : (
        <SignInFirst code={code} registers={registers} />
      )}
    </>
  );
}

function Join({ code, onUsedUp }: Pick<InvitedProps, 'code' | 'onUsedUp'>) {
  const { t } = useTranslation('invite');
  const dispatch = useAppDispatch();
  const navigate = useNavigate();
  const { run, isBusy, failure, error } = useAction();
  const join = () =>
    run(async () => {
      const id = await dispatch(acceptInvitation(code));
      await navigate(paths.room(id), { replace: true });
    });
  useEffect(() => {
    if (failure === 'gone') onUsedUp();
  }, [failure, onUsedUp]);
  return (
    <>
      <p className="text-md text-fg-2">{t('joinText')}</p>
      <Alert text={error} />
      <div className="flex w-full flex-col gap-2">
        <Button isBusy={isBusy} onClick={() => void join()}>
          {t('join')}
        </Button>
        <Button look="quiet" onClick={() => void navigate(paths.home())}>
          {t('notNow')}
        </Button>
      </div>
    </>
  );
}

/** Both forms know from where somebody comes, and lead into the room. */
function SignInFirst({ code, registers }: { code: string; registers: boolean }) {
  const { t } = useTranslation('invite');
  const navigate = useNavigate();
  const go = (to: string) => void navigate(to, { state: { from: paths.invite(code) } });
  return (
    <>
      <p className="text-md text-fg-2">{registers ? t('signInText') : t('onlySignInText')}</p>
      <div className="flex w-full flex-col gap-2">
        {registers && <Button onClick={() => go(paths.signUp())}>{t('signUp')}</Button>}
        <Button look={registers ? 'quiet' : 'filled'} onClick={() => go(paths.signIn())}>
          {t('signIn')}
        </Button>
      </div>
    </>
  );
}

/** Outsiders are told no ids; a name has its own tone, too. */
function toneSeed(name: string): number {
  return [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0);
}
