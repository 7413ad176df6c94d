import { type PersonHostRequest, setPersonHost } from './openPerson';

const PersonCard = lazy(() => import('./PersonCard'));
const UnfriendDialog = lazy(() => import('./UnfriendDialog'));

/** Shows the card or the question that was asked for last. Stands once in the page. */
export function PersonHost() {
  const [request, setRequest] = useState<PersonHostRequest | null>(null);
  useEffect(() => {
    setPersonHost(setRequest);
    return () => setPersonHost(undefined);
  }, []);
  if (!request) return null;
  const close = () => setRequest((open) => (open === request ? null : open));
  return (
    <Suspense fallback={null}>
      {request.kind === 'card' ? (
        <PersonCard key={request.userId} userId={request.userId} anchor={request.anchor} onClose={close} />
      ) : (
        <UnfriendDialog userId={request.userId} onClose={close} />
      )}
    </Suspense>
  );
}
