import { useUserQuery } from '@/api/queries';
import { Popover } from '@/ui/Popover';
import { PersonDetails } from './PersonDetails';
import { selectUser } from './slice';

interface Props {
  userId: number;
  anchor: HTMLElement;
  onClose: () => void;
}

/** A person in a small window beside their avatar, name or mention. */
export default function PersonCard({ userId, anchor, onClose }: Props) {
  const { t } = useTranslation('people');
  const user = useAppSelector((state) => selectUser(state, userId));
  const { isSuccess } = useUserQuery(userId, { skip: user?.bio !== undefined });
  return (
    <Popover label={user?.userName ?? t('person')} anchor={anchor} onClose={onClose} placement="right-start">
      <div className="w-72 p-5">
        {user ? (
          <PersonDetails userId={userId} size="card" ring="border-raised" onLeave={onClose} />
        ) : (
          <p role="status" className="py-6 text-center text-md text-fg-2">
            {isSuccess && t('unknownPerson')}
          </p>
        )}
      </div>
    </Popover>
  );
}
